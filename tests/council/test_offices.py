"""Chair and vice chair: one of each, from different sides, for as long as they sit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from council.models import Body, Mandate, Office, OfficeRefused
from idekom.lib.dated import period

CHAIR, VICE = Office.Role.CHAIR, Office.Role.VICE_CHAIR
START, DAY = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture
def held(standing: Body, make: Any) -> dict[int, Mandate]:
    """{seat: its ordinary mandate} of two from the City and two from civil society, since 2026."""
    seats = {seat.number: seat for seat in standing.seats.all()}
    return {n: seats[n].appoint(make.person(name=f"P{n}"), role=Mandate.Role.ORDINARY, from_on=START) for n in (1, 2, 3, 4)}


def test_chair_and_vice_chair_come_from_different_sides(held: dict[int, Mandate], standing: Body) -> None:
    Office.appoint(held[1], CHAIR, from_on=START)
    with pytest.raises(OfficeRefused, match="från var sin sida"):
        Office.appoint(held[2], VICE, from_on=DAY)
    Office.appoint(held[3], VICE, from_on=START)
    told = [(office.role, office.side) for office in Office.objects.on(DAY).filter(body=standing).order_by("role")]
    assert told == [("chair", "city"), ("vice_chair", "civil_society")]


def test_there_is_one_chair_at_a_time(held: dict[int, Mandate]) -> None:
    Office.appoint(held[1], CHAIR, from_on=START, until_on=DAY)
    with pytest.raises(OfficeRefused, match="redan någon i det uppdraget"):
        Office.appoint(held[3], CHAIR, from_on=DAY)
    Office.appoint(held[3], CHAIR, from_on=DAY + timedelta(days=1))


def test_the_sides_take_turns(held: dict[int, Mandate]) -> None:
    for mandate, first, second in ((held[1], CHAIR, VICE), (held[3], VICE, CHAIR)):
        Office.appoint(mandate, first, from_on=START, until_on=DAY)
        Office.appoint(mandate, second, from_on=DAY + timedelta(days=1))
    told = [(office.role, office.side) for office in Office.objects.through_time()]
    assert told == [("chair", "civil_society"), ("vice_chair", "city"), ("chair", "city"), ("vice_chair", "civil_society")]


def test_the_database_holds_the_stored_side_to_the_seats(held: dict[int, Mandate], standing: Body, make: Any) -> None:
    fields = {"mandate": held[1], "role": CHAIR, "period": period(START)}
    for wrong in ({"body": standing, "side": "civil_society"}, {"body": make.body(), "side": "city"}):
        with pytest.raises(DatabaseError, match="an_office_has_the_body_and_side_of_its_seat"), transaction.atomic():
            Office.objects.create(**fields, **wrong)
    office = Office.appoint(held[1], CHAIR, from_on=START)
    Office.appoint(held[3], VICE, from_on=START)
    with pytest.raises(DatabaseError, match="an_office_has_the_body_and_side_of_its_seat"), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(side="civil_society")


def test_a_substitute_or_somebody_who_has_left_is_no_chair(standing: Body, make: Any) -> None:
    seat = standing.seats.get(number=3)
    substitute = seat.appoint(make.person(), role=Mandate.Role.SUBSTITUTE, from_on=START)
    left = seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=START, until_on=DAY)
    with pytest.raises(OfficeRefused, match="inte som ordinarie"):
        Office.appoint(substitute, CHAIR, from_on=START)
    with pytest.raises(OfficeRefused, match="hela den tiden"):
        Office.appoint(left, CHAIR, from_on=DAY + timedelta(days=1))


def test_who_leaves_the_seat_leaves_the_chair(held: dict[int, Mandate], standing: Body, make: Any) -> None:
    office = Office.appoint(held[1], CHAIR, from_on=START)
    standing.seats.get(number=1).pass_on(make.person(), on=DAY)
    office.refresh_from_db()
    assert (office.until_on, standing.office(CHAIR, DAY)) == (DAY - timedelta(days=1), None)


def test_a_void_mandate_was_no_chair(held: dict[int, Mandate]) -> None:
    Office.appoint(held[1], CHAIR, from_on=START)
    held[1].void(reason="Fel person")
    assert not Office.objects.valid().exists()
    Office.appoint(held[2], CHAIR, from_on=START)


def test_the_database_keeps_a_mandate_around_its_office(held: dict[int, Mandate]) -> None:
    Office.appoint(held[1], CHAIR, from_on=START)
    with pytest.raises(DatabaseError, match="an_office_is_within_its_mandate"), transaction.atomic():
        Mandate.objects.filter(pk=held[1].pk).update(period=period(START, DAY))


def test_a_split_mandate_keeps_the_chair(held: dict[int, Mandate], standing: Body) -> None:
    Office.appoint(held[1], CHAIR, from_on=START)
    rest = held[1].split(DAY)
    offices = [standing.office(CHAIR, day) for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=900))]
    assert [office.mandate if office else None for office in offices] == [held[1], rest, rest]


def test_an_office_ends_on_a_day_it_is_held(held: dict[int, Mandate]) -> None:
    office = Office.appoint(held[1], CHAIR, from_on=DAY)
    with pytest.raises(ValidationError, match="pågår inte den dagen"):
        office.end(START)
    office.end(DAY)
    assert office.until_on == DAY
