"""An election from plan to protocol, by the clock and by the secretary."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from affiliation.models import Candidate, Election, ElectionNotice
from affiliation.models.candidates import AlreadyStanding, NominationIsOver
from affiliation.models.elections import LotIsWanted, NoSuchTie, NothingToVoteOn, NotYet, ResultIsSecret
from affiliation.tasks import run_elections
from agreement.models import Representative
from council.models import Nomination
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests.affiliation import electing

pytestmark = pytest.mark.django_db
TELLERS = ("Rut Räknare", "Rolf Räknare")


def test_it_opens_by_the_clock_with_the_parties_of_the_sector_that_are_affiliated_that_day(make: Any) -> None:
    election = electing.election()
    here = electing.voters(election, 2)
    make.affiliation(make.party(sector=make.sector()))  # of another sector
    make.party(sector=election.sector)  # not affiliated
    make.affiliation(make.party(sector=election.sector), until_on=today() - timedelta(days=1))  # has left
    with pytest.raises(NotYet):
        election.open(election.opens_at - timedelta(seconds=1))
    run_elections()
    election.refresh_from_db()
    assert (election.status, {roll.party for roll in election.roll.all()}) == ("open", set(here))
    assert election.turnout() == (0, 2)
    electing.voters(election, 1)  # joined after the opening
    run_elections()
    assert election.turnout() == (0, 2)
    assert [event.action for event in election.events.all()] == ["open"]


def test_only_who_has_said_yes_is_on_the_ballot(make: Any) -> None:
    election = electing.election(candidates=1)
    electing.candidate(election, agreed=False)
    electing.candidate(election).strike()
    election.open(timezone.now())
    assert len(election.on_ballot()) == 1
    assert election.on_ballot()[0].agreed_at


def test_it_does_not_open_without_candidates_or_places(make: Any) -> None:
    for election in (electing.election(candidates=0), electing.election(places=0)):
        with pytest.raises(NothingToVoteOn):
            election.open(timezone.now())
        election.refresh_from_db()
        assert (election.status, election.roll.count(), election.events.count()) == ("planned", 0, 0)
    run_elections()
    assert Election.objects.stuck(timezone.now()).count() == 2


def test_it_closes_by_the_clock_and_twice_is_once() -> None:
    here = electing.opened(2)
    with pytest.raises(NotYet):
        here.election.close(here.election.closes_at - timedelta(seconds=1))
    for _time in range(2):
        Election.objects.run(electing.after(here.election))
    here.election.refresh_from_db()
    assert here.election.status == "closed"
    assert [event.action for event in here.election.events.all()] == ["open", "close"]
    with pytest.raises(WrongStatus):
        here.election.close(electing.after(here.election))


def test_the_result_is_nobodys_before_the_close() -> None:
    here = electing.opened(1)
    here.vote([0])
    with pytest.raises(ResultIsSecret):
        _ = here.election.outcome
    with pytest.raises(ResultIsSecret):
        _ = here.election.published_ballots


def test_result_names_who_is_elected_to_what_and_the_protocol_nominates_them(make: Any) -> None:
    election, by = electing.closed([0, 1], [0], [0, 2], [1], places=1, substitutes=1, candidates=3), make.user()
    first, second, third = election.on_ballot()
    assert [(line.candidate, line.votes) for line in election.outcome.lines] == [(first, 3), (second, 2), (third, 1)]
    assert [(line.candidate, line.place and line.place.role) for line in election.outcome.elected] == [(first, "ordinary"), (second, "substitute")]
    assert (election.outcome.cast, election.outcome.blank) == (4, 0)
    election.settle(by=by, tellers=TELLERS, on=today())
    made = list(Nomination.objects.order_by("pk"))
    assert [(one.name, one.role, one.email, one.status) for one in made] == [
        (first.name, "ordinary", first.email, "proposed"),
        (second.name, "substitute", second.email, "proposed"),
    ]
    assert all(one.source == "election" and one.agreed_at and one.from_on == election.seated_from for one in made)
    assert [place.elected for place in election.places.in_order()] == [first, second]
    with pytest.raises(WrongStatus):
        election.settle(by=by, tellers=TELLERS, on=today())
    assert Nomination.objects.count() == 2


def test_a_tie_is_told_and_settled_by_lot(make: Any) -> None:
    election, by = electing.closed([0], [1], []), make.user()
    first, second = election.on_ballot()
    assert election.outcome.open_ties == ((1, (first, second)),)
    assert (election.outcome.elected, election.outcome.blank) == ([], 1)
    with pytest.raises(LotIsWanted):
        election.settle(by=by, tellers=TELLERS, on=today())
    for wrong in ([first.pk], [first.pk, first.pk], [first.pk, second.pk, 0]):
        with pytest.raises(NoSuchTie):
            election.draw_lot(by=by, order=wrong, drawn_on=today(), witnesses="Vera Vittne")
    election.draw_lot(by=by, order=[second.pk, first.pk], drawn_on=today(), witnesses="Vera Vittne")
    assert [line.candidate for line in election.outcome.elected] == [second]
    with pytest.raises(NoSuchTie):
        election.draw_lot(by=by, order=[first.pk, second.pk], drawn_on=today(), witnesses="Vera Vittne")
    election.settle(by=by, tellers=TELLERS, on=today())
    assert Nomination.objects.get().name == second.name


def test_a_lot_is_for_a_closed_election(make: Any) -> None:
    here = electing.opened(1)
    with pytest.raises(WrongStatus):
        here.election.draw_lot(by=make.user(), order=[], drawn_on=today(), witnesses="Vera Vittne")


def test_a_cancelled_election_has_no_ballots_left(make: Any) -> None:
    here = electing.opened(2)
    here.vote([0], [1])
    here.election.cancel(by=make.user(), note="En kandidat föll bort.")
    assert (here.election.status, here.election.ballots.count()) == ("cancelled", 0)
    with pytest.raises(WrongStatus):
        here.election.cancel(by=make.user(), note="Igen.")
    with pytest.raises(ResultIsSecret):
        _ = here.election.outcome


def test_people_are_named_until_a_day_and_once(make: Any) -> None:
    now = timezone.now()
    election = electing.election(candidates=0, names_until=today() + timedelta(days=1), opens_at=now + timedelta(days=3))
    party = make.affiliation(make.party(sector=election.sector)).party
    told = {"name": "Nina Namn", "email": "Nina@example.org", "phone": "", "presentation": ""}
    named = Candidate.objects.name_for(election, party=party, moment=now, **told)
    assert (named.email, named.agreed_at) == ("nina@example.org", None)
    with pytest.raises(AlreadyStanding):
        Candidate.objects.name_for(election, party=party, moment=now, **told)
    with pytest.raises(NominationIsOver):
        Candidate.objects.name_for(election, party=party, moment=now + timedelta(days=2), **told)
    named.agree()
    first = named.agreed_at
    named.agree()
    assert first
    assert named.agreed_at == first
    named.strike()
    with pytest.raises(WrongStatus):
        named.agree()
    assert Candidate.objects.name_for(election, party=party, moment=now, **told).pk != named.pk


def test_nobody_says_yes_to_an_election_that_is_open() -> None:
    election = electing.election(candidates=1)
    late = electing.candidate(election, agreed=False)
    election.open(timezone.now())
    with pytest.raises(WrongStatus):
        late.agree()
    with pytest.raises(WrongStatus):
        late.strike()


def test_those_who_have_not_voted_are_reminded_once(make: Any) -> None:
    here = electing.opened(3)
    people = [make.representative(roll.party).user for roll in here.rolls]
    make.representative(here.rolls[2].party, role=Representative.Role.READER)
    here.vote([0])
    near = here.election.closes_at - timedelta(days=1)
    for _time in range(2):
        Election.objects.run(near)
    reminded = ElectionNotice.objects.filter(kind="reminder").values_list("email", flat=True)
    assert sorted(reminded) == sorted(user.email for user in people[1:])


def test_an_election_goes_no_way_back_in_the_database() -> None:
    election = electing.opened(1).election
    with pytest.raises(DatabaseError, match=r"[Ii]nvalid"), transaction.atomic():
        Election.objects.filter(pk=election.pk).update(status="planned")


def test_a_settled_election_has_tellers_in_the_database() -> None:
    election = electing.closed([0])
    with pytest.raises(IntegrityError, match="a_settled_election_has_two_tellers_and_a_day"), transaction.atomic():
        Election.objects.filter(pk=election.pk).update(status="settled")


def test_an_election_closes_after_it_opens_in_the_database() -> None:
    election = electing.election()
    with pytest.raises(IntegrityError, match="an_election_closes_after_it_opens"), transaction.atomic():
        Election.objects.filter(pk=election.pk).update(closes_at=election.opens_at)


def test_only_who_has_said_yes_can_be_on_the_ballot_in_the_database() -> None:
    candidate = electing.candidate(electing.election(), agreed=False)
    with pytest.raises(IntegrityError, match="only_who_has_said_yes_is_on_the_ballot"), transaction.atomic():
        Candidate.objects.filter(pk=candidate.pk).update(is_on_ballot=True)
