"""Horizontal bar charts as plain numbers: where each bar goes. A template draws them as SVG and writes the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

WIDTH = 480
LABELS = 172
"""How much of the width the labels at the left take."""
NUMBERS = 34
"""How much is kept free at the right for a number after the longest bar."""
BAR, GAP, GROUP_GAP, STRIPE = 17, 3, 12, 6


@dataclass(frozen=True)
class Series:
    """One kind of bar: its key (also its CSS class and pattern) and its name in the legend."""

    key: str
    name: str


@dataclass(frozen=True)
class Row:
    """One line of numbers, one per series. `apart`: a value that is not to be compared with the others."""

    label: str
    values: tuple[int, ...]
    apart: bool = False
    share: str = ""
    queries: tuple[str, ...] = ()
    """For each value, the query that asks for the rows behind it; none where there is no such page."""

    @property
    def total(self) -> int:
        """All series together."""
        return sum(self.values)


@dataclass(frozen=True)
class Bar:
    """A bar's place in the picture, in units of the view box."""

    series: Series
    value: int
    x: float
    y: float
    width: float
    height: int = BAR
    query: str = ""

    @property
    def after(self) -> float:
        """Where its number stands."""
        return self.x + self.width + 6

    @property
    def stripes(self) -> list[float]:
        """Where stripes across the bar stand: they tell it from others in grey print."""
        return [self.x + step * STRIPE for step in range(1, int(self.width / STRIPE) + 1)]

    @property
    def baseline(self) -> float:
        """The foot of its number."""
        return self.y + self.height - 4


@dataclass(frozen=True)
class Group:
    """A row's bars under each other, with the label beside them."""

    row: Row
    bars: tuple[Bar, ...]
    y: float
    height: float

    @property
    def middle(self) -> float:
        """The foot of the label, beside the middle of the bars."""
        return self.y + self.height / 2 + 5


@dataclass(frozen=True)
class Chart:
    """A bar chart: the picture, and the table that says the same."""

    key: str
    title: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    height: float
    note: str = ""
    first_column: str = ""
    width: int = field(default=WIDTH)
    labels: int = field(default=LABELS)

    @property
    def plot(self) -> int:
        """How wide the longest bar is."""
        return self.width - self.labels - NUMBERS

    @property
    def label_end(self) -> int:
        """Where the labels end: they are set flush right."""
        return self.labels - 10

    @property
    def rule(self) -> float | None:
        """The height of the line that keeps a value apart from the others."""
        return next((group.y - GROUP_GAP + 0.5 for group in self.groups if group.row.apart), None)

    @property
    def has_several_series(self) -> bool:
        """Whether a legend and a column of sums are needed."""
        return len(self.series) > 1


def bar_chart(*, key: str, title: str, series: Sequence[Series], rows: Sequence[Row], note: str = "", first_column: str = "") -> Chart:
    """Place one bar per row and series; the longest fills the width. `key` is unique on a page: the picture's ids begin with it."""
    longest = max((value for row in rows for value in row.values), default=0) or 1
    unit = (WIDTH - LABELS - NUMBERS) / longest
    tall = len(series) * (BAR + GAP) - GAP
    steps = [tall + GROUP_GAP + (GROUP_GAP if following.apart else 0) for following in rows[1:]]
    tops = list(accumulate(steps, initial=float(GAP)))
    groups = tuple(_group(row, series, top, tall, unit) for row, top in zip(rows, tops, strict=True))
    return Chart(key, title, tuple(series), tuple(rows), groups, tops[-1] + tall + GAP, note, first_column)


def _group(row: Row, series: Sequence[Series], top: float, tall: float, unit: float) -> Group:
    queries = row.queries or ("",) * len(row.values)
    bars = tuple(
        Bar(one, value, LABELS, top + place * (BAR + GAP), round(value * unit, 2), query=query)
        for place, (one, value, query) in enumerate(zip(series, row.values, queries, strict=True))
    )
    return Group(row, bars, top, tall)


def percent(part: int, whole: int) -> str:
    """A share in whole percent, "–" of nothing."""
    return "–" if whole == 0 else f"{round(100 * part / whole)} %"


@dataclass(frozen=True)
class Point:
    """A value on a line. `x` is in percent of the width, `y` in units from the top; a point without a value is a gap."""

    label: str
    value: int | None
    x: float
    y: float

    @property
    def unit(self) -> float:
        """Its x in units of a picture that is as wide as the other charts."""
        return round(self.x * WIDTH / 100, 2)

    @property
    def above(self) -> float:
        """The foot of its number."""
        return self.y - 10


@dataclass(frozen=True)
class LineChart:
    """Values in percent, one after the other. Between two that are beside each other there is a stroke; nothing bridges a gap."""

    points: tuple[Point, ...]
    height: int = 104

    @property
    def marks(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.value is not None]

    @property
    def strokes(self) -> list[tuple[Point, Point]]:
        """From which point to which."""
        return [(one, other) for one, other in pairwise(self.points) if one.value is not None and other.value is not None]


def line_chart(values: Sequence[tuple[str, int | None]]) -> LineChart:
    """Place one point per value, (its label, 0–100 or None)."""
    step = 86 / max(len(values) - 1, 1)
    return LineChart(tuple(Point(label, value, round(7 + place * step, 2), 80 - 0.56 * (value or 0)) for place, (label, value) in enumerate(values)))
