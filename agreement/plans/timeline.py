"""The activities on a line of time: where each bar goes, in percent of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreement.models import Activity, Quarter

FEW_QUARTERS = 8
"""So many quarters have a tick each; of a longer time the years alone have one."""
MOST_YEARS = 10
"""Of a longer time, not every year has a tick."""
THINNEST = 0.8
"""The least width of a bar, in percent."""


@dataclass(frozen=True)
class Scale:
    """A time: its first day, and its length in days."""

    first: date
    days: int

    def x(self, on: date, *, days: int = 0) -> float:
        """Where a day, or `days` after it, lies in percent of the width."""
        return round(100 * ((on - self.first).days + days) / self.days, 2)


@dataclass(frozen=True)
class Tick:
    """The first day of a quarter or a year."""

    x: float
    label: str


@dataclass(frozen=True)
class Bar:
    """An activity from its first day to its last. Without a first day it is a mark at its last."""

    activity: Activity
    x: float
    width: float

    @property
    def side(self) -> str:
        """Whose plan it is in."""
        return self.activity.plan.whose

    @property
    def stripes(self) -> list[float]:
        """Where stripes stand in the bar of a side that is not the City's, so that grey print tells them apart."""
        return [round(self.x + step, 2) for step in range(1, int(self.width) + 1)] if self.side != "city" else []


@dataclass(frozen=True)
class Timeline:
    """The picture, and the order of its table."""

    bars: list[Bar]
    ticks: list[Tick]
    today: float | None
    first: Quarter
    last: Quarter


def timeline(activities: Sequence[Activity], day: date) -> Timeline | None:
    """The activities that have a last day, the earliest first; None when there are none."""
    spans = sorted((one.starts_on or one.due_on, one.due_on, one.pk, one) for one in activities if one.due_on)
    if not spans:
        return None
    first, last = Quarter.of(spans[0][0]), Quarter.of(max(ends for _starts, ends, _pk, _one in spans))
    scale = Scale(first.first, (last.last - first.first).days + 1)
    bars = [_bar(one, scale, starts, ends) for starts, ends, _pk, one in spans]
    now = scale.x(day) if first.first <= day <= last.last else None
    return Timeline(bars, _ticks(first, last, scale), now, first, last)


def _bar(activity: Activity, scale: Scale, starts: date, ends: date) -> Bar:
    x = min(scale.x(starts), 100 - THINNEST)
    return Bar(activity, x, max(round(scale.x(ends, days=1) - x, 2), THINNEST))


def _ticks(first: Quarter, last: Quarter, scale: Scale) -> list[Tick]:
    years = last.year - first.year + 1
    if 4 * (last.year - first.year) + last.number - first.number < FEW_QUARTERS:
        quarters = [Quarter(year, number) for year in range(first.year, last.year + 1) for number in range(1, 5)]
        labels = {one: str(one.year) if one.number == 1 or one == first else _("kv %(number)d") % {"number": one.number} for one in quarters}
        return [Tick(scale.x(one.first), labels[one]) for one in quarters if first <= one <= last]
    step = -(-years // MOST_YEARS)
    starts = [Quarter(year, 1) for year in range(first.year, last.year + 1, step)]
    return [Tick(scale.x(one.first), str(one.year)) for one in starts if one >= first]
