"""Putting dots: as many as one has, on what stands on the ballot, until the close. The database says the same as the words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from council.models import DotBallot, Vote
from council.models.ballot_votes import IN_ALL, ON_THE_LIST, PER_OPTION, WHILE_OPEN, NoDots, NoSuchOption, NotOpen, TooManyDots, TooManyOnOne
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db


def test_dots_are_put_and_put_otherwise() -> None:
    ballot = balloting.opened()
    voter, (one, other, *_rest) = balloting.voters(ballot)[0], balloting.options(ballot)
    voter.vote({one.pk: 3, other.pk: 0})
    assert voter.dots == {one.pk: 3}
    voter.vote({one.pk: 1, other.pk: 3})
    assert voter.dots == {one.pk: 1, other.pk: 3}
    assert voter.voted_at is not None
    assert ballot.voters.turnout() == {"city": (1, 3), "civil_society": (0, 3)}


@pytest.mark.parametrize(
    ("dots", "refusal", "words"),
    [
        ({0: 3, 1: 3}, TooManyDots, "Du har satt 6 prickar men har 5. Ta bort 1 prick."),
        ({0: 3, 1: 3, 2: 3}, TooManyDots, "Du har satt 9 prickar men har 5. Ta bort 4 prickar."),
        ({0: 4}, TooManyOnOne, "Sätt högst 3 prickar på samma förslag."),
        ({}, NoDots, "Sätt minst en prick."),
        ({0: 0}, NoDots, "Sätt minst en prick."),
    ],
)
def test_what_is_too_much_is_refused_and_what_was_put_stays(dots: dict[int, int], refusal: type[ValidationError], words: str) -> None:
    ballot = balloting.opened()
    voter, found = balloting.voters(ballot)[0], balloting.options(ballot)
    voter.vote({found[3].pk: 2})
    with pytest.raises(refusal) as told:
        voter.vote({found[place].pk: number for place, number in dots.items()})
    assert told.value.messages == [words]
    assert voter.dots == {found[3].pk: 2}


def test_all_dots_may_be_used_and_as_many_on_one_as_allowed() -> None:
    ballot = balloting.opened()
    voter, found = balloting.voters(ballot)[0], balloting.options(ballot)
    voter.vote({found[0].pk: 3, found[1].pk: 2})
    assert sum(voter.dots.values()) == 5


def test_options_of_another_ballot_and_parts_merged_before_the_opening_are_not_on_the_list() -> None:
    other = balloting.opened()
    ballot = balloting.draft()
    whole, part, *_rest = balloting.options(ballot)
    whole.merge([part], by=builders.user())
    ballot.open(by=builders.user())
    voter = balloting.voters(ballot)[0]
    for pk in (balloting.options(other)[0].pk, part.pk):
        with pytest.raises(NoSuchOption):
            voter.vote({pk: 1})
    assert voter.dots == {}


def _cancel(ballot: DotBallot) -> None:
    ballot.cancel(by=builders.user(), note="Fel lista.")


def _close(ballot: DotBallot) -> None:
    ballot.close(by=builders.user())


def _run_out(ballot: DotBallot) -> None:
    """Its time is out; no task has run."""
    now = timezone.now()
    DotBallot.objects.filter(pk=ballot.pk).update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1))


def _not_begun(ballot: DotBallot) -> None:
    now = timezone.now()
    DotBallot.objects.filter(pk=ballot.pk).update(opens_at=now + timedelta(hours=1))


@pytest.mark.parametrize("step", [_cancel, _close, _run_out, _not_begun])
def test_too_late_and_too_early_are_refused_by_words_and_by_the_database(step: Callable[[DotBallot], None]) -> None:
    ballot = balloting.opened()
    voter, option = balloting.voters(ballot)[0], balloting.options(ballot)[0]
    voter.vote({option.pk: 1})
    before = list(Vote.objects.values_list("option", "dots")) if step is not _cancel else []
    step(ballot)
    asked_before = balloting.voters(ballot)[0]
    with pytest.raises(NotOpen):
        asked_before.vote({option.pk: 2})
    with pytest.raises(NotOpen):
        voter.vote({option.pk: 2})  # the page that it was read on is old: the database says so
    changes: list[Callable[[], object]] = [lambda: Vote.objects.create(voter=voter, option=balloting.options(ballot)[1], dots=1)]
    if before:
        changes += [lambda: Vote.objects.update(dots=2), lambda: Vote.objects.all().delete()]
    for change in changes:
        with pytest.raises(DatabaseError, match=WHILE_OPEN), transaction.atomic():
            change()
    assert list(Vote.objects.values_list("option", "dots")) == before


def test_raw_rows_are_held_to_the_same_limits() -> None:
    ballot, other = balloting.opened(), balloting.opened()
    voter, found = balloting.voters(ballot)[0], balloting.options(ballot)
    Vote.objects.create(voter=voter, option=found[0], dots=3)
    refused: list[tuple[str, list[Vote]]] = [
        (IN_ALL, [Vote(voter=voter, option=found[1], dots=3)]),
        (IN_ALL, [Vote(voter=voter, option=found[place], dots=1) for place in (1, 2, 3)]),
        (PER_OPTION, [Vote(voter=voter, option=found[1], dots=4)]),
        (ON_THE_LIST, [Vote(voter=voter, option=balloting.options(other)[0], dots=1)]),
        ("a_voter_puts_dots_on_an_option_once", [Vote(voter=voter, option=found[0], dots=1)]),
        ("a_vote_is_a_dot_or_more", [Vote(voter=voter, option=found[1], dots=0)]),
    ]
    for rule, rows in refused:
        with pytest.raises(DatabaseError, match=rule), transaction.atomic():
            Vote.objects.bulk_create(rows)
    with pytest.raises(DatabaseError, match=PER_OPTION), transaction.atomic():
        Vote.objects.update(dots=4)
    assert Vote.objects.update(dots=2) == 1  # a change counts its own row once
    assert Vote.objects.create(voter=voter, option=found[1], dots=3).dots == 3


def test_a_vote_never_says_what_it_is() -> None:
    ballot = balloting.opened()
    balloting.put(ballot, {0: 3})
    assert str(Vote.objects.get()) == "röst"
