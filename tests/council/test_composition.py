"""Who sits where, and that nobody sits where somebody sits."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreement.models import Side
from council.models import Body, IsVoid, Mandate, Meeting, Person, Seat, SeatGroup, SeatTaken

ORDINARY, SUBSTITUTE = Mandate.Role.ORDINARY, Mandate.Role.SUBSTITUTE
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def seat(db: None, make: Any) -> Seat:
    made: Seat = make.seat(has_substitute=True)
    return made


def serving(seat: Seat, day: date) -> tuple[Person | None, Person | None]:
    """(who holds the seat, who steps in) on the day."""
    found = Seat.objects.with_holders(day).get(pk=seat.pk)
    return found.holder, found.substitute


def test_a_seat_is_held_from_one_day_to_another(seat: Seat, make: Any) -> None:
    person = make.person()
    seat.appoint(person, role=ORDINARY, from_on=MAY, until_on=JUNE - timedelta(days=1))
    days = [MAY - timedelta(days=1), MAY, JUNE - timedelta(days=1), JUNE]
    assert [serving(seat, day)[0] for day in days] == [None, person, person, None]


def test_a_seat_has_an_ordinary_and_a_substitute(seat: Seat, make: Any) -> None:
    one, other = make.person(), make.person()
    seat.appoint(one, role=ORDINARY, from_on=MAY)
    seat.appoint(other, role=SUBSTITUTE, from_on=MAY)
    assert serving(seat, MAY) == (one, other)


@pytest.mark.parametrize("role", [ORDINARY, SUBSTITUTE])
@pytest.mark.parametrize(("from_on", "until_on"), [(JUNE, None), (MAY, JUNE), (JUNE, JUNE), (date(2020, 1, 1), None)])
def test_a_second_holder_for_the_same_days_is_refused(seat: Seat, make: Any, role: Mandate.Role, from_on: date, until_on: date | None) -> None:
    seat.appoint(make.person(), role=role, from_on=JUNE, until_on=JULY)
    with pytest.raises(SeatTaken) as refused:
        seat.appoint(make.person(), role=role, from_on=from_on, until_on=until_on)
    assert refused.value.messages[0].startswith("Platsen har redan någon i den rollen")
    assert Mandate.objects.count() == 1


def test_one_follows_another_from_the_day_after(seat: Seat, make: Any) -> None:
    first, second = make.person(), make.person()
    seat.appoint(first, role=ORDINARY, from_on=MAY, until_on=JUNE)
    seat.appoint(second, role=ORDINARY, from_on=JUNE + timedelta(days=1))
    assert [serving(seat, day)[0] for day in (JUNE, JUNE + timedelta(days=1))] == [first, second]


def test_a_void_mandate_never_held_and_stays_in_the_history(seat: Seat, make: Any) -> None:
    wrong, right = make.person(), make.person()
    mandate = seat.appoint(wrong, role=ORDINARY, from_on=MAY)
    mandate.void(reason="Fel person")
    moment = mandate.voided_at
    with pytest.raises(IsVoid):
        mandate.void(reason="Igen")
    mandate.refresh_from_db()
    assert (mandate.voided_at, mandate.void_reason, moment is not None) == (moment, "Fel person", True)
    assert serving(seat, MAY) == (None, None)
    seat.appoint(right, role=ORDINARY, from_on=MAY)
    assert serving(seat, MAY) == (right, None)
    history = apps.get_model("council", "MandateChange")._default_manager.filter(pgh_obj_id=mandate.pk)
    assert list(history.order_by("pk").values_list("voided_at", flat=True)) == [None, moment]


def test_a_seat_without_substitute_gets_none(make: Any, db: None) -> None:
    mandate = Mandate(seat=make.seat(has_substitute=False), person=make.person(), role=SUBSTITUTE, period=make.period(MAY))
    with pytest.raises(ValidationError) as refused:
        mandate.full_clean()
    assert refused.value.message_dict == {"role": ["Platsen har ingen ersättare. Välj ordinarie, eller ändra platsen först."]}


def test_a_form_sees_overlaps_in_the_same_seat_only(seat: Seat, make: Any) -> None:
    seat.appoint(make.person(), role=ORDINARY, from_on=MAY)
    fields = {"person": make.person(), "period": make.period(JUNE)}
    Mandate(seat=make.seat(), role=ORDINARY, **fields).full_clean()
    Mandate(seat=seat, role=SUBSTITUTE, **fields).full_clean()
    Mandate(seat=seat, role=ORDINARY, voided_at=timezone.now(), void_reason="Fel", **fields).full_clean()
    with pytest.raises(ValidationError, match="Platsen har redan någon"):
        Mandate(seat=seat, role=ORDINARY, **fields).full_clean()


def test_a_seat_belongs_to_a_group_of_its_own_body(seat: Seat, make: Any) -> None:
    seat.group = SeatGroup.objects.create(body=make.body(), number=1, name="En annan", side=Side.CITY)
    with pytest.raises(ValidationError) as refused:
        seat.full_clean()
    assert list(refused.value.message_dict) == ["group"]


def test_the_council_of_a_day_is_no_forum_and_has_no_parent(db: None, make: Any) -> None:
    old = make.body(period=make.period(date(2010, 3, 5), date(2017, 6, 9)))
    new = make.body(period=make.period(date(2017, 6, 10)))
    make.body(kind=Body.Kind.FORUM, period=make.period(date(2010, 1, 1)))
    make.body(parent=new, period=make.period(date(2018, 1, 1)))
    days = [date(2010, 3, 4), date(2010, 3, 5), date(2017, 6, 9), date(2017, 6, 10), date(2026, 1, 1)]
    assert [Body.objects.council(day) for day in days] == [None, old, old, new, new]


def test_the_coming_meetings_are_those_that_have_not_ended(db: None, make: Any) -> None:
    now = timezone.now()
    later = make.meeting()
    on = make.meeting(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    make.meeting(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    assert list(Meeting.objects.coming(now)) == [on, later]
