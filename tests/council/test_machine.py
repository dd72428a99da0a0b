"""Thousands of random steps on PostgreSQL, and a plain Python oracle that must always agree."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from council.models import Body, Mandate, Person, Seat
from idekom.lib.dated import period
from tests import builders
from tests.council.oracle import Key, Oracle, Refused

START, LAST, SEATS = date(2020, 1, 1), 60, 3
PEOPLE = ["Ada", "Bo", "Cilla", "Doris"]
keys = st.tuples(st.integers(1, SEATS), st.sampled_from(["ordinary", "substitute"]))
days = st.integers(0, LAST)
people = st.sampled_from(PEOPLE)
STEPS: dict[str, int] = {}
"""{step: how often it went through}, over all runs."""


def day(number: int) -> date:
    """The calendar day of the oracle's number."""
    return START + timedelta(days=number)


class Council(RuleBasedStateMachine):
    """A council of three seats with ordinary holders and substitutes, in sixty days."""

    def __init__(self) -> None:
        super().__init__()
        self.body: Body = builders.body(period=period(START))
        for number in range(1, SEATS + 1):
            builders.seat(self.body, number=number, has_substitute=True, period=period(START, day(LAST)))
        self.people = {name: builders.person(name=name) for name in PEOPLE}
        self.oracle = Oracle(LAST, {number: set(range(LAST + 1)) for number in range(1, SEATS + 1)})

    def both(self, step: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
        """Do the step in both worlds: either both do it, or both refuse."""
        try:
            theirs()
            expected = True
        except Refused:
            expected = False
        try:
            ours()
            done = True
        except ValidationError:
            done = False
        assert done == expected, step
        STEPS[step if done else f"{step} refused"] = STEPS.get(step if done else f"{step} refused", 0) + 1

    def seat(self, key: Key) -> Seat:
        """The seat as it stands in the database."""
        seat: Seat = self.body.seats.select_related("body").get(number=key[0])
        return seat

    def mandate(self, key: Key, on: int) -> Mandate:
        """The mandate that holds on the day; refused when there is none."""
        found = self.seat(key).sitting(day(on), Mandate.Role(key[1]))
        if found is None:
            raise ValidationError("nobody sits there")
        return found

    @rule(key=keys, name=people, first=days, last=days)
    def appoint(self, key: Key, name: str, first: int, last: int) -> None:
        if first <= last:
            ours = lambda: self.seat(key).appoint(self.people[name], role=Mandate.Role(key[1]), from_on=day(first), until_on=day(last))  # noqa: E731
            self.both("appoint", ours, lambda: self.oracle.appoint(key, name, first, last))

    @rule(key=keys, name=people, on=days)
    def pass_on(self, key: Key, name: str, on: int) -> None:
        ours = lambda: self.seat(key).pass_on(self.people[name], on=day(on), role=Mandate.Role(key[1]))  # noqa: E731
        self.both("pass_on", ours, lambda: self.oracle.pass_on(key, name, on))

    @rule(key=keys, on=days)
    def vacate(self, key: Key, on: int) -> None:
        self.both("vacate", lambda: self.seat(key).vacate(day(on), role=Mandate.Role(key[1])), lambda: self.oracle.vacate(key, on))

    @rule(key=keys, on=days)
    def split(self, key: Key, on: int) -> None:
        self.both("split", lambda: self.mandate(key, on).split(day(on)), lambda: self.oracle.split(key, on))

    @rule(key=keys, number=st.integers(1, SEATS), on=days)
    def move(self, key: Key, number: int, on: int) -> None:
        to = (number, key[1])
        self.both("move", lambda: self.mandate(key, on).move(self.seat(to), day(on)), lambda: self.oracle.move(key, to, on))

    @rule(key=keys, on=days, first=days, last=days)
    def correct(self, key: Key, on: int, first: int, last: int) -> None:
        if first <= last:
            ours = lambda: self.mandate(key, on).correct(from_on=day(first), until_on=day(last))  # noqa: E731
            self.both("correct", ours, lambda: self.oracle.correct(key, on, first, last))

    @rule(key=keys, on=days)
    def void(self, key: Key, on: int) -> None:
        self.both("void", lambda: self.mandate(key, on).void(reason="Fel person"), lambda: self.oracle.void(key, on))

    @precondition(lambda self: sum(len(rows) for rows in self.oracle.mandates.values()) > 4)
    @rule(on=st.integers(LAST // 2, LAST))
    def close(self, on: int) -> None:
        self.both("close", lambda: self.body.close(day(on), "Ett annat tar vid"), lambda: self.oracle.close(on))

    @invariant()
    def the_composition_is_the_same_on_every_sampled_day(self) -> None:
        rows = list(Mandate.objects.valid().filter(seat__body=self.body).values_list("seat__number", "role", "person__name", "period"))
        for number in range(-1, LAST + 2, 3):
            held = [((seat, role), name) for seat, role, name, when in rows if day(number) in when]
            assert len(held) == len(dict(held))  # never two holders on a day
            assert dict(held) == self.oracle.on(number)


class TestCouncil(Council.TestCase, TestCase):  # type: ignore[misc, valid-type]
    """Each run in a transaction of its own, on PostgreSQL."""

    settings = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))  # type: ignore[assignment]

    def runTest(self) -> Any:  # noqa: N802 - unittest's name
        STEPS.clear()
        super().runTest()
        assert sum(STEPS.values()) > 1000
        assert {"appoint", "pass_on", "vacate", "split", "move", "correct", "void"} <= set(STEPS), STEPS


def test_the_page_shows_what_the_oracle_says(db: None) -> None:
    """The machine looks at mandates; the page's own question gives the same."""
    machine = Council()
    machine.appoint((1, "ordinary"), "Ada", 3, 20)
    machine.pass_on((1, "ordinary"), "Bo", 10)
    for number in (2, 3, 9, 10, 20, 21):
        shown = {(seat.number, "ordinary"): seat.holder.name for seat in machine.body.seats.seated(day(number)) if seat.holder}
        assert shown == machine.oracle.on(number)
    assert Person.objects.count() == len(PEOPLE)
