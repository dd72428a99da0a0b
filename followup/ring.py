"""The years between two evaluations as a ring, and every evaluation in a table."""

from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from followup.models import CYCLE, Evaluation

MIDDLE, RING, NAMES, HAND = 200, 150, 104, 66
"""The middle, and the radius of the ring, of the years' names, and of the hand that shows today."""


@dataclass(frozen=True)
class YearOnRing:
    """A year's place: its name, and the tick where it begins."""

    year: int
    x: float
    y: float
    tick: tuple[float, float, float, float]
    is_evaluated: bool


@dataclass(frozen=True)
class Turn:
    """A year of evaluation: which years it looks at, and the evaluation when there is one."""

    year: int
    from_year: int
    to_year: int
    evaluation: Evaluation | None
    is_coming: bool


@dataclass(frozen=True)
class Ring:
    """The picture, and what it tells."""

    years: list[YearOnRing]
    arc: str
    hand: tuple[float, float]
    next_year: int
    period: tuple[int, int]
    begins_on: date
    announced_on: date
    is_announced: bool
    has_begun: bool
    middle: int = MIDDLE
    radius: int = RING


def ring(day: date) -> Ring:
    """The years up to the next evaluation, the first at the top, clockwise."""
    year, length = CYCLE.next_year(day), CYCLE.length
    first = year - length + 1
    start, end = date(first, 1, 1), date(year + 1, 1, 1)

    def point(on: date, radius: float) -> tuple[float, float]:
        turn = 2 * pi * (on - start).days / (end - start).days
        return round(MIDDLE + radius * sin(turn), 1), round(MIDDLE - radius * cos(turn), 1)

    years = [
        YearOnRing(one, *point(date(one, 7, 2), NAMES), (*point(date(one, 1, 1), RING - 12), *point(date(one, 1, 1), RING + 12)), one == year)
        for one in range(first, year + 1)
    ]
    (x, y), begins = point(date(year, 1, 1), RING), CYCLE.begins_on(year)
    arc = f"M{x} {y}A{RING} {RING} 0 0 1 {MIDDLE} {MIDDLE - RING}"
    announced = CYCLE.announced_on(year)
    return Ring(years, arc, point(max(day, start), HAND), year, CYCLE.period(year), begins, announced, announced <= day < begins, begins <= day)


def turns(day: date, evaluations: list[Evaluation]) -> list[Turn]:
    """The years of evaluation up to the next one, and those made outside the cycle, the first first."""
    known = {one.year: one for one in evaluations}
    years = sorted({*CYCLE.years(CYCLE.next_year(day)), *known})
    return [_turn(year, known.get(year), day) for year in years]


def _turn(year: int, evaluation: Evaluation | None, day: date) -> Turn:
    first, last = (evaluation.from_year, evaluation.to_year) if evaluation else CYCLE.period(year)
    return Turn(year, first, last, evaluation, year > day.year)
