"""A hundred requests at the same moment spend no more dots than one has; without the guards the same hundred do. And the close waits."""

from typing import Any

import pgtrigger
import pytest
from django.db.models import Sum
from django.test import Client

from agreement.models import Activity
from council.models import DotBallot, Option, Vote, Voter
from council.models.ballot_votes import GUARD, NotOpen
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council import balloting
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 100


def _spent() -> int:
    return int(Vote.objects.aggregate(sum=Sum("dots"))["sum"] or 0)


def _wide() -> tuple[DotBallot, Voter, list[int]]:
    """A ballot with as many options as there are hands, and one of its voters."""
    ballot = balloting.opened(options=(HANDS,), dots=3, most_per_option=3)
    return ballot, balloting.voters(ballot)[0], [option.pk for option in balloting.options(ballot)]


def test_a_hundred_requests_spend_no_more_than_one_has() -> None:
    """Each puts all dots on an option of its own: what is left is what one of them put."""
    _ballot, voter, options = _wide()

    def send(which: int) -> int:
        client = Client(REMOTE_ADDR=f"10.0.{which // 250}.{which % 250 + 1}")
        return client.post(f"/prickar/{voter.token}/lamna/", {f"forslag-{options[which]}": "3"}).status_code

    got = together(HANDS, send)
    assert got == [302] * HANDS
    assert (Vote.objects.count(), _spent()) == (1, 3)


def test_a_hundred_rows_written_past_the_page_are_refused_by_the_database() -> None:
    _ballot, voter, options = _wide()
    got = together(HANDS, lambda which: Vote.objects.create(voter_id=voter.pk, option_id=options[which], dots=1))
    assert (len([one for one in got if isinstance(one, Vote)]), _spent()) == (3, 3)


def test_without_the_guards_a_hundred_spend_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: no turns are taken, and the database does not count."""
    _ballot, voter, options = _wide()
    monkeypatch.setattr(Voter, "_take_turn", lambda self: None)

    def vote(which: int) -> None:
        with pgtrigger.ignore(GUARD):
            Voter.objects.select_related("ballot").get(pk=voter.pk).vote({options[which]: 3})

    together(HANDS, vote)
    assert _spent() > 3


def test_votes_and_the_close_at_once_count_what_was_taken() -> None:
    ballot = balloting.opened(balloting.body(10, 10))
    voters, option, by = balloting.voters(ballot), balloting.options(ballot)[0], builders.user()

    def act(which: int) -> object:
        if which == 9:
            return DotBallot.objects.get(pk=ballot.pk).close(by=by)
        return Voter.objects.select_related("ballot").get(pk=voters[which].pk).vote({option.pk: 2})

    got = together(20, act)
    refused = [one for one in got if one is not None]
    assert all(isinstance(one, NotOpen) for one in refused)
    counted: Any = DotBallot.objects.get(pk=ballot.pk)
    taken = 19 - len(refused)
    assert (counted.status, _spent()) == ("closed", 2 * taken)
    assert next(line.person for line in counted.result.lines if line.option.pk == option.pk) == 2 * taken
    assert sum(voted for voted, _may in counted.result.turnout.values()) == taken


def test_two_workers_open_and_close_once() -> None:
    ballot, by = balloting.draft(), builders.user()
    for verb in ("open", "close"):
        got = together(8, lambda _which, verb=verb: getattr(DotBallot.objects.get(pk=ballot.pk), verb)(by=by))  # type: ignore[misc]
        assert len([one for one in got if one is None]) == 1, got
        assert all(isinstance(one, WrongStatus) for one in got if one is not None)
    assert [event.action for event in ballot.events.all()] == ["open", "close"]
    assert ballot.voters.count() == 6


def test_two_presses_make_one_activity() -> None:
    ballot, plan, by = balloting.closed({0: 2}), balloting.plan(), builders.user()
    option = balloting.options(ballot)[0]
    got = together(8, lambda _which: DotBallot.objects.get(pk=ballot.pk).begin_activities([Option.objects.get(pk=option.pk)], plan, by=by))
    assert [error for error in got if isinstance(error, Exception)] == []
    assert Activity.objects.count() == 1
    assert ballot.events.filter(action="begin_activity").count() == 1
