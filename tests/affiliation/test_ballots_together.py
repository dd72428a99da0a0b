"""Sixty votes for one party at the same moment are one; with the guard off the same sixty are many. And the close waits for who is voting."""

import threading
from typing import Any

import pytest

from affiliation.models import Ballot, Election, VoterRoll
from affiliation.models.ballots import HasVoted, NotOpen
from tests.affiliation import electing
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 60


def test_sixty_votes_for_one_party_are_one_ballot() -> None:
    here = electing.opened(1)
    choices = [candidate.pk for candidate in here.candidates]
    got = together(HANDS, lambda which: VoterRoll.objects.get(pk=here.rolls[0].pk).vote([choices[which % 2]]))
    assert len([one for one in got if isinstance(one, str)]) == 1
    assert len([one for one in got if isinstance(one, HasVoted)]) == HANDS - 1
    assert (Ballot.objects.count(), here.election.turnout()) == (1, (1, 1))


def test_without_the_guard_sixty_votes_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: look first, and mark afterwards."""
    here = electing.opened(1)
    seen = threading.Barrier(HANDS)

    def naive(roll: VoterRoll) -> bool:
        had = VoterRoll.objects.get(pk=roll.pk).has_voted
        seen.wait(timeout=60)
        return not had

    monkeypatch.setattr(VoterRoll, "mark", naive)
    together(HANDS, lambda _which: VoterRoll.objects.get(pk=here.rolls[0].pk).vote([]))
    assert Ballot.objects.count() > 1


def test_votes_and_the_close_at_once_leave_as_many_ballots_as_marks() -> None:
    here = electing.opened(20)
    moment = electing.after(here.election)

    def act(which: int) -> object:
        if which == 7:
            return Election.objects.get(pk=here.election.pk).close(moment)
        return VoterRoll.objects.get(pk=here.rolls[which].pk).vote([])

    got = together(20, act)
    voted = [one for one in got if isinstance(one, str)]
    refused = [one for one in got if isinstance(one, NotOpen)]
    assert len(voted) + len(refused) == 19
    election: Any = Election.objects.get(pk=here.election.pk)
    assert (election.status, election.outcome.cast, election.turnout()[0]) == ("closed", len(voted), len(voted))


def test_two_workers_close_once() -> None:
    here = electing.opened(2)
    moment = electing.after(here.election)
    got = together(12, lambda _which: Election.objects.get(pk=here.election.pk).close(moment))
    assert sorted(type(one).__name__ for one in got) == ["NoneType", *["WrongStatus"] * 11]
    assert here.election.events.filter(action="close").count() == 1
