"""Opening and closing a round, and who is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from followup.models import Report, ReportReminder, Round
from followup.tasks import remind
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year
from tests.together import together

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
    assert [(str(one.side), one.asked, one.reported, one.not_yet) for one in year.round.turnout()] == [
        ("city", 1, 0, 1),
        ("civil_society", 1, 1, 0),
    ]


def test_under_way_is_what_somebody_has_written_in(year: Year) -> None:
    year.office_report.answer(year.both, progress="started")
    assert [(one.side, one.under_way, one.not_begun) for one in year.round.turnout()] == [("city", 1, 0), ("civil_society", 0, 1)]
    assert year.round.turnout_of_all().under_way_percent == 50


def test_a_planned_round_opens_by_itself_on_its_day(make: Any) -> None:
    party = make.affiliation().party
    round = make.round(opens_on=today() + timedelta(days=3), due_on=today() + timedelta(days=33))
    assert [Round.objects.open_due(today() + timedelta(days=days)) for days in (0, 2, 3, 3, 4)] == [0, 0, 1, 0, 0]
    round.refresh_from_db()
    assert round.status == Round.Status.OPEN
    assert [(event.action, event.actor) for event in round.events.all()] == [("open", None)]
    assert Report.objects.get().party == party


def test_a_round_that_nobody_opened_in_time_stays_planned(make: Any) -> None:
    make.round(opens_on=today() - timedelta(days=60), due_on=today() - timedelta(days=1))
    assert Round.objects.open_due(today()) == 0


def test_a_party_that_left_before_the_opening_gets_no_report(make: Any, secretary: User) -> None:
    opens = today() + timedelta(days=10)
    make.affiliation(until_on=opens - timedelta(days=1))
    stays = make.affiliation(until_on=opens).party
    make.round(opens_on=opens, due_on=opens + timedelta(days=30))
    Round.objects.open_due(opens)
    assert list(Report.objects.values_list("party", flat=True)) == [stays.pk]


def test_the_worker_opens_reminds_and_may_be_run_twice(make: Any, mailoutbox: list[Any]) -> None:
    make.representative(user=make.user("asta@example.org"))
    make.round(2026, opens_on=today())
    remind()
    remind()
    assert [message.to for message in mailoutbox] == [["asta@example.org"]]
    assert ReportReminder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_open_at_once_open_once(make: Any, secretary: User) -> None:
    make.affiliation()
    make.round(opens_on=today())
    came = together(6, lambda _which: Round.objects.open_due(today()))
    assert sorted(came) == [0, 0, 0, 0, 0, 1]  # type: ignore[type-var]
    assert (Report.objects.count(), Round.objects.get().events.count()) == (1, 1)


def test_a_round_is_over_when_nobody_has_time_left(year: Year, secretary: User) -> None:
    due = year.round.due_on
    assert [year.round.is_over(due + timedelta(days=days)) for days in (0, 1)] == [False, True]
    year.round.close(by=secretary)
    assert not year.round.is_over(due + timedelta(days=1))


@pytest.fixture
def office(secretary_client: Client, settings: Any) -> Client:
    """The secretary's browser, without the second factor."""
    settings.STAFF_NEED_MFA = False
    return secretary_client


@pytest.mark.parametrize(
    ("days", "field", "told"),
    [
        ({"due_on": "2027-02-28"}, "due_on", "Välj en dag efter den då omgången öppnar."),
        ({"forum_on": "2027-04-30"}, "forum_on", "Välj en dag efter sista dagen att rapportera, eller lämna fältet tomt."),
        ({"year": "2026"}, "year", "finns redan"),
        ({"opens_on": "i vår"}, "opens_on", "giltigt datum"),
    ],
)
def test_a_new_rounds_days_are_checked_beside_the_field(days: dict[str, str], field: str, told: str, office: Client) -> None:
    builders.round(2026)
    told_in_full = {"year": "2027", "version": str(builders.version().pk), "opens_on": "2027-03-01", "due_on": "2027-04-30", "forum_on": "2027-06-01"}
    response = office.post("/admin/followup/round/add/", told_in_full | days)
    (message,) = response.context["adminform"].form.errors[field]
    assert told in message
    assert "__all__" not in response.context["adminform"].form.errors
    assert Round.objects.count() == 1
    office.post("/admin/followup/round/add/", told_in_full)
    assert Round.objects.count() == 2


def test_the_database_keeps_the_forum_after_the_last_day(year: Year) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.update(forum_on=year.round.due_on)


def test_nothing_tells_afterwards_who_was_late(year: Year, secretary: User) -> None:
    year.round.close(by=secretary)
    for page in ("/mina-sidor/", year.url()):
        words = year.browser.get(page).content.decode()
        assert "Omgången är avslutad." in words
        assert "lämnades inte in" not in words
