"""The result of a dot ballot: dots by person, by sector and by side; merged proposals with the numbers of their parts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from agreement.models import Side
from council.models.ballot_options import Area, Option

if TYPE_CHECKING:
    from council.models.ballots import DotBallot

FEWEST = 3
"""Of a side on which fewer than this have voted, the numbers would tell who voted for what: then no side's are told."""
DASH = "–"


class ResultIsSecret(ValidationError):
    """Nobody sees anything of the result before the close."""

    def __init__(self) -> None:
        super().__init__(_("Resultatet visas först när omröstningen är avslutad."), code="result_is_secret")


@dataclass(frozen=True)
class Dots:
    """What one option got by itself. None: none noted, which is not zero."""

    person: int | None = None
    sector: Fraction | None = None
    sides: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Put:
    """Dots that voters of one side, who share their sector's weight by the same number, have put on an option together."""

    option: int
    side: str
    share: int
    dots: int


@dataclass(frozen=True)
class Line:
    """An option in the result, with those that were merged into it."""

    option: Option
    own: Dots
    parts: tuple["Line", ...] = ()

    @property
    def person(self) -> int | None:
        """The dots of all, each person weighing the same; None when none are noted of it nor of any part."""
        known = [one.own.person for one in (self, *self.parts) if one.own.person is not None]
        return sum(known) if known else None

    @property
    def sector(self) -> Fraction | None:
        """The same with each sector weighing the same; None of a vote on paper."""
        known = [one.own.sector for one in (self, *self.parts) if one.own.sector is not None]
        return sum(known, Fraction(0)) if known else None

    @property
    def sector_number(self) -> int | float | None:
        """The same as a number to write, with at most two decimals."""
        weight = self.sector
        if weight is None:
            return None
        return int(weight) if weight.denominator == 1 else round(float(weight), 2)

    def side(self, side: str) -> int | None:
        """The dots of one side; None when they are not told."""
        known = [one.own.sides[side] for one in (self, *self.parts) if side in one.own.sides]
        return sum(known) if known else None

    @property
    def city(self) -> int | None:
        """The dots of the City's side."""
        return self.side(Side.CITY)

    @property
    def civil_society(self) -> int | None:
        """The dots of civil society's side."""
        return self.side(Side.CIVIL_SOCIETY)

    @property
    def sum_in_words(self) -> str:
        """ "7 + 3 + 3", "8", or "–" when none are noted."""
        return " + ".join(DASH if one.own.person is None else str(one.own.person) for one in (self, *self.parts))

    @property
    def in_words(self) -> str:
        """ "7 + 3 + 3 = 13", "8", or "–"."""
        return f"{self.sum_in_words} = {self.person}" if self.parts and self.person is not None else self.sum_in_words


@dataclass(frozen=True)
class Result:
    """All of it: area by area the options, those with most dots first."""

    areas: tuple[tuple[Area, tuple[Line, ...]], ...]
    turnout: dict[str, tuple[int, int]]
    """{side: (how many voted, how many could)}; empty of a vote on paper."""
    tells_sides: bool
    tells_sectors: bool

    @property
    def lines(self) -> list[Line]:
        """All options, area by area."""
        return [line for _of, lines in self.areas for line in lines]

    def top(self, number: int, *, by_sector: bool) -> list[Line]:
        """The options with most dots of all areas."""
        return sorted((line for line in self.lines if line.person), key=lambda line: _order(line, by_sector=by_sector))[:number]


def _order(line: Line, *, by_sector: bool) -> tuple[bool, Fraction, int, int]:
    weight = line.sector if by_sector else line.person
    return weight is None, -Fraction(weight or 0), line.option.number, line.option.pk


def tells_sides(turnout: dict[str, tuple[int, int]]) -> bool:
    """Whether each side that has voted is many enough, and the side of everybody is known."""
    return all(side and (voted == 0 or voted >= FEWEST) for side, (voted, _may) in turnout.items())


def count(options: Iterable[Option], put: Iterable[Put], *, by_side: bool) -> dict[int, Dots]:
    """{option: its dots}: an option that nobody put a dot on got 0."""
    persons: dict[int, int] = defaultdict(int)
    sectors: dict[int, Fraction] = defaultdict(Fraction)
    sides: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Side.values, 0))
    for one in put:
        persons[one.option] += one.dots
        sectors[one.option] += Fraction(one.dots, one.share)
        if by_side:
            sides[one.option][one.side] += one.dots
    nothing = dict.fromkeys(Side.values, 0) if by_side else {}
    return {one.pk: Dots(persons[one.pk], sectors[one.pk], sides[one.pk] if by_side else nothing) for one in options if one.is_votable}


def noted(options: Iterable[Option]) -> dict[int, Dots]:
    """The same of a vote on paper: what stands in the source."""
    return {
        one.pk: Dots(
            one.noted,
            None,
            {Side.CITY: one.noted_city, Side.CIVIL_SOCIETY: one.noted_civil_society}
            if one.noted_city is not None and one.noted_civil_society is not None
            else {},
        )
        for one in options
    }


def assemble(options: Sequence[Option], dots: dict[int, Dots], *, by_sector: bool) -> tuple[tuple[Area, tuple[Line, ...]], ...]:
    """The options under their areas, with their parts."""
    parts: dict[int, list[Line]] = defaultdict(list)
    for one in options:
        if one.merged_into_id:
            parts[one.merged_into_id].append(Line(one, dots.get(one.pk, Dots())))
    areas: dict[Area, list[Line]] = {}
    for one in options:
        areas.setdefault(one.area, [])
        if one.merged_into_id is None:
            areas[one.area].append(Line(one, dots.get(one.pk, Dots()), tuple(parts[one.pk])))
    return tuple((area, tuple(sorted(lines, key=lambda line: _order(line, by_sector=by_sector)))) for area, lines in areas.items())


def of_ballot(ballot: "DotBallot") -> Result:
    """Count a closed ballot; raises ResultIsSecret before."""
    if not ballot.is_counted:
        raise ResultIsSecret
    options = list(ballot.options.in_order())
    if ballot.is_on_paper:
        dots, turnout = noted(options), {}
        by_side = any(one.sides for one in dots.values())
    else:
        turnout = ballot.voters.turnout()
        by_side = tells_sides(turnout)
        rows = ballot.voters.order_by().filter(votes__isnull=False).values_list("votes__option", "side", "share").annotate(Sum("votes__dots"))
        dots = count(options, (Put(*row) for row in rows), by_side=by_side)
    by_sector = ballot.weighing == "sector" and not ballot.is_on_paper
    return Result(assemble(options, dots, by_sector=by_sector), turnout, by_side, not ballot.is_on_paper)
