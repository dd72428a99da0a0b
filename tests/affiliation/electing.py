"""Elections to test on: a sector with parties, candidates who have said yes, places to fill."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from affiliation.models import Candidate, Election, ElectionPlace, VoterRoll
from agreement.models import Party, Sector
from idekom.lib.dated import today
from tests import builders

_numbers = itertools.count(1)


def election(sector: Sector | None = None, *, places: int = 1, substitutes: int = 0, candidates: int = 2, **fields: Any) -> Election:
    """A planned election that is to open now."""
    n, now = next(_numbers), timezone.now()
    times = {"names_until": today() - timedelta(days=1), "opens_at": now - timedelta(minutes=1), "closes_at": now + timedelta(days=7)}
    told = {"name": f"Valet {n}", "slug": f"valet-{n}", "seated_from": today() + timedelta(days=30), **times, **fields}
    made = Election.objects.create(sector=sector or builders.sector(), **told)
    body = builders.body()
    for number in range(max(places, substitutes)):
        seat = builders.seat(body, has_substitute=True, sector=made.sector)
        if number < places:
            ElectionPlace.objects.create(election=made, seat=seat, role="ordinary")
        if number < substitutes:
            ElectionPlace.objects.create(election=made, seat=seat, role="substitute")
    for _candidate in range(candidates):
        candidate(made)
    return made


def candidate(of: Election, *, agreed: bool = True, **fields: Any) -> Candidate:
    """Somebody who stands."""
    n = next(_numbers)
    told = {"name": f"Kandidat {n:04d}", "email": f"kandidat{n}@example.org", "presentation": f"Presentation {n}.", **fields}
    return Candidate.objects.create(election=of, agreed_at=timezone.now() if agreed else None, **told)


def voters(of: Election, number: int) -> list[Party]:
    """Affiliated parties of the sector, before it opens."""
    return [builders.affiliation(builders.party(sector=of.sector)).party for _party in range(number)]


@dataclass
class Opened:
    """An open election, with its roll and its candidates."""

    election: Election
    rolls: list[VoterRoll]
    candidates: list[Candidate]

    def vote(self, *choices: list[int]) -> list[str]:
        """The first voters on the roll vote for candidates, by their places in the list; gives the receipts."""
        return [roll.vote([self.candidates[place].pk for place in chosen]) for roll, chosen in zip(self.rolls, choices, strict=False)]


def opened(number: int = 3, **fields: Any) -> Opened:
    """An election that has opened, with as many voters."""
    made = election(**fields)
    voters(made, number)
    made.open(max(made.opens_at, timezone.now()) if made.closes_at > timezone.now() else made.opens_at)
    return Opened(made, list(made.roll.order_by("pk")), made.on_ballot())


def closed(*choices: list[int], **fields: Any) -> Election:
    """An election whose votes are cast and counted, as one sees it after its last hour."""
    here = opened(len(choices), **fields)
    here.vote(*choices)
    here.election.close(after(here.election))
    return here.election


def after(of: Election) -> datetime:
    """A moment after the close."""
    return of.closes_at + timedelta(minutes=1)
