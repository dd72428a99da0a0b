"""The demo's own council: an invented one that stands today, with people, a vacancy, a mandate that runs out, a chair and a working group.

Idékom's council closed in 2017, so the demo makes another: everybody in it is invented, and its name says so.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from agreement.models import Party, Sector
from council.models import Body, Mandate, Office, Person, Seat, SeatGroup, WorkingGroup
from idekom.lib.dated import period, today
from idekom.users.models import User

HERE = Path(__file__).parent
SLUG = "exempelradet"
ORDINARY, SUBSTITUTE = Mandate.Role.ORDINARY, Mandate.Role.SUBSTITUTE
NOBODY = "-"
SECTORS = ["socialt-arbete", "integration", "kooperativ", "funktionsratt", "trossamfund", "idrott", "barn-och-ungdom", "etniska-foreningar"]
UMBRELLA = "goteborgsregionens-sociala-ekonomi"
OFFICES = ["idrotts-och-foreningsforvaltningen", "social-resursforvaltning", "social-resursforvaltning", "stadsdelarna"]
ABOUT = """Exempelrådet finns bara i provet. Det visar hur ett råd ser ut i portalen: vilka som sitter i det och hur länge, och vad som är vakant.

Alla namn är påhittade. Det verkliga rådet, Idékom, arbetade 2010–2017 och finns kvar i portalen med de uppgifter som är kända."""


def build(secretary: User) -> Body:
    """Make the council and seat its people."""
    year = today().year
    start = date(year - 6, 2, 1)
    names: dict[str, Any] = {"name_sv": "Exempelrådet", "name_en": "The example council", "description_sv": ABOUT}
    body = Body.objects.create(slug=SLUG, kind=Body.Kind.COUNCIL, period=period(start), **names)
    people = _people()
    for seat in _seats(body, start, year):
        for role in (ORDINARY, *([SUBSTITUTE] if seat.has_substitute else [])):
            if person := next(people):
                seat.appoint(person, role=role, from_on=max(seat.from_on, date(year - 1, 1, 1)))
    _earlier(body, start, year)
    _changes(body, secretary)
    _offices(body, year, secretary)
    _working_groups(body)
    return body


def _both(field: str, swedish: str, english: str) -> dict[str, Any]:
    return {f"{field}_sv": swedish, f"{field}_en": english}


def _people() -> Iterator[Person | None]:
    """The invented names, one after the other; None for a place that nobody holds."""
    for name in (HERE / "people.txt").read_text().split("\n"):
        yield None if name == NOBODY else Person.objects.called(name)
    while True:
        yield None


def _seats(body: Body, start: date, year: int) -> list[Seat]:
    """Two elected members, eight for sectors and four officials; two of the sectors came later."""
    elected, civil, officials = (
        SeatGroup.objects.create(body=body, number=number, side=side, **_both("name", name, english))
        for number, side, name, english in (
            (1, "city", "Förtroendevalda", "Elected members"),
            (2, "civil_society", "Civilsamhället", "Civil society"),
            (3, "city", "Tjänstepersoner", "Officials"),
        )
    )
    rows: list[tuple[SeatGroup, str, str, str | None, bool, date]] = [(elected, "Nämndens presidium", "social-resursnamnd", None, False, start)] * 2
    rows += [(civil, "Sektorns plats", UMBRELLA, slug, True, start if n < 6 else date(year - 3, 1, 1)) for n, slug in enumerate(SECTORS)]
    rows += [(officials, "Förvaltningens plats", slug, None, number == 0, start) for number, slug in enumerate(OFFICES)]
    return [
        Seat.objects.create(
            body=body,
            group=group,
            number=number,
            label=label,
            nominator=Party.objects.get(slug=nominator),
            sector=Sector.objects.get(slug=sector) if sector else None,
            has_substitute=has_substitute,
            period=period(from_on),
        )
        for number, (group, label, nominator, sector, has_substitute, from_on) in enumerate(rows, start=1)
    ]


def _earlier(body: Body, start: date, year: int) -> None:
    """Those who sat before, so that there is something to look back at."""
    names = ("Anna Förutsson", "Bertil Dåvarande", "Carin Fordomsén", "Didrik Tidigaregren")
    for number, name in zip((1, 3, 5, 11), names, strict=True):
        body.seats.get(number=number).appoint(Person.objects.called(name), role=ORDINARY, from_on=start, until_on=date(year - 2, 12, 31))


def _changes(body: Body, secretary: User) -> None:
    """One has passed their seat on, and the mandate of another runs out soon."""
    passed, ending = body.seats.get(number=4), body.seats.get(number=6)
    passed.pass_on(Person.objects.called("Elvira Efterträdar"), on=date(today().year, 3, 1), by=secretary)
    mandate = ending.sitting(today(), ORDINARY)
    if mandate:
        mandate.correct(from_on=mandate.from_on, until_on=today() + timedelta(days=40), by=secretary)


def _offices(body: Body, year: int, secretary: User) -> None:
    """The sides take turns: last year the City had the chair, now civil society has it."""
    city, civil = (body.seats.get(number=number).sitting(today(), ORDINARY) for number in (1, 3))
    if city is None or civil is None:
        return
    first, turn = date(year - 1, 1, 1), date(year, 1, 1)
    for mandate, roles in ((city, (Office.Role.CHAIR, Office.Role.VICE_CHAIR)), (civil, (Office.Role.VICE_CHAIR, Office.Role.CHAIR))):
        Office.appoint(mandate, roles[0], from_on=first, until_on=turn - timedelta(days=1), by=secretary)
        Office.appoint(mandate, roles[1], from_on=turn, by=secretary)


def _working_groups(body: Body) -> None:
    sitting = [mandate.person for mandate in Mandate.objects.valid().on(today()).filter(seat__body=body).order_by("seat__number")[:5]]
    group = WorkingGroup.objects.create(
        body=body,
        **_both("name", "Arbetsgruppen om tidigt samråd", "Working group on early consultation"),
        **_both(
            "purpose",
            "Föreslår hur samråd kan börja innan ett ärende är skrivet.",
            "Proposes how consultation can begin before a matter has been written.",
        ),
        convener=sitting[0],
        period=period(today() - timedelta(days=120), today() + timedelta(days=150)),
    )
    group.members.set(sitting[1:])
