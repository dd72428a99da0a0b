"""A meeting with people from both sides, to write minutes about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from agreement.models import Side
from council.minutes import send
from council.models import AgendaItem, Attendance, Body, Mandate, Meeting, Minutes, Person, Seat, SeatGroup
from idekom.users.models import User
from tests import builders

DAY = date(2026, 3, 12)


@dataclass
class Sitting:
    """A meeting that has been held, or will be, and those who sit in its body."""

    meeting: Meeting
    seats: list[Seat]
    holders: list[Person]
    by: User

    def add(self, title: str, **fields: Any) -> AgendaItem:
        """An item on the agenda."""
        return AgendaItem.objects.add(self.meeting, title=title, **fields)

    def came(self, which: int, **fields: Any) -> Attendance:
        """The holder of that seat was there."""
        given = {"capacity": "ordinary", "serves": True, "seat": self.seats[which], "person": self.holders[which], **fields}
        return Attendance.objects.create(meeting=self.meeting, **given)

    def held(self) -> "Sitting":
        """The meeting is over."""
        self.meeting.hold(by=self.by)
        return self

    def minutes(self, *which: int) -> Minutes:
        """Its minutes, with adjusters from both sides: the holders of these seats, each with an account."""
        made = Minutes.objects.begin(self.meeting)
        chosen = [(self.seats[n].side, self.holders[n]) for n in which or (0, len(self.seats) - 1)]
        for _side, person in chosen:
            person.user = person.user or builders.user(f"{person.slug}@example.org", name=person.name)
            person.save()
        made.choose_adjusters({side: [person for of, person in chosen if of == side] for side in Side})
        return made

    def adjusted(self) -> Minutes:
        """Minutes that stand."""
        minutes = self.minutes()
        send(minutes, by=self.by)
        for adjuster in minutes.adjusters.select_related("person__user"):
            assert adjuster.person.user
            minutes.approve(by=adjuster.person.user, digest=minutes.digest)
        return minutes


def sitting(city: int = 1, civil_society: int = 2, *, on: date = DAY, body: Body | None = None) -> Sitting:
    """A meeting of a council with so many seats on each side, everybody in place."""
    council = body or builders.body()
    sides = [("city", "Staden", city), ("civil_society", "Civilsamhället", civil_society)]
    groups = [
        (SeatGroup.objects.create(body=council, number=n, name=name, side=side), count)
        for n, (side, name, count) in enumerate(sides, start=1)
        if count
    ]
    seats = [builders.seat(council, group=group, label=f"{group.name} {n}") for group, count in groups for n in range(1, count + 1)]
    holders = [builders.person() for _seat in seats]
    for seat, person in zip(seats, holders, strict=True):
        seat.appoint(person, role=Mandate.Role.ORDINARY, from_on=date(2025, 1, 1))
    starts_at = datetime(on.year, on.month, on.day, 18, tzinfo=timezone.get_current_timezone())
    meeting = builders.meeting(council, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    AgendaItem.objects.begin(meeting)
    return Sitting(meeting, seats, holders, builders.user())
