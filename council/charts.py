"""Pictures of the council: the seat map (a half circle, the City to the left, civil society to the right), a seat through the years,
and the result of a dot ballot.

Geometry only; the SVG is a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import cos, pi, radians, sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreement.models import Side
from council.models import Area, Mandate, Seat
from council.models.ballot_results import Line, Result
from idekom.lib.charts import Chart, Row, Series, bar_chart, percent

WIDTH, HEIGHT = 400, 232
OUTER, ROW_GAP = 172, 54
LARGEST = 28.0
PER_ROW, MOST_ROWS = 15, 3
"""About how many seats one row takes before another is begun inside it, and how many rows there is room for."""
SLOPE = radians(6)
"""The half circle begins and ends this much above the floor."""


@dataclass(frozen=True)
class Place:
    """Where a seat is drawn: its middle and its size. A square stands for the City, a circle for civil society."""

    seat: Seat
    x: float
    y: float
    size: float

    @property
    def half(self) -> float:
        """From the middle to the edge."""
        return round(self.size / 2, 1)

    @property
    def left(self) -> float:
        """The left edge of a square."""
        return round(self.x - self.size / 2, 1)

    @property
    def top(self) -> float:
        """The upper edge of a square."""
        return round(self.y - self.size / 2, 1)


def seat_map(seats: Sequence[Seat]) -> list[Place]:
    """The seats placed from left to right; each side keeps together, and its groups as well."""
    order = {Side.CITY: 0, None: 1, Side.CIVIL_SOCIETY: 2}
    ordered = sorted(seats, key=lambda seat: (order[seat.side], seat.group.number, seat.number))
    size = seat_size(len(ordered))
    return [Place(seat, x, y, size) for seat, (x, y) in zip(ordered, half_circle(len(ordered)), strict=True)]


def half_circle(count: int) -> list[tuple[float, float]]:
    """The middles of `count` seats, from the left end of the half circle to the right."""
    places: list[tuple[float, int]] = []
    for row, seats in enumerate(rows_of(count)):
        step = (pi - 2 * SLOPE) / max(1, seats - 1)
        places += [(SLOPE + step * seat if seats > 1 else pi / 2, _radius(row)) for seat in range(seats)]
    middle, floor = WIDTH / 2, HEIGHT - 24
    return [(round(middle - radius * cos(angle), 1), round(floor - radius * sin(angle), 1)) for angle, radius in sorted(places)]


def seat_size(count: int) -> float:
    """How wide a seat is drawn so that neighbours keep apart."""
    return round(min([LARGEST, *(0.72 * (pi - 2 * SLOPE) * _radius(row) / seats for row, seats in enumerate(rows_of(count)))]), 1)


def rows_of(count: int) -> list[int]:
    """How many of `count` seats stand in each row, from the outermost: in proportion to the rows' lengths."""
    rows = max(1, min(MOST_ROWS, -(-count // PER_ROW)))
    lengths = [_radius(row) for row in range(rows)]
    shares = [count * length // sum(lengths) for length in lengths]
    for extra in range(count - sum(shares)):
        shares[extra % rows] += 1
    return [share for share in shares if share]


def _radius(row: int) -> int:
    return OUTER - ROW_GAP * row


@dataclass(frozen=True)
class Bar:
    """One mandate on the line of its role, in percent of the whole time."""

    mandate: Mandate
    x: float
    width: float

    @property
    def is_substitute(self) -> bool:
        """Whether it stands on the substitutes' line."""
        return self.mandate.role == Mandate.Role.SUBSTITUTE


@dataclass(frozen=True)
class SeatTimeline:
    """A seat's mandates along the years of its life."""

    bars: list[Bar]
    years: list[tuple[int, float]]
    """(year, where it begins in percent)."""


MOST_YEARS = 8
"""How many years are written out; of more, every second, third …"""


def seat_timeline(seat: Seat, mandates: Sequence[Mandate], day: date) -> SeatTimeline | None:
    """The mandates from the seat's first day to its last, or to `day`; None when nobody has held it."""
    if not mandates:
        return None
    first = seat.from_on.toordinal()
    ends = [mandate.until_on for mandate in mandates if mandate.until_on]
    last = seat.until_on or max([day, *ends, *(mandate.from_on for mandate in mandates)])
    length = max(1, last.toordinal() + 1 - first)

    def place(when: date) -> float:
        return round(100 * (when.toordinal() - first) / length, 2)

    bars = [Bar(mandate, place(mandate.from_on), round(place(mandate.until_on or last) - place(mandate.from_on), 2)) for mandate in mandates]
    years = [(year, place(date(year, 1, 1))) for year in range(seat.from_on.year + 1, last.year + 1)]
    return SeatTimeline(bars, years[:: max(1, -(-len(years) // MOST_YEARS))])


def dots_chart(area: Area, lines: Sequence[Line], result: Result) -> Chart | None:
    """The dots of an area's proposals as bars, one for each side where the sides are told. None when no number is known."""
    known = [line for line in lines if line.person is not None]
    if not known:
        return None
    if result.tells_sides:
        title, series = _("Prickar från varje sida"), [Series(side.value, str(side.label)) for side in (Side.CITY, Side.CIVIL_SOCIETY)]
        rows = [Row(_in_parts(line), (line.city or 0, line.civil_society or 0)) for line in known]
    else:
        title, series = _("Prickar"), [Series("all", _("Prickar"))]
        rows = [Row(_in_parts(line), (line.person or 0,)) for line in known]
    total = sum(row.total for row in rows)
    shared = [replace(row, share=percent(row.total, total)) for row in rows]
    missing = len(lines) - len(known)
    told = ngettext("%(count)d förslag har inget antal noterat.", "%(count)d förslag har inget antal noterat.", missing) % {"count": missing}
    return bar_chart(key=f"omrade-{area.pk}", title=title, series=series, rows=shared, note=told if missing else "", first_column=_("Förslag"))


def _in_parts(line: Line) -> str:
    """The proposal, and what its number is made of."""
    return f"{line.option.title} ({line.sum_in_words})" if line.parts else line.option.title
