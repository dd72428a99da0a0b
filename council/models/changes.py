"""The days on which somebody came or went."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from council.models.composition import Body, Seat
from council.models.mandates import Mandate
from council.models.offices import Office


@dataclass(frozen=True)
class Change:
    """A day on which a seat, its holder or the chair became another, and how many seats there are from then on."""

    on: date
    seats: int


@dataclass(frozen=True)
class Changes:
    """All days of change of some bodies, the first first."""

    days: list[Change]

    def before(self, day: date) -> date | None:
        """The last day of change before `day`."""
        place = bisect_left([change.on for change in self.days], day)
        return self.days[place - 1].on if place else None

    def after(self, day: date) -> date | None:
        """The next day of change after `day`."""
        place = bisect_right([change.on for change in self.days], day)
        return self.days[place].on if place < len(self.days) else None


def changes_of(bodies: Collection[Body]) -> Changes:
    """The days on which the bodies' composition changed, or will change."""
    seats = list(Seat.objects.filter(body__in=bodies).values_list("period", flat=True))
    mandates = Mandate.objects.valid().filter(seat__body__in=bodies).values_list("period", flat=True)
    offices = Office.objects.valid().filter(body__in=bodies).values_list("period", flat=True)
    periods = [body.period for body in bodies] + seats + list(mandates) + list(offices)
    days = {day for one in periods for day in (one.lower, one.upper) if day}
    return Changes([Change(day, sum(day in seat for seat in seats)) for day in sorted(days)])
