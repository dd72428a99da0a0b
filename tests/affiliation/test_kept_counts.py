"""The counts beside the list: kept while nothing changes, and new within a second when something does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from affiliation.register import listing
from affiliation.register.listing import Register
from affiliation.register.search import Search
from agreement.models import Membership, Party
from idekom.lib import kept
from idekom.lib.dated import period, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[float]:
    """A clock that stands still until it is moved, and nothing kept from other tests."""
    settings.PUBLIC_PAGE_SECONDS = 1.0
    now = [100.0]
    monkeypatch.setattr(kept, "monotonic", lambda: now[0])
    for name, fresh in {"_kept": kept.Kept[Any](64, times=60), "_changes": kept.Kept[tuple[int, ...]](1)}.items():
        monkeypatch.setattr(listing, name, fresh)
    return now


def asked() -> tuple[int, int]:
    """(how many parties the list counts, how many queries that took)"""
    with CaptureQueriesContext(connection) as queries:
        total = Register(Search.read(QueryDict(), today())).total
    return total, len(queries)


def test_counts_are_kept_while_nothing_changes(clock: list[float], make: Any) -> None:
    make.affiliation()
    total, first = asked()
    again, second = asked()
    clock[0] += 30
    later, third = asked()
    assert (total, again, later) == (1, 1, 1)
    assert first > 2
    assert (second, third) == (0, 1)  # after a while only whether anything has changed


def test_a_change_is_counted_within_a_second(clock: list[float], make: Any) -> None:
    make.affiliation()
    umbrella = make.affiliation(make.party("Paraplyet", kind="umbrella")).party
    assert asked()[0] == 2
    changes: list[Callable[[], object]] = [
        lambda: make.affiliation(make.party("Ny")),
        lambda: umbrella.affiliations.update(period=period(umbrella.affiliations.get().from_on, today().replace(year=today().year - 1))),
    ]
    totals = []
    for change in changes:
        change()
        clock[0] += 1.01
        totals.append(asked()[0])
    assert totals == [3, 2]


def test_every_kind_of_change_has_another_mark(make: Any) -> None:
    party = make.affiliation(make.party("Paraplyet", kind="umbrella")).party
    marks = [listing.newest_change()]
    changes: list[Callable[[], object]] = [
        lambda: Party.objects.filter(pk=party.pk).update(name="Nytt namn"),
        lambda: Membership.name_member(party, "Medlemmen", from_on=today()),
        lambda: Membership.objects.get().deny(),
        make.affiliation,
    ]
    for change in changes:
        change()
        marks.append(listing.newest_change())
    assert len(set(marks)) == 5


def test_a_minute_is_the_most(clock: list[float], make: Any) -> None:
    make.affiliation()
    asked()
    clock[0] += 61
    assert asked()[1] > 2
