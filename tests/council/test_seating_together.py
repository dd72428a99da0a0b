"""A double click and two secretaries: one decision, one mandate. And the same with the guards off, which makes many."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from council.models import Mandate, MandateLetter, Nomination, Person
from council.models.mandates import ONE_HOLDER
from idekom.lib.dated import today
from tests.council.nominating import decided, nomination
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 24
DAY = today() + timedelta(days=10)


@pytest.fixture
def without_the_guards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No constraint on the seat, and a step that does not look at the status."""

    def careless(self: Nomination, verb: str, *, by: Any, note: str = "", **changes: Any) -> Any:
        Nomination.objects.filter(pk=self.pk).update(status="seated", **changes)
        return self._record(verb, by=by)

    monkeypatch.setattr(Nomination, "_become", careless)
    monkeypatch.setattr(Nomination, "may", lambda self, verb: True)
    guard = next(constraint for constraint in Mandate._meta.constraints if constraint.name == ONE_HOLDER)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Mandate, guard)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE council_mandate CASCADE")
        with connection.schema_editor() as editor:
            editor.add_constraint(Mandate, guard)


def all_decide(named: Nomination, by: Any, decision: Any) -> list[object]:
    """All seat the same nomination at once."""
    return together(HANDS, lambda _which: Nomination.objects.get(pk=named.pk).seat_person(by=by, on=DAY, decision=decision, ends_predecessor=True))


def test_many_decisions_at_once_make_one_mandate(make: Any) -> None:
    named, by, decision = nomination(), make.user(), decided()
    before = named.seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=today() - timedelta(days=100))
    got = all_decide(named, by, decision)
    assert sorted(type(one).__name__ for one in got) == ["Mandate", *["WrongStatus"] * (HANDS - 1)]
    assert (Mandate.objects.exclude(pk=before.pk).count(), Person.objects.count(), MandateLetter.objects.count()) == (1, 2, 1)
    assert named.events.filter(action="seat_person").count() == 1


def test_without_the_guards_many_decisions_make_many_mandates(make: Any, without_the_guards: None) -> None:
    named, by, decision = nomination(), make.user(), decided()
    together(HANDS, lambda _which: Nomination.objects.get(pk=named.pk).seat_person(by=by, on=DAY, decision=decision))
    assert Mandate.objects.count() > 1


def test_two_nominations_for_one_seat_at_once_seat_one(make: Any) -> None:
    seat, by, decision = make.seat(), make.user(), decided()
    named = [nomination(seat) for _one in range(8)]
    got = together(8, lambda which: Nomination.objects.get(pk=named[which].pk).seat_person(by=by, on=DAY, decision=decision))
    assert sorted(type(one).__name__ for one in got) == ["Mandate", *["SeatTaken"] * 7]
    assert Nomination.objects.filter(status="seated").count() == 1
