"""Sixty people claim one seat at the same moment; with the constraint off, the same sixty show why it is there."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client

from council.models import Mandate, Person, Seat, SeatTaken
from council.models.mandates import ONE_HOLDER
from tests.together import together

CLAIMS = 60
DAY = date(2026, 1, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def without_the_constraint() -> Iterator[None]:
    """The database without its guard, which is put back afterwards."""
    guard = next(constraint for constraint in Mandate._meta.constraints if constraint.name == ONE_HOLDER)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Mandate, guard)
    try:
        yield
    finally:
        with pgtrigger.ignore("council.Mandate:a_mandate_is_never_deleted"):
            Mandate.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Mandate, guard)


def claim(seat: Seat, people: list[Person]) -> list[object]:
    """All claim the seat at once: what each got."""
    return together(len(people), lambda which: seat.appoint(people[which], role=Mandate.Role.ORDINARY, from_on=DAY))


def test_sixty_claims_make_one_mandate(make: Any) -> None:
    seat = make.seat()
    got = claim(seat, [make.person() for _claim in range(CLAIMS)])
    assert sorted(type(one).__name__ for one in got) == ["Mandate", *["SeatTaken"] * (CLAIMS - 1)]
    assert Mandate.objects.get() in got


def test_sixty_claims_without_the_constraint_make_many(make: Any, without_the_constraint: None) -> None:
    seat = make.seat()
    got = claim(seat, [make.person() for _claim in range(CLAIMS)])
    assert Mandate.objects.count() > 1
    assert not any(isinstance(one, SeatTaken) for one in got)


def test_the_constraint_is_back(make: Any) -> None:
    seat = make.seat()
    seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=DAY)
    with pytest.raises(SeatTaken):
        seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=DAY)


def test_the_admin_tells_everybody_but_one_that_the_seat_is_taken(make: Any, secretary: Any, sign_in: Any) -> None:
    seat = make.seat()
    people = [make.person() for _claim in range(12)]
    browsers: list[Client] = [sign_in(secretary) for _person in people]

    def save(which: int) -> tuple[int, bool]:
        fields = {"seat": str(seat.pk), "person": str(people[which].pk), "role": "ordinary", "period_0": "2026-01-01", "period_1": ""}
        answer = browsers[which].post("/admin/council/mandate/add/", fields)
        return answer.status_code, "Platsen har redan någon i den rollen" in answer.text

    assert sorted(together(len(people), save)) == [(200, True)] * 11 + [(302, False)]  # type: ignore[type-var]
    assert Mandate.objects.count() == 1
