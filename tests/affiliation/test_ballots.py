"""One vote a party, and nobody can tell whose ballot is whose."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from affiliation.models import Ballot, VoterRoll
from affiliation.models.ballots import HasVoted, NoSuchChoice, NotOpen
from tests.affiliation import electing

pytestmark = pytest.mark.django_db


def test_a_vote_makes_one_ballot_and_one_mark() -> None:
    here = electing.opened(2)
    (code,) = here.vote([1])
    assert list(Ballot.objects.values_list("code", "choices")) == [(code, [here.candidates[1].pk])]
    assert here.election.turnout() == (1, 2)
    assert len(code) == 14


def test_a_party_votes_once() -> None:
    here = electing.opened(1)
    here.vote([0])
    with pytest.raises(HasVoted):
        here.vote([1])
    assert [ballot.choices for ballot in Ballot.objects.all()] == [[here.candidates[0].pk]]


def test_a_blank_vote_is_a_vote() -> None:
    here = electing.opened(1)
    here.vote([])
    assert (here.election.turnout(), Ballot.objects.get().choices) == ((1, 1), [])


def test_a_ballot_names_candidates_of_the_election_and_no_more_than_places() -> None:
    here, other = electing.opened(1, places=1), electing.opened(1)
    mine = [candidate.pk for candidate in here.candidates]
    for wrong in (mine, [other.candidates[0].pk], [mine[0], mine[0]], [-1], [10**15]):
        with pytest.raises(NoSuchChoice):
            here.rolls[0].vote(wrong)
    assert (Ballot.objects.count(), here.election.turnout()) == (0, (0, 1))


def test_nothing_is_voted_after_the_last_hour_even_if_nobody_has_closed_it() -> None:
    now = timezone.now()
    here = electing.opened(1, opens_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1), names_until=now.date() - timedelta(days=9))
    assert here.election.status == "open"
    with pytest.raises(NotOpen):
        here.vote([0])
    assert (Ballot.objects.count(), here.election.turnout()) == (0, (0, 1))


def test_nothing_is_voted_in_an_election_that_is_closed_planned_or_cancelled(make: Any) -> None:
    planned = electing.election()
    roll = VoterRoll.objects.create(election=planned, party=make.party())
    with pytest.raises(NotOpen):
        roll.vote([])
    here = electing.opened(2)
    here.election.cancel(by=make.user(), note="Nej.")
    with pytest.raises(NotOpen):
        here.vote([0])


def test_the_database_itself_refuses_a_late_ballot() -> None:
    """Also from SQL that knows nothing of the verbs."""
    election = electing.closed([0])
    with pytest.raises(IntegrityError, match="a_ballot_is_cast_while_the_election_is_open"), transaction.atomic():
        Ballot.objects.create(election=election, choices=[], code="AAAA-AAAA-AAAA")


@pytest.mark.parametrize("statement", ["UPDATE affiliation_ballot SET choices = '{}'", "DELETE FROM affiliation_ballot"])
def test_a_ballot_stands(statement: str) -> None:
    electing.opened(1).vote([0])
    with pytest.raises(DatabaseError, match=r"[Cc]annot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE affiliation_voterroll SET has_voted = false", "DELETE FROM affiliation_voterroll"])
def test_a_mark_stands(statement: str) -> None:
    electing.opened(1).vote([0])
    with pytest.raises(DatabaseError, match=r"[Cc]annot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_in_a_ballot_tells_who_or_when() -> None:
    """Its columns are its number, made by chance, the election, the choices and the code; no history is kept of it or of the roll."""
    assert {field.name for field in Ballot._meta.get_fields()} == {"id", "election", "choices", "code"}
    assert {field.name for field in VoterRoll._meta.get_fields()} == {"id", "election", "party", "has_voted"}
    assert not [
        table
        for table in connection.introspection.table_names()
        if table.startswith("affiliation_") and "ballot" in table and table != "affiliation_ballot"
    ]
    assert not [table for table in connection.introspection.table_names() if "voterroll" in table and table != "affiliation_voterroll"]


@pytest.mark.django_db(transaction=True)
def test_the_databases_own_marks_do_not_join_a_ballot_to_a_party_after_the_close() -> None:
    """While it is open a row carries the number of the transaction that wrote it; the close writes all of them anew, in one."""
    here = electing.opened(8)
    here.vote(*[[place % 2] for place in range(8)])

    def marks(table: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT xmin::text, id::text FROM {table} ORDER BY ctid")  # noqa: S608
            return list(cursor.fetchall())

    cast_in = [row[1] for row in marks("affiliation_ballot")]
    assert len({row[0] for row in marks("affiliation_ballot")}) == 8  # the control: before the close they do differ
    here.election.close(electing.after(here.election))
    ballots, rolls = marks("affiliation_ballot"), marks("affiliation_voterroll")
    assert len({row[0] for row in ballots} | {row[0] for row in rolls}) == 1
    assert sorted(cast_in) == [row[1] for row in ballots] != cast_in
    assert len(here.election.published_ballots) == 8
