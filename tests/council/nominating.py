"""Nominations to test on."""

import itertools
from datetime import date, timedelta
from typing import Any

from council.models import Meeting, Nomination, Seat, SeatingDecision
from idekom.lib.dated import today
from tests import builders

_numbers = itertools.count(1)


def nomination(seat: Seat | None = None, *, agreed: bool = True, **fields: Any) -> Nomination:
    """Somebody named for a seat, who has said yes unless told."""
    n = next(_numbers)
    told = {"name": f"Nominerad {n}", "email": f"nominerad{n}@example.org", "from_on": today() + timedelta(days=10), **fields}
    made = Nomination(seat=seat or builders.seat(), **told).propose(by=None)
    if agreed:
        made.agree()
    return made


def decided(on: date | None = None, meeting: Meeting | None = None) -> SeatingDecision:
    """A decision of the council."""
    return SeatingDecision(on or today(), meeting or builders.meeting(), "7")
