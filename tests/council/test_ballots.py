"""A ballot opens and closes by the clock and by hand, is called off, or is written in from paper. What is voted on then stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreement.models import Activity
from council.models import Area, BallotNotice, DotBallot, Mandate, Option, Vote
from council.models.ballot_options import FROZEN, HasActivity
from council.models.ballot_results import ResultIsSecret
from council.models.ballots import COUNTED_STAYS, CannotOpen, CannotRecord, NotYet
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_opening_fixes_who_votes_and_on_what() -> None:
    sector = builders.sector()
    body = balloting.body(2, 3, sectors=(sector, sector, None))
    ballot = balloting.opened(body)
    assert (ballot.status, ballot.options.votable().count()) == ("open", 4)
    told = [(voter.side, voter.share) for voter in balloting.voters(ballot)]
    assert told == [("city", 2), ("city", 2), ("civil_society", 2), ("civil_society", 2), ("civil_society", 1)]
    assert BallotNotice.objects.filter(kind="opened").count() == 5
    assert [event.action for event in ballot.events.all()] == ["open"]


def test_substitutes_vote_when_the_ballot_says_so() -> None:
    body = balloting.body(1, 1)
    balloting.member(builders.seat(body, has_substitute=True), role=Mandate.Role.SUBSTITUTE)
    assert balloting.opened(body).voters.count() == 2
    assert balloting.opened(body, asks_substitutes=True).voters.count() == 3


def test_somebody_with_two_seats_votes_once() -> None:
    body = balloting.body(1, 1)
    person = body.seats.order_by("pk")[0].mandates.get().person
    builders.seat(body).appoint(person, role=balloting.ORDINARY, from_on=timezone.localdate())
    assert balloting.opened(body).voters.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dots": None}, "hur många prickar"),
        ({"closes_at": None}, "när omröstningen stänger"),
        ({"closes_at": timezone.now() - HOUR}, "när omröstningen stänger"),
        ({"options": (1,)}, "minst två förslag"),
    ],
)
def test_what_is_missing_keeps_it_from_opening(fields: dict[str, Any], words: str) -> None:
    ballot = balloting.draft(**fields)
    with pytest.raises(CannotOpen, match=words):
        ballot.open(by=builders.user())
    ballot.refresh_from_db()
    assert (ballot.status, ballot.voters.count()) == ("draft", 0)


def test_a_body_without_members_cannot_vote() -> None:
    with pytest.raises(CannotOpen, match="inga ledamöter"):
        balloting.draft(builders.body()).open(by=builders.user())


def test_the_clock_opens_and_closes_each_once() -> None:
    now = timezone.now()
    ballot = balloting.draft(opens_at=now + HOUR, closes_at=now + 3 * HOUR)
    unscheduled = balloting.draft()
    for moment, status in ((now, "draft"), (now + HOUR, "open"), (now + 2 * HOUR, "open"), (now + 3 * HOUR, "closed"), (now + 4 * HOUR, "closed")):
        DotBallot.objects.run(moment)
        DotBallot.objects.run(moment)
        ballot.refresh_from_db()
        assert ballot.status == status, moment
    assert [event.action for event in ballot.events.all()] == ["open", "close"]
    assert (ballot.opens_at, ballot.closes_at) == (now + HOUR, now + 3 * HOUR)
    unscheduled.refresh_from_db()
    assert unscheduled.status == "draft"


def test_the_clock_does_not_open_what_is_not_ready() -> None:
    now = timezone.now()
    ballot = balloting.draft(opens_at=now - HOUR, options=(1,))
    DotBallot.objects.run(now)
    ballot.refresh_from_db()
    assert ballot.status == "draft"
    assert list(DotBallot.objects.stuck(now)) == [ballot]


def test_without_a_hand_nothing_happens_before_its_time() -> None:
    now = timezone.now()
    ballot = balloting.draft(opens_at=now + HOUR)
    with pytest.raises(NotYet):
        ballot.open(by=None, now=now)
    ballot.open(by=builders.user(), now=now)
    assert ballot.opens_at == now
    with pytest.raises(NotYet):
        ballot.close(by=None, now=now + HOUR)


def test_closed_by_hand_it_closed_then() -> None:
    ballot = balloting.opened()
    moment = timezone.now()
    ballot.close(by=builders.user(), now=moment)
    ballot.refresh_from_db()
    assert (ballot.status, ballot.closes_at) == ("closed", moment)


@pytest.mark.parametrize("verb", ["open", "close", "cancel", "record", "correct"])
def test_each_verb_has_its_status(verb: str) -> None:
    more: dict[str, dict[str, Any]] = {"cancel": {"note": "Fel lista."}, "correct": {"note": "Fel siffra."}}
    wrong: dict[str, Callable[[], DotBallot]] = {
        "open": balloting.opened,
        "close": balloting.draft,
        "cancel": balloting.closed,
        "record": balloting.opened,
        "correct": balloting.opened,
    }
    ballot = wrong[verb]()
    with pytest.raises(WrongStatus):
        getattr(ballot, verb)(by=builders.user(), **more.get(verb, {}))
    assert ballot.events.filter(action=verb).count() == (verb == "open")


def test_a_vote_on_paper_and_one_by_the_clock_are_not_mixed_up() -> None:
    with pytest.raises(WrongStatus):
        balloting.on_paper(3, 2).open(by=builders.user())
    with pytest.raises(WrongStatus):
        balloting.draft().record(by=builders.user())
    with pytest.raises(WrongStatus):
        balloting.closed({0: 1}).correct(by=builders.user(), note="Nej.")


def test_called_off_its_dots_are_gone_and_the_voters_told() -> None:
    ballot = balloting.opened()
    balloting.put(ballot, {0: 2}, {1: 1})
    ballot.cancel(by=builders.user(), note="Listan var fel.")
    assert Vote.objects.count() == 0
    assert ballot.events.get(action="cancel").note == "Listan var fel."
    assert BallotNotice.objects.filter(kind="cancelled").count() == 6
    with pytest.raises(ResultIsSecret):
        _ = ballot.result


def test_what_was_counted_is_never_open_again() -> None:
    ballot = balloting.closed({0: 1})
    for status in ("draft", "open"):
        with pytest.raises(DatabaseError, match=f"{COUNTED_STAYS}|Invalid transition"), transaction.atomic():
            DotBallot.objects.filter(pk=ballot.pk).update(status=status)


@pytest.mark.parametrize("change", ["title", "area", "number", "delete", "new", "area name", "area delete", "new area"])
def test_what_is_voted_on_stands_once_open(change: str) -> None:
    ballot = balloting.opened()
    option, other = balloting.options(ballot)[0], balloting.options(ballot)[-1]
    changes: dict[str, Any] = {
        "title": lambda: Option.objects.filter(pk=option.pk).update(title="Något annat"),
        "area": lambda: Option.objects.filter(pk=option.pk).update(area=other.area, number=9),
        "number": lambda: Option.objects.filter(pk=option.pk).update(number=9),
        "delete": lambda: Option.objects.filter(pk=option.pk).delete(),
        "new": lambda: Option.objects.create(ballot=ballot, area=option.area, number=9, title="Till"),
        "area name": lambda: Area.objects.filter(ballot=ballot).update(name="Annat"),
        "area delete": option.area.delete,
        "new area": lambda: Area.objects.create(ballot=ballot, number=9, name="Till"),
    }
    with pytest.raises(DatabaseError, match=FROZEN), transaction.atomic():
        changes[change]()


def test_an_option_stands_in_an_area_of_its_own_ballot() -> None:
    one, other = balloting.draft(), balloting.draft()
    with pytest.raises(DatabaseError, match="an_option_is_in_an_area_of_its_ballot"), transaction.atomic():
        Option.objects.create(ballot=one, area=other.areas.all()[0], number=9, title="Fel")


def test_a_vote_on_paper_is_written_in_with_its_source() -> None:
    ballot = balloting.on_paper(4, None, 0)
    ballot.record(by=builders.user())
    assert [(line.person, line.in_words) for line in ballot.result.lines] == [(4, "4"), (0, "0"), (None, "–")]
    assert ballot.result.turnout == {}


@pytest.mark.parametrize("fields", [{"held_on": None}, {"source": ""}])
def test_without_day_or_source_it_is_not_written_in(fields: dict[str, Any]) -> None:
    ballot = balloting.on_paper(4, **fields)
    with pytest.raises(CannotRecord):
        ballot.record(by=builders.user())
    with pytest.raises(DatabaseError, match="a_recorded_vote_on_paper_has_its_day_and_source"), transaction.atomic():
        DotBallot.objects.filter(pk=ballot.pk).update(status="closed")


def test_without_any_number_it_is_not_written_in() -> None:
    with pytest.raises(CannotRecord):
        balloting.on_paper(None, None).record(by=builders.user())


def test_a_wrong_number_on_paper_is_corrected_and_recorded_again() -> None:
    ballot = balloting.recorded(4, 2)
    option = balloting.options(ballot)[0]
    with pytest.raises(WrongStatus):
        ballot.note({option.pk: (9, None, None)})
    with pytest.raises(DatabaseError, match=FROZEN), transaction.atomic():
        Option.objects.filter(pk=option.pk).update(noted=9)
    ballot.correct(by=builders.user(), note="Felskrivet.")
    assert list(DotBallot.objects.shown()) == []
    ballot.note({option.pk: (9, 5, 4)})
    ballot.record(by=builders.user())
    line = DotBallot.objects.get(pk=ballot.pk).result.lines[0]
    assert (line.person, line.city, line.civil_society) == (9, 5, 4)


def test_numbers_on_paper_keep_to_their_rules() -> None:
    ballot, by_clock = balloting.on_paper(4), balloting.draft()
    for fields in ({"noted": 4, "noted_city": 3, "noted_civil_society": 2}, {"noted": 4, "noted_city": 4}, {"noted": None, "noted_city": 1}):
        with pytest.raises(DatabaseError, match="the_sides_of_a_noted_number_make_its_sum"), transaction.atomic():
            ballot.options.update(**fields)
    with pytest.raises(DatabaseError, match="numbers_are_noted_for_a_ballot_on_paper"), transaction.atomic():
        by_clock.options.update(noted=1)


def test_what_has_become_an_activity_is_not_corrected() -> None:
    ballot = balloting.recorded(4)
    ballot.options.update(activity=Activity.objects.begin(balloting.plan(), "Aktiviteten", by=builders.user()))
    with pytest.raises(HasActivity):
        ballot.correct(by=builders.user(), note="Fel.")


def test_refusals_are_words() -> None:
    for refusal in (NotYet(), CannotRecord(), ResultIsSecret(), HasActivity()):
        assert isinstance(refusal, ValidationError)
        assert refusal.messages[0].endswith(".")
