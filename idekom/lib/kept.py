"""A few things kept in this process's memory for a moment, so that many readers at once cost as much as one."""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from django.conf import settings

T = TypeVar("T")


class Kept(Generic[T]):
    """Things kept for at most settings.PUBLIC_PAGE_SECONDS, which is never more than one; with 0, as in the tests, nothing is kept.

    Other processes have their own, so what is kept must not need to be told that something has changed. What has the newest change in
    its key can be kept for longer: `times` as long.
    """

    def __init__(self, most: int, times: int = 1) -> None:
        self._most, self._times = most, times
        self._things: dict[Hashable, tuple[float, T]] = {}
        self._lock = Lock()

    @property
    def is_on(self) -> bool:
        """Whether anything is kept at all."""
        return bool(settings.PUBLIC_PAGE_SECONDS)

    def get(self, key: Hashable) -> T | None:
        """What is kept under the key, if it is still fresh."""
        kept = self._things.get(key) if self.is_on else None
        return kept[1] if kept is not None and monotonic() < kept[0] else None

    def put(self, key: Hashable, thing: T) -> None:
        """Keep it from now on. When there is no room, what is old goes first."""
        now, seconds = monotonic(), settings.PUBLIC_PAGE_SECONDS * self._times
        if not seconds:
            return
        with self._lock:
            if len(self._things) >= self._most:
                self._things = {other: kept for other, kept in self._things.items() if now < kept[0]}
            while len(self._things) >= self._most:
                self._things.pop(next(iter(self._things)))
            self._things[key] = (now + seconds, thing)

    def or_make(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, or else what `make` gives."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found
