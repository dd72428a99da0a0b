"""What the database refuses, whoever writes: bulk changes, raw SQL and several at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from council.models import Body, Mandate, Seat
from idekom.lib.dated import period
from tests.together import together

ORDINARY = Mandate.Role.ORDINARY
DAY = date(2026, 1, 1)


@pytest.fixture
def seat(db: None, make: Any) -> Seat:
    """A seat from 2020 to 2030, held by two people one after the other."""
    made: Seat = make.seat(period=period(date(2020, 1, 1), date(2030, 12, 31)), has_substitute=True)
    made.appoint(make.person(name="Ada"), role=ORDINARY, from_on=date(2025, 1, 1), until_on=DAY - timedelta(days=1))
    made.appoint(make.person(name="Bo"), role=ORDINARY, from_on=DAY)
    return made


def refused(rule: str) -> Any:
    return pytest.raises(DatabaseError, match=rule)


def test_a_bulk_change_that_would_overlap_is_refused(seat: Seat) -> None:
    with refused("a_seat_has_one_holder_at_a_time"), transaction.atomic():
        Mandate.objects.update(period=period(DAY, date(2026, 12, 31)))
    with refused("a_seat_has_one_holder_at_a_time"), transaction.atomic():
        Mandate.objects.bulk_create([Mandate(seat=seat, person=one.person, role=ORDINARY, period=one.period) for one in Mandate.objects.all()])
    assert Mandate.objects.count() == 2


def test_raw_sql_that_would_overlap_is_refused(seat: Seat) -> None:
    copy = (
        "INSERT INTO council_mandate (seat_id, person_id, role, period, void_reason) SELECT seat_id, person_id, role, period, '' FROM council_mandate"
    )
    with refused("a_seat_has_one_holder_at_a_time"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)
    with refused("a_seat_has_one_holder_at_a_time"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE council_mandate SET period = '[2025-06-01,2026-06-01)'")


def test_a_mandate_cannot_reach_outside_its_seat(seat: Seat) -> None:
    late = Mandate.objects.filter(person__name="Bo")
    with refused("a_mandate_is_within_its_seat"), transaction.atomic():
        late.update(period=period(DAY, date(2031, 1, 1)))
    with refused("a_mandate_is_within_its_seat"), transaction.atomic():
        Seat.objects.update(period=period(date(2020, 1, 1), date(2026, 6, 30)))


def test_a_seat_cannot_reach_outside_its_body(seat: Seat) -> None:
    with refused("a_seat_is_within_its_body"), transaction.atomic():
        Seat.objects.update(period=period(date(2009, 1, 1)))
    with refused("a_seat_is_within_its_body"), transaction.atomic():
        Body.objects.update(period=period(date(2010, 3, 5), date(2027, 1, 1)))


def test_a_mandate_keeps_who_and_where_and_is_never_deleted(seat: Seat, make: Any) -> None:
    other = make.person()
    for change in ({"person": other}, {"role": "substitute"}, {"seat": make.seat(seat.body)}):
        with refused("a_mandate_keeps_its_seat_person_and_role|Cannot update"), transaction.atomic():
            Mandate.objects.update(**change)
    with refused("Cannot delete"), transaction.atomic():
        Mandate.objects.filter(person__name="Ada").delete()


def test_a_void_mandate_has_a_reason_and_no_other_has(seat: Seat) -> None:
    for change in ({"voided_at": "2026-01-01T00:00Z"}, {"void_reason": "Fel"}):
        with pytest.raises(IntegrityError, match="a_void_mandate_and_no_other_has_a_reason"), transaction.atomic():
            Mandate.objects.update(**change)


def test_a_seat_keeps_its_group_and_a_group_its_side(seat: Seat) -> None:
    with refused("Cannot update"), transaction.atomic():
        Seat.objects.update(group_id=F("group_id") + 1)
    with refused("Cannot update"), transaction.atomic():
        seat.group.side = "city"
        seat.group.save()


def test_a_closed_body_has_a_reason(db: None, make: Any) -> None:
    with pytest.raises(IntegrityError, match="a_closed_body_has_a_reason"), transaction.atomic():
        make.body(closing_reason="", period=period(date(2020, 1, 1), date(2021, 1, 1)))


@pytest.mark.django_db(transaction=True)
def test_twelve_who_pass_a_seat_on_at_once_leave_one_holder_a_day(make: Any) -> None:
    seat: Seat = make.seat()
    seat.appoint(make.person(), role=ORDINARY, from_on=date(2020, 1, 1))
    people = [make.person() for _one in range(12)]
    got = together(12, lambda which: Seat.objects.get(pk=seat.pk).pass_on(people[which], on=DAY))
    assert sum(isinstance(one, Mandate) for one in got) == 1
    assert all(isinstance(one, Mandate | ValidationError) for one in got)
    assert [mandate.until_on for mandate in seat.mandates.order_by("period")] == [DAY - timedelta(days=1), None]
