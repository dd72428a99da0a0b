"""What is kept for a moment, and no longer."""

import pytest
from pytest_django import Settings

from idekom.lib import kept
from idekom.lib.kept import Kept


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[float]:
    """A clock that stands still until it is moved."""
    settings.PUBLIC_PAGE_SECONDS = 1.0
    now = [100.0]
    monkeypatch.setattr(kept, "monotonic", lambda: now[0])
    return now


def test_a_thing_is_made_once_a_second(clock: list[float]) -> None:
    things, made = Kept[int](8), iter(range(9))
    found = []
    for step in (0.0, 0.5, 0.4, 0.2, 0.1):
        clock[0] += step
        found.append(things.or_make("key", lambda: next(made)))
    assert found == [0, 0, 0, 1, 1]
    assert things.get("another") is None


def test_the_oldest_goes_when_there_is_no_room(clock: list[float]) -> None:
    things = Kept[str](2)
    for key in "abc":
        things.put(key, key)
    assert [things.get(key) for key in "abc"] == [None, "b", "c"]


def test_what_is_stale_goes_before_what_is_fresh(clock: list[float]) -> None:
    things = Kept[str](2)
    things.put("fresh later", "")
    things.put("old", "old")
    clock[0] += 0.9
    things.put("fresh later", "new")
    clock[0] += 0.2
    things.put("another", "another")
    assert [things.get(key) for key in ("fresh later", "old", "another")] == ["new", None, "another"]


def test_nothing_is_kept_when_switched_off(clock: list[float], settings: Settings) -> None:
    things = Kept[str](2)
    things.put("key", "thing")
    settings.PUBLIC_PAGE_SECONDS = 0
    assert things.get("key") is None
    things.put("key", "thing")
    settings.PUBLIC_PAGE_SECONDS = 1.0
    clock[0] += 2
    assert things.get("key") is None
