"""A council with seats on both sides, and a meeting of it that has been held today or is to come."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agreement.models import Side
from council.models import AgendaItem, Body, Mandate, Meeting, Minutes, Person, Seat, SeatGroup
from idekom.users.models import User
from tests import builders

SINCE = date(2020, 1, 1)


def council(*, seats: int = 4) -> Body:
    """A council: half of its seats are the City's; every seat has a holder and a substitute."""
    body = builders.body(name="Rådet")
    groups = [
        SeatGroup.objects.create(body=body, number=1, name="Staden", side=Side.CITY),
        SeatGroup.objects.create(body=body, number=2, name="Civilsamhället", side=Side.CIVIL_SOCIETY),
    ]
    nominator = builders.party()
    for number in range(1, seats + 1):
        group = groups[number > seats // 2]
        seat = builders.seat(body, group=group, number=number, label=f"Kontor {number}", has_substitute=True, nominator=nominator)
        seat.appoint(builders.person(name=f"Ordinarie {number}"), role=Mandate.Role.ORDINARY, from_on=SINCE)
        seat.appoint(builders.person(name=f"Ersättare {number}"), role=Mandate.Role.SUBSTITUTE, from_on=SINCE)
    return body


def today_at_noon(**fields: Any) -> dict[str, Any]:
    """When a meeting of today is held."""
    start = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2), **fields}


def meeting_today(body: Body | None = None, **fields: Any) -> Meeting:
    """A meeting of today, with its agenda."""
    made = builders.meeting(body or council(), **today_at_noon(**fields))
    AgendaItem.objects.begin(made)
    return made


def person(name: str) -> Person:
    """Somebody of the council, by name."""
    return Person.objects.get(name=name)


def seat(body: Body, number: int) -> Seat:
    """A seat, by number."""
    found: Seat = body.seats.get(number=number)
    return found


def adjusted(meeting: Meeting, by: User) -> Minutes:
    """The meeting's minutes, approved from both sides."""
    meeting.hold(by=by)
    minutes = Minutes.objects.create(meeting=meeting)
    for side in Side:
        account = builders.user()
        minutes.adjusters.create(person=builders.person(user=account), side=side)
    minutes.send({"title": "Protokoll"}, by=by)
    for adjuster in minutes.adjusters.all():
        minutes.approve(by=adjuster.person.user, digest=minutes.digest)  # type: ignore[arg-type]
    return minutes
