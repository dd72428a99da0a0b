"""The dates of the year: meetings, and the days of the yearly round."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from math import cos, pi, sin

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from council.models import Meeting
from followup.models import Round

SIZE = 400
MIDDLE = SIZE / 2
RING, MONTHS, MARK = 128, 100, 14
"""The radius of the ring, of the months' names inside it, and of a mark."""
NEAR = 2 * MARK / RING
"""Marks nearer each other than this (radians) are set on different distances."""


@dataclass(frozen=True)
class Day:
    """A day that matters."""

    on: date
    what: str
    place: str = ""


@dataclass(frozen=True)
class Mark:
    """A numbered mark on the ring."""

    number: int
    day: Day
    x: float
    y: float


@dataclass(frozen=True)
class YearRing:
    """The ring and its table."""

    year: int
    today: tuple[float, float] | None
    months: list[tuple[float, float, str]]
    ticks: list[tuple[float, float, float, float]]
    marks: list[Mark]
    middle: float = MIDDLE
    radius: int = RING

    @property
    def edge(self) -> float:
        """Where the picture begins, left and top: as near as the outermost mark allows."""
        reach = max(max(abs(mark.x - MIDDLE), abs(mark.y - MIDDLE)) for mark in self.marks)
        return round(MIDDLE - max(RING, reach) - MARK - 4, 1)

    @property
    def size(self) -> float:
        """The picture's width and height."""
        return round(SIZE - 2 * self.edge, 1)


def angle(on: date) -> float:
    """How far round the ring a day is, in radians clockwise from the top, where the year begins."""
    first, following = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    return 2 * pi * (on - first).days / (following - first).days


def point(turn: float, radius: float) -> tuple[float, float]:
    """The place at an angle and a distance from the middle."""
    return round(MIDDLE + radius * sin(turn), 1), round(MIDDLE - radius * cos(turn), 1)


def placed(days: list[Day]) -> list[Mark]:
    """The days' marks: numbered round the ring, moved outwards where they would cover each other."""
    marks: list[Mark] = []
    turns: list[tuple[float, int]] = []
    for number, day in enumerate(days, start=1):
        turn = angle(day.on)
        taken = {level for other, level in turns if min(abs(turn - other), 2 * pi - abs(turn - other)) < NEAR}
        level = next(level for level in range(len(days)) if level not in taken)
        turns.append((turn, level))
        x, y = point(turn, RING + level * (2 * MARK + 2))
        marks.append(Mark(number, day, x, y))
    return marks


def year_ring(day: date) -> YearRing | None:
    """The year of `day`; None when no date is known in it."""
    days = sorted(_days(date(day.year, 1, 1), date(day.year, 12, 31)), key=lambda one: one.on)
    if not days:
        return None
    starts = [date(day.year, month, 1) for month in range(1, 13)]
    months = [(*point(angle(start) + pi / 12, MONTHS), date_format(start, "b")) for start in starts]
    ticks = [(*point(angle(start), RING - 7), *point(angle(start), RING + 7)) for start in starts]
    return YearRing(day.year, point(angle(day), MONTHS - 18), months, ticks, placed(days))


def coming(day: date) -> list[Day]:
    """The days from `day` on that are known, the nearest first."""
    return sorted(_days(day, date.max), key=lambda one: one.on)


def _days(first: date, last: date) -> Iterator[Day]:
    start = timezone.make_aware(datetime.combine(first, time.min))
    meetings = Meeting.objects.filter(starts_at__gte=start).select_related("body").order_by("starts_at")
    if last != date.max:
        meetings = meetings.filter(starts_at__lte=timezone.make_aware(datetime.combine(last, time.max)))
    for meeting in meetings:
        yield Day(timezone.localdate(meeting.starts_at), _("%(body)s möts") % {"body": meeting.body.name}, meeting.place)
    for one in Round.objects.filter(Q(opens_on__range=(first, last)) | Q(due_on__range=(first, last)) | Q(forum_on__range=(first, last))):
        texts = {"year": one.year}
        found = [(one.opens_on, _("Uppföljningen %(year)d öppnar") % texts), (one.due_on, _("Sista dag att rapportera för %(year)d") % texts)]
        if one.forum_on:
            found.append((one.forum_on, _("Dialogforum om uppföljningen %(year)d") % texts))
        yield from (Day(on, what) for on, what in found if first <= on <= last)
