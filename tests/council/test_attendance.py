"""Who was in the room, and whose voice was missing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from council.models import Attendance, Mandate, Meeting, Room
from tests import builders
from tests.council.sitting import sitting

pytestmark = pytest.mark.django_db


def test_only_those_who_serve_count() -> None:
    here = sitting(city=1, civil_society=2)
    here.came(0)
    here.came(1, capacity="substitute", serves=False, person=builders.person())
    Attendance.objects.create(meeting=here.meeting, person=builders.person(), capacity="co_opted", words="Stadsmuseet")
    room = Room.of(here.meeting)
    assert (room.served, len(room.places), room.missing) == (1, 3, ["Civilsamhället 1", "Civilsamhället 2"])
    assert [one.words for one in room.others] == ["Stadsmuseet"]


def test_a_sector_is_heard_when_one_of_its_seats_is_served() -> None:
    here = sitting(civil_society=3)
    sector = builders.sector("Idrott")
    for seat in here.seats[1:3]:
        seat.sector = sector
        seat.save()
    here.came(2)
    assert Room.of(here.meeting).voices() == [("Staden 1", False), ("Idrott", True), ("Civilsamhället 3", False)]


def test_who_holds_a_seat_and_was_not_there_is_absent() -> None:
    here = sitting(city=1, civil_society=1)
    here.came(0)
    absent = [mandate.person for place in Room.of(here.meeting).places for mandate in place.absent]
    assert absent == [here.holders[1]]


def test_two_never_serve_for_a_seat_at_once_but_one_after_the_other() -> None:
    here = sitting()
    here.came(0)
    other = builders.person()
    with pytest.raises(IntegrityError, match="a_seat_is_served_by_one_at_a_time"), transaction.atomic():
        here.came(0, capacity="substitute", person=other)
    half = here.meeting.starts_at + timedelta(hours=1)
    Attendance.objects.filter(person=here.holders[0]).update(left_at=half)
    here.came(0, capacity="substitute", person=other, arrived_at=half)
    assert [one.person for one in Room.of(here.meeting).places[0].served_by] == [here.holders[0], other]


@pytest.mark.parametrize(
    "fields", [{"capacity": "co_opted"}, {"seat": None}, {"serves": False}, {"capacity": "secretary", "seat": None}, {"capacity": "king"}]
)
def test_who_has_no_seat_does_not_serve_and_ordinary_members_do(fields: dict[str, object]) -> None:
    here = sitting()
    with pytest.raises(IntegrityError, match=r"who_serves_has_a_seat|capacity_is_known"), transaction.atomic():
        here.came(0, **fields)


def test_a_person_is_there_once() -> None:
    here = sitting()
    here.came(0)
    with pytest.raises(IntegrityError, match="a_person_is_at_a_meeting_once"), transaction.atomic():
        here.came(1, person=here.holders[0])


@pytest.mark.parametrize("seats", [1, 3])
def test_the_room_asks_as_often_however_many_there_are(seats: int, django_assert_num_queries: Any) -> None:
    here = sitting(civil_society=seats)
    for n in range(seats):
        here.came(n)
    meeting = Meeting.objects.select_related("body").get(pk=here.meeting.pk)
    with django_assert_num_queries(4):
        Room.of(meeting).voices()


def test_the_seats_are_those_of_the_day() -> None:
    here = sitting(civil_society=2)
    here.seats[2].appoint(builders.person(), role=Mandate.Role.SUBSTITUTE, from_on=date(2026, 6, 1))
    assert [len(place.seat.serving) for place in Room.of(here.meeting).places] == [1, 1, 1]
