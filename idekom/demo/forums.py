"""The demo's dialogue forums: last year's with what became of its questions, and this year's, which is nearly full. Everybody is invented."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from agreement.models import Party
from followup.models import Forum, ForumLike, ForumQuestion, ForumRegistration, ProgrammeItem, Round
from idekom.lib.dated import today
from idekom.users.models import User

PROGRAMME = [
    (time(13, 0), "Välkomna", "Vi börjar med kaffe och hälsar på varandra.", "Ordförande i rådet"),
    (time(13, 20), "Vad rapporterna visar", "Årets siffror, åtagande för åtagande, med tid för frågor.", "Kansliet"),
    (time(14, 15), "Samtal vid borden", "Ett åtagande vid varje bord. Både staden och föreningslivet sitter med.", ""),
    (time(15, 15), "Era frågor", "De mest gillade frågorna tas upp. Var och en får någon som svarar, och en dag.", "Ordförande i rådet"),
    (time(15, 50), "Avslutning", "", ""),
]
GUESTS = [
    ("Alva Påhittsson", "vegetariskt", ""),
    ("Bo Exempelman", "", "hörslinga"),
    ("Cilla Låtsas", "", ""),
    ("Dag Provdal", "nötallergi", ""),
    ("Elsa Tänkvall", "", "plats för rullstol"),
    ("Folke Fiktiv", "", ""),
]
ASKED_BEFORE = [
    (
        "Varför dröjer svaren på ansökningar om lokal så länge?",
        "city",
        -240,
        "Handläggningen tar nu högst tre veckor. Ärendet går att följa på nätet.",
    ),
    ("När får små föreningar en enda väg in till staden?", "city", -30, ""),
    ("Hur ska vi veta vilka andra föreningar som gör samma sak som vi?", "words", 45, ""),
]
ASKED_NOW = [
    ("Hur tidigt får vi vara med när något planeras i vår stadsdel?", 11, "show"),
    ("Kan staden betala ut bidragen före sommaren?", 7, "show"),
    ("Vad gör staden med det som står i rapporterna?", 3, "show"),
    ("Blir det fika?", 0, ""),
    ("Vem tar hand om ungdomarna när fritidsgården stänger?", 0, ""),
]


def build(by: User) -> None:
    """The forums of this year and the one before."""
    this_year = today().year
    for round in Round.objects.filter(year__in=(this_year - 1, this_year)):
        forum = _forum(round, by, places=6 if round.year == this_year else None)
        if round.year == this_year:
            _guests(forum)
            _questions(forum, by)
        else:
            _came(forum)
            _ledger(forum, by)


def _forum(round: Round, by: User, *, places: int | None) -> Forum:
    day = round.forum_on or round.due_on
    if places is None:
        day = min(day, today() - timedelta(days=60))  # it has been, whatever day the demo is made on
    forum = Forum(
        round=round,
        starts_at=_moment(day, 13),
        ends_at=_moment(day, 16),
        venue="Exempelsalen",
        address="Påhittsgatan 1",
        practical="Gå in från gården. Det finns hiss, hörslinga och toalett för rullstol.",
        places=places,
        closes_on=day - timedelta(days=7),
    )
    forum.plan(by=by)
    ProgrammeItem.objects.bulk_create(ProgrammeItem(forum=forum, at=at, title=title, text=text, speaker=who) for at, title, text, who in PROGRAMME)
    return forum


def _guests(forum: Forum) -> None:
    parties = list(Party.objects.exclude(kind=Party.Kind.CITY_BODY).order_by("pk")[:3])
    for number, (name, food, access) in enumerate([*GUESTS, ("Gun Väntersson", "", ""), ("Hugo Kölund", "glutenfritt", "")]):
        whose = {"party": parties[number]} if number < len(parties) else {"organisation": "Föreningen Finns Inte"}
        email = f"{name.split()[0].lower()}@{name.split()[1].lower().translate(str.maketrans('åäö', 'aao'))}.example.org"
        forum.register(email, name=name, dietary_needs=food, access_needs=access, **whose)
    for registration in ForumRegistration.objects.filter(forum=forum):
        registration.events.update(notified_at=timezone.now())


def _came(forum: Forum) -> None:
    """Those who came last year; what they ate is forgotten."""
    for number, (name, _food, _access) in enumerate(GUESTS):
        told = {"name": name, "email": f"gast{number}@example.org", "organisation": "Föreningen Finns Inte", "status": "registered"}
        ForumRegistration.objects.create(forum=forum, has_come=number != 2, **told)


def _questions(forum: Forum, by: User) -> None:
    for text, likes, verb in ASKED_NOW:
        question = ForumQuestion.ask(forum, text)
        if verb:
            question.show(by=by)
        ForumLike.objects.bulk_create(ForumLike(question=question, browser=uuid5(NAMESPACE_URL, f"{text}{number}")) for number in range(likes))


def _ledger(forum: Forum, by: User) -> None:
    city = Party.objects.filter(kind=Party.Kind.CITY_BODY).order_by("pk")[0]
    for number, (text, who, days, answer) in enumerate(ASKED_BEFORE):
        question = ForumQuestion.objects.create(forum=forum, text=text, asked_at=forum.starts_at + timedelta(minutes=10 * number))
        question._record("ask", by=None)
        question.show(by=by)
        owner = {"owner": city} if who == "city" else {"owner_words": "Rådets arbetsgrupp för samordning"}
        question.take_up(by=by, due_on=today() + timedelta(days=days), **owner)
        if answer:
            question.answer(answer, by=by, day=today() + timedelta(days=days - 4))
        question.events.update(at=forum.ends_at)


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
