"""Opening and closing a round, and who is asked."""

from datetime import timedelta
from typing import Any

import pytest

from followup.models import Report, Round
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def test_opening_gives_each_affiliated_party_one_draft(make: Any, secretary: User) -> None:
    there = make.affiliation().party
    make.affiliation(until_on=today() - timedelta(days=30))
    make.party()
    round = make.round()
    round.open(by=secretary)
    assert list(Report.objects.values_list("party", "status")) == [(there.pk, "draft")]
    assert round.status == Round.Status.OPEN


def test_opening_twice_is_refused(year: Year, secretary: User) -> None:
    with pytest.raises(WrongStatus):
        year.round.open(by=secretary)
    assert Report.objects.count() == 2


def test_a_party_that_joins_meanwhile_gets_its_draft_once(year: Year, make: Any) -> None:
    late = make.affiliation(from_on=today()).party
    year.round.add_missing_reports()
    year.round.add_missing_reports()
    assert Report.objects.filter(party=late).count() == 1
    assert Report.objects.count() == 3


def test_a_party_that_joins_after_the_last_day_is_not_asked(year: Year, make: Any) -> None:
    Round.objects.update(opens_on=today() - timedelta(days=60), due_on=today() - timedelta(days=1))
    make.affiliation(from_on=today())
    round = Round.objects.get()
    round.add_missing_reports()
    assert Report.objects.count() == 2


def test_a_closed_round_makes_no_drafts(year: Year, make: Any, secretary: User) -> None:
    year.round.close(by=secretary)
    make.affiliation(from_on=today())
    year.round.add_missing_reports()
    assert Report.objects.count() == 2


def test_turnout_is_counted_by_side(year: Year) -> None:
    year.submitted(year.report)
    assert [(one.side.value, one.asked, one.reported, one.not_yet) for one in year.round.turnout()] == [
        ("city", 1, 0, 1),
        ("civil_society", 1, 1, 0),
    ]
