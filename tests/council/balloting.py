"""Dot ballots to test on: a body with members on both sides, areas and options, and dots that are put."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agreement.models import ActionPlan, Sector, Side
from council.models import Area, Body, DotBallot, Mandate, Option, Seat, SeatGroup, Voter
from idekom.lib.dated import period, today
from tests import builders

_numbers = itertools.count(1)
ORDINARY = Mandate.Role.ORDINARY


def body(city: int = 3, civil_society: int = 3, *, sectors: tuple[Sector | None, ...] = ()) -> Body:
    """A council with as many members on each side; civil society's seats belong to `sectors` in turn, or each to its own."""
    made = builders.body()
    for number, (side, count) in enumerate(((Side.CITY, city), (Side.CIVIL_SOCIETY, civil_society)), start=1):
        group = SeatGroup.objects.create(body=made, number=number, name=f"Grupp {number}", side=side)
        for place in range(count):
            own = (sectors[place % len(sectors)] if sectors else builders.sector()) if side == Side.CIVIL_SOCIETY else None
            member(builders.seat(made, group=group, sector=own))
    return made


def member(seat: Seat, *, role: Mandate.Role = ORDINARY, **fields: Any) -> Mandate:
    """Somebody with an account who holds the seat."""
    person = builders.person(user=builders.user(**fields))
    return seat.appoint(person, role=role, from_on=today() - timedelta(days=100))


def draft(of: Body | None = None, *, options: tuple[int, ...] = (2, 2), **fields: Any) -> DotBallot:
    """A ballot that is not open yet, with as many options in each area."""
    n, now = next(_numbers), timezone.now()
    told = {"title": f"Omröstning {n}", "slug": f"omrostning-{n}", "dots": 5, "most_per_option": 3, "closes_at": now + timedelta(days=7), **fields}
    made = DotBallot.objects.create(body=of or body(), **told)
    for number, count in enumerate(options, start=1):
        area = Area.objects.create(ballot=made, number=number, name=f"Område {n}.{number}")
        for place in range(1, count + 1):
            Option.objects.create(ballot=made, area=area, number=place, title=f"Förslag {n}.{number}.{place}")
    return made


def opened(of: Body | None = None, **fields: Any) -> DotBallot:
    """A ballot that takes dots."""
    made = draft(of, **fields)
    made.open(by=builders.user())
    return made


def voters(of: DotBallot) -> list[Voter]:
    """Those who vote in it, the City's first."""
    return list(of.voters.select_related("ballot").order_by("seat__group__number", "seat__number"))


def options(of: DotBallot) -> list[Option]:
    """Its options, in order."""
    return list(of.options.in_order())


def put(of: DotBallot, *rows: dict[int, int]) -> None:
    """The first voters put dots, {place of the option: how many}."""
    found = options(of)
    for voter, row in zip(voters(of), rows, strict=False):
        voter.vote({found[place].pk: dots for place, dots in row.items()})


def closed(*rows: dict[int, int], **fields: Any) -> DotBallot:
    """A ballot that is over."""
    made = opened(**fields)
    put(made, *rows)
    made.close(by=builders.user())
    return made


def on_paper(*noted: int | None, **fields: Any) -> DotBallot:
    """A vote on paper with these numbers, one for each option of its one area; not recorded yet."""
    told = {"is_on_paper": True, "closes_at": None, "dots": None, "held_on": today() - timedelta(days=40), "source": "Lapparna i pärmen.", **fields}
    made = draft(builders.body(), options=(len(noted),), **told)
    made.note({option.pk: (number, None, None) for option, number in zip(options(made), noted, strict=True)})
    return made


def recorded(*noted: int | None, **fields: Any) -> DotBallot:
    """The same, written in."""
    made = on_paper(*noted, **fields)
    made.record(by=builders.user())
    return made


def plan() -> ActionPlan:
    """A plan that activities can be begun in."""
    made: ActionPlan = ActionPlan.objects.create(slug=f"plan-{next(_numbers)}", name="Planen", period=period(today()))
    return made
