"""One program at a time runs the servers of a place: a lock that the kernel lets go of when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from local.places import Place, make
from local.say import step


def _open(place: Place) -> TextIO:
    make(place.root.parent, 0o755)
    place.root.mkdir(exist_ok=True)
    return (place.root / "held").open("a+")


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken_soon(file: TextIO) -> bool:
    """Try a little longer: who only looks (`holder`) holds it for an instant too."""
    for _ in range(5):
        time.sleep(0.1)
        if _taken(file):
            return True
    return False


def holder(place: Place) -> str | None:
    """What holds the place, such as "./run at http://127.0.0.1:8000/ (process 4711)"; None when nothing does."""
    if not (place.root / "held").exists():
        return None
    with _open(place) as file:
        if _taken(file):
            return None
        file.seek(0)
        return file.read().strip() or "another ./run"


@contextmanager
def held(place: Place, words: str) -> Iterator[bool]:
    """Hold the place and yield True; or yield False when a start or a `services` of this checkout holds it already.

    Another `./run manage` lets go of it when it ends, so that one is waited for.
    """
    with _open(place) as file:
        mine = _taken(file) or _taken_soon(file)
        if not mine and "./run manage" in (holder(place) or ""):
            step(f"Waiting for {holder(place)}")
            fcntl.flock(file, fcntl.LOCK_EX)
            mine = True
        if mine:
            file.seek(0)
            file.truncate()
            file.write(f"{words} (process {os.getpid()})\n")
            file.flush()
        yield mine
