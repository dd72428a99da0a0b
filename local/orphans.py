"""What a start that was killed left behind: found by what only our own processes have, and ended before the next start."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from local.places import Place
from local.processes import PLACE_VARIABLE
from local.say import step

PATIENCE = 5.0


def end(place: Place) -> None:
    """End the processes of this place that still live, and remove what dead ones left. Call it only while holding the place."""
    left = find(place)
    if left:
        step(f"Ending {len(left)} processes that an earlier start left behind")
        _end_all(place, signal.SIGINT, PATIENCE)  # PostgreSQL's fast shutdown; an interrupt for all others
        _end_all(place, signal.SIGKILL, PATIENCE)
    for stale in (place.postgres / "postmaster.pid", *place.sockets.glob(".s.PGSQL.*"), *place.sockets.glob("redis.sock")):
        stale.unlink(missing_ok=True)  # a process number may be somebody else's by now, and PostgreSQL would wait for it


def find(place: Place) -> list[int]:
    """The processes of this place: marked by a variable, or at work in its data directories (servers overwrite their variables)."""
    mark = f"{PLACE_VARIABLE}={place.root}".encode()
    numbers = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    return [number for number in numbers if number != os.getpid() and _belongs(number, place, mark)]


def _belongs(number: int, place: Place, mark: bytes) -> bool:
    with suppress(OSError):  # gone meanwhile, or another user's
        if os.readlink(f"/proc/{number}/cwd") in (str(place.postgres), str(place.redis)):
            return True
        return mark in Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
    return False


def _end_all(place: Place, number: signal.Signals, seconds: float) -> None:
    for process in find(place):
        with suppress(ProcessLookupError):
            os.kill(process, number)
    deadline = time.monotonic() + seconds
    while find(place) and time.monotonic() < deadline:
        time.sleep(0.1)
