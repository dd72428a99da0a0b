"""The demo's knowledge: contacts, links, the communication plan, examples and newsletters. Everybody in it is invented, and so are the links."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from affiliation.models import Follower, Wish
from agreement.models import Commitment, Contact, District, Link, Party, Topic, Version
from council.models import Communication
from followup.gathering import Month, gather
from followup.models import Answer, Example, Newsletter, Report, Round
from idekom.demo import following
from idekom.lib.dated import period, today
from idekom.users.models import User

TOPICS = [
    ("bidrag", "Bidrag", "Grants", "pengar, ansöka, föreningsbidrag, stöd"),
    ("lokaler", "Lokaler", "Premises", "lokal, hyra, möteslokal, idrottshall"),
    ("partnerskap", "Partnerskap (IOP)", "Partnerships (IOP)", "iop, idéburet offentligt partnerskap, avtal"),
    ("upphandling", "Upphandling", "Procurement", "lou, anbud, sälja, sociala krav"),
    ("samrad", "Samråd och dialog", "Consultation and dialogue", "påverka, planering, remiss, tidigt samråd"),
]
CONTACTS = [
    ("idrotts-och-foreningsforvaltningen", "Föreningskonsulent", "Svarar på frågor om bidrag och nya föreningar.", "bidrag", ["hisingen"], ""),
    ("idrotts-och-foreningsforvaltningen", "Lokalbokningen", "Hjälper er att hitta och boka lokaler för möten och idrott.", "lokaler", [], ""),
    ("social-resursforvaltning", "Samordnare för partnerskap", "Berättar när ett IOP passar.", "partnerskap", [], "Påhittade Pia"),
    ("social-resursforvaltning", "Rådgivare om sociala krav", "Förklarar hur upphandlingen går till för små organisationer.", "upphandling", [], ""),
    ("stadsdelarna", "Utvecklingsledare för dialog", "Tar emot förslag, också om planer.", "samrad", ["nordost", "hisingen"], ""),
]  # fmt: skip
LINKS = [
    ("Så började tre kommuner med tidigt samråd", "Tre påhittade kommuner berättar vad som gick fel först. Kort, med en mall att låna.", 3),
    ("Handbok om idéburet offentligt partnerskap", "Steg för steg, med exempel på avtal. Bra att läsa innan ni tar kontakt med staden.", 7),
    ("En studie av vem som inte hörs", "Visar varför små föreningar sällan kommer till samråd, och fyra sätt att ändra det.", 10),
]
PLAN = [
    ("Nya nämnder", "Känna till överenskommelsen", "Kort om åtagandena och vad de ber om", "Besök på ett nämndmöte", "Ordförandena", -20, False),
    (
        "Föreningar i nordost",
        "Fler ansluter sig",
        "Vad anslutningen betyder",
        "Träff på kvällstid",
        "Arbetsgruppen",
        25,
        False,
    ),
    ("Alla anslutna", "Rapportera i tid", "Så gör man rapporten på tio minuter", "Nyhetsbrev", "Kansliet", -60, True),
]
HEADLINES = {
    "Vår karta över vem som bestämmer": "En karta på väggen",
    "Ett bidragscafé": "Bidragscafé med handläggare vid bordet",
    "En öppen förmiddag": "Samma bord en gång i månaden",
    "Tre föreningar delar": "Tre föreningar, en kopiator",
    "Vi skrev protokollen på lätt svenska": "Protokoll på lätt svenska",
}
"""{how the answer begins: the headline}"""


def build(secretary: User) -> None:
    """All of it. One contact has not been checked for a year, and one row of the plan is late."""
    topics = {slug: _topic(slug=slug, name_sv=name, name_en=english, words=words) for slug, name, english, words in TOPICS}
    for number, (party, function, helps, topic, districts, name) in enumerate(CONTACTS):
        _contact(number, Party.objects.get(slug=party), function, helps, name).topics.add(topics[topic])
        Contact.objects.get(function=function).districts.set(District.objects.filter(slug__in=districts))
    version = Version.objects.in_force(today())
    for number, (title, why, commitment) in enumerate(LINKS):
        published = today() - timedelta(days=12 * number)
        link = Link.objects.create(url=f"https://omvarld.example.org/{number + 1}", title=title, why=why, published_on=published)
        link.commitments.set(Commitment.objects.filter(version=version, number=commitment))
    for audience, purpose, content, channel, who, days, is_done in PLAN:
        due = today() + timedelta(days=days)
        told = {"audience": audience, "purpose": purpose, "content": content, "channel": channel, "who": who}
        Communication.objects.create(**told, due_on=due, done_on=due if is_done else None)
    _examples(secretary)
    _newsletters(secretary)


def _topic(**told: str) -> Topic:
    return Topic.objects.create(**told)


def _contact(number: int, party: Party, function: str, helps: str, name: str) -> Contact:
    checked = today() - timedelta(days=400 if number == 4 else 30 * number)
    told = {"email": f"funktion{number}@staden.example.org", "phone": f"031-000 00 1{number}", "checked_on": checked}
    consent = {"name": name, "consented_on": checked} if name else {}
    made: Contact = Contact.objects.create(
        party=party, function=function, helps_with=helps, period=period(today() - timedelta(days=500)), **told, **consent
    )
    return made


def _examples(secretary: User) -> None:
    """Three from last year's reports. They show as soon as the year's book is made, which a worker does after the demo."""
    last = Round.objects.filter(status=Round.Status.CLOSED).latest("year")
    quotable = Answer.objects.filter(report__round=last, report__status=Report.Status.SUBMITTED, question__is_quotable=True, may_be_quoted=True)
    chosen = {words: quotable.filter(words__startswith=words).order_by("pk").first() for words in HEADLINES}
    for words, answer in chosen.items():
        if answer is None:
            continue
        told = {"answer": answer, "report": answer.report, "commitment": answer.commitment, "words": answer.words}
        example = Example.objects.create(headline=HEADLINES[words], **told)
        example._become("publish", by=secretary, published_at=timezone.now())
    asked = Example.objects.order_by("pk")[0]
    asked.ask_for_contact(asked.report.party.representatives.all()[0], by=secretary)
    asked.events.update(notified_at=timezone.now())


def _newsletters(secretary: User) -> None:
    """Last month's is out, this month's is a draft."""
    this = Month(today())
    out = Newsletter.objects.draft(this.before, gather(this.before), by=secretary)
    words: dict[str, Any] = {"introduction_sv": "Möten har hållits, och rapporter har kommit in.", "introduction_en": "There have been meetings."}
    Newsletter.objects.filter(pk=out.pk).update(**words)
    if not out.parts():
        nothing: dict[str, Any] = {"text_sv": "Inga nya länkar den här månaden.", "text_en": "No new links this month."}
        out.sections.filter(category=Wish.LINKS).update(**nothing)
    out.publish(by=secretary)
    Newsletter.objects.draft(this.first, gather(this.first), by=secretary)
    Follower.objects.get(email=following.FOLLOWER).choose([Wish.DAILY, Wish.PARTIES, Wish.LINKS], language="sv")
