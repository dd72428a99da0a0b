"""The demo's external evaluations: the one of the last year of the cycle, final and answered, and a draft that is open for comments.

The evaluator is invented, and so is everything that it says.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from agreement.models import Commitment, Version
from followup.models import CYCLE, CommitmentMark, Evaluation, EvaluationComment, Finding, LedgerEntry, Recommendation
from idekom.lib.dated import today
from idekom.users.models import User

EVALUATOR = "utvardering@utvarderarna-exempel.example.org"
ORGANISATION = "Utvärderarna Exempel"
SUMMARY = (
    "Parterna vet mer om varandra än för fyra år sedan, och samråden kommer tidigare. Finansieringen är fortfarande kortsiktig,"
    " och många små föreningar känner inte till överenskommelsen."
)
INTRODUCTION = """## Uppdraget

Idékom bad oss svara på tre frågor: Vad har parterna gjort av det de lovade? Vilken skillnad har det gjort? Vad bör ändras?

## Så gjorde vi

- Vi läste alla rapporter och årsböcker från perioden.
- Vi talade med tjugofyra personer, lika många från båda sidor.
- Vi var med på två dialogforum.

Det här är ett påhittat exempel. Ingen har blivit intervjuad.
"""
MARKS: dict[int, tuple[str, str, str]] = {
    1: ("substantial", "marginal", "Utbildningen för nya handläggare ges varje år. Vi ser få spår av den i besluten."),
    2: ("limited", "marginal", "Några paraplyer har ordnat kurser. De flesta föreningar har inte nåtts."),
    3: ("substantial", "major", "Remisser skickas nu tidigare, och föreningarna ser att deras svar används."),
    4: ("substantial", "marginal", "Lokaler och rådgivning finns. De används mest av dem som redan kände till dem."),
    5: ("complete", "major", "Dialogforum hålls varje år, och frågorna följs upp till nästa."),
    6: ("limited", "none", "Behov har kartlagts en gång. Kartan har inte lett till något gemensamt arbete."),
    7: ("not_started", "none", "Fleråriga avtal är undantag. Ett gemensamt arbete har inte kommit i gång."),
    8: ("limited", "marginal", "Två upphandlingar har reserverats. Fler föreningar kan upphandling än tidigare."),
    9: ("substantial", "marginal", "Sektorerna möts regelbundet. Små föreningar saknas ofta."),
    10: ("unknown", "unknown", "Rapporterna säger för lite om medlemmarnas delaktighet för att vi ska kunna bedöma det."),
    11: ("limited", "none", "Målet nämns i nästan alla rapporter, sällan med något som har gjorts."),
    12: ("limited", "worse", "Färre känner till överenskommelsen än vid förra utvärderingen."),
}
FINDINGS: list[tuple[str, str, int | None, list[tuple[str, str]]]] = [
    (
        "Samråden kommer tidigare än förut",
        "I tre av fyra förvaltningar som vi granskade bjuds föreningarna in innan ett förslag är skrivet. Skillnaden mellan förvaltningarna är stor.",
        3,
        [("Gör en gemensam rutin för tidigt samråd, så att alla förvaltningar gör lika.", "city")],
    ),
    (
        "Finansieringen är kortsiktig",
        "Nio av tio bidrag som rapporterna nämner gäller ett år. Föreningarna planerar därefter, och tappar personal.",
        7,
        [
            ("Pröva fleråriga avtal med minst fem föreningar under nästa period.", "city"),
            ("Samla föreningarnas kunskap om idéburet offentligt partnerskap, och sprid den.", "civil_society"),
        ],
    ),
    (
        "Få känner till överenskommelsen",
        "Många anslutna föreningar har bytt styrelse sedan de undertecknade. De nya känner sällan till vad de har lovat.",
        12,
        [("Bjud in nya styrelser till ett kort möte varje år.", "council"), ("Gör årsboken kortare och lättare att läsa.", "council")],
    ),
]
ANSWERS: list[tuple[str, str, str, str]] = [
    ("yes", "Kommunstyrelsen, § 118", "Rutinen tas fram tillsammans med Idékom.", "Rutinen gäller i alla förvaltningar."),
    ("no", "Kommunstyrelsen, § 119", "Budgeten beslutas för ett år i taget. Frågan tas upp i nästa budget.", ""),
    ("partly", "Civilsamhällets ledamöter i Idékom", "Vi samlar exempel, men har inte medel till en utbildning.", ""),
    ("yes", "Idékom, § 7", "Mötet hålls i februari varje år.", "Det första mötet hölls med fjorton styrelser."),
]
COMMENTS = [
    ("Föreningen Nattöppet Kök", "Vi känner igen det ni skriver om korta bidrag. Skriv gärna ut vad det kostar att anställa om varje år."),
    ("", "Bra att ni säger att få känner till överenskommelsen. Hur många frågade ni?"),
]


def build(secretary: User) -> None:
    """The two evaluations, and the account of the evaluator."""
    evaluator = User.objects.create_user(EVALUATOR, name="Eva Exempel")
    last = CYCLE.years(today().year - 1)[-1]
    final = _written(last, *CYCLE.period(last), evaluator, secretary)
    autumn = date(last, 10, 1)
    _opened(final, autumn, secretary)
    final.make_final(by=secretary, day=autumn + timedelta(days=60))
    _answered(final, autumn + timedelta(days=150), secretary)
    _moved_back(final, autumn)
    half_time = _written(today().year, last + 1, today().year, evaluator, secretary, SUMMARY.replace("fyra år", "två år"))
    _opened(half_time, today() - timedelta(days=6), secretary)


def _written(year: int, first: int, last: int, evaluator: User, secretary: User, summary: str = SUMMARY) -> Evaluation:
    version, day = Version.objects.get(status=Version.Status.IN_FORCE), min(date(year, 3, 1), today())
    found = Evaluation.objects.create(year=year, version=version, from_year=first, to_year=last, evaluator=ORGANISATION)
    found.invite(evaluator.email, by=secretary)
    found.events.update(notified_at=_moment(day))
    found.start(by=secretary)
    found.write(summary=summary, introduction=INTRODUCTION, day=day)
    commitments: dict[int, Commitment] = {one.number: one for one in version.commitments.all()}
    for title, text, about, recommendations in FINDINGS:
        finding = Finding.add(found, day=day, title=title, text=text, commitment=commitments.get(about or 0))
        for told, addressee in recommendations:
            Recommendation.add(finding, day=day, text=told, addressee=addressee, due_on=date(year + 2, 12, 31))
    for number, (completion, effect, reasons) in MARKS.items():
        CommitmentMark.give(found, commitments[number], day=day, completion=completion, effect=effect, reasons=reasons)
    return found


def _opened(found: Evaluation, first: date, secretary: User) -> None:
    found.open_for_comment(by=secretary, first=first, last=first + timedelta(days=30))
    for days, (name, text) in enumerate(COMMENTS, start=2):
        said = EvaluationComment.objects.create(evaluation=found, name=name, text=text, sent_at=_moment(first + timedelta(days=days)))
        if name or found.year != today().year:  # one waits for the secretary
            said.show(by=secretary)


def _answered(found: Evaluation, on: date, secretary: User) -> None:
    recommendations = Recommendation.objects.filter(finding__evaluation=found).order_by("finding__number", "number")
    for recommendation, (reply, by_whom, text, done) in zip(recommendations, ANSWERS, strict=False):
        LedgerEntry.answer(recommendation, reply=reply, text=text, by_whom=by_whom, on=on, by=secretary)
        if done:
            LedgerEntry.done(recommendation, text=done, on=on + timedelta(days=200), by=secretary)


def _moved_back(row: Any, first: date) -> None:
    """Let what was made just now have happened then."""
    for number, event in enumerate(row.events.all()):
        row.events.filter(pk=event.pk).update(at=_moment(first + timedelta(days=30 * number)))


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
