"""What the terminal shows: a line per step with the seconds since the start, and one clear line when something is wrong."""

from __future__ import annotations

import os
import sys
import time
from typing import NoReturn

STARTED_VARIABLE = "LOCAL_STARTED"  # carries the time of the start over the exec into the virtual environment


class Stop(Exception):
    """A reason to end that the person at the terminal can do something about."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def step(message: str) -> None:
    """Print a line of progress. It goes to stderr, so that stdout holds only what a command answers."""
    started = float(os.environ.setdefault(STARTED_VARIABLE, str(time.time())))
    print(f"{time.time() - started:6.1f} s  {message}", file=sys.stderr, flush=True)


def stop(message: str, status: int = 1) -> NoReturn:
    """End with this message and exit status (1 failed, 2 wrong settings or usage, 3 something must be installed)."""
    raise Stop(message, status)
