"""Activities: what they must say before everybody may read them, and the verbs that move them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from agreement.models import Activity, Quarter, Side
from agreement.models.plans import RESERVED, Incomplete
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.agreement import planning

pytestmark = pytest.mark.django_db


def actions(activity: Activity) -> list[str]:
    return list(activity.events.values_list("action", flat=True))


def test_an_activity_begins_as_a_draft_that_says_where_it_comes_from() -> None:
    by, commitment = builders.user(), builders.commitment()
    activity = Activity.objects.begin(planning.plan(), "Öva samråd", by=by, commitments=[commitment], note="Från rådets omröstning.")
    event = activity.events.get()
    assert (activity.status, activity.slug, list(activity.commitments.all())) == ("draft", "ova-samrad", [commitment])
    assert (event.action, event.actor, event.note) == ("begin", by, "Från rådets omröstning.")


def test_two_activities_of_one_name_have_addresses_of_their_own() -> None:
    first, second = planning.draft(title="Träff"), planning.draft(title="Träff")
    assert first.slug == "traff"
    assert second.slug.startswith("traff-")


@pytest.mark.parametrize("title", RESERVED)
def test_no_activity_takes_another_pages_address(title: str) -> None:
    assert planning.draft(title=title).slug not in RESERVED


def test_the_database_keeps_other_pages_addresses() -> None:
    activity = planning.draft()
    with pytest.raises(IntegrityError, match="an_activity_takes_no_other_pages_address"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(slug="kvartal")


def test_a_draft_without_owner_day_and_way_cannot_be_published() -> None:
    activity = planning.draft()
    with pytest.raises(Incomplete) as told:
        activity.publish(by=builders.user())
    assert told.value.messages == ["Aktiviteten kan inte publiceras än. Fyll i: hur, ansvarig part, klart senast."]
    assert (activity.status, actions(activity)) == ("draft", ["begin"])


@pytest.mark.parametrize("lost", [{"how": ""}, {"party": None}, {"due_on": None}])
def test_the_database_refuses_a_public_activity_that_does_not_say_how_who_and_when(lost: dict[str, Any]) -> None:
    activity = planning.activity()
    with pytest.raises(IntegrityError, match="a_public_activity_says_how_who_and_when"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**lost)


def test_raw_sql_cannot_publish_an_unfinished_draft() -> None:
    activity = planning.draft()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreement_activity SET status = 'published' WHERE id = %s", [activity.pk])


def test_raw_sql_cannot_take_a_published_activity_back_to_draft() -> None:
    activity = planning.activity()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreement_activity SET status = 'draft' WHERE id = %s", [activity.pk])


def test_an_activity_does_not_end_before_it_starts() -> None:
    with pytest.raises(IntegrityError, match="an_activity_ends_after_it_starts"), transaction.atomic():
        planning.activity(starts_on=today(), due_on=today() - timedelta(days=1))


def test_each_step_moves_the_activity_and_writes_one_event() -> None:
    by, activity = builders.user(), planning.activity()
    activity.finish(by=by, note="Alla träffar är hållna.")
    assert activity.status == "done"
    activity.resume(by=by)
    assert activity.status == "published"
    activity.cancel(by=by)
    assert activity.status == "cancelled"
    assert actions(activity) == ["begin", "publish", "finish", "resume", "cancel"]


def steps() -> list[tuple[str, list[str]]]:
    """(verb, the statuses that it cannot start from)."""
    return [(verb, [status for status in Activity.Status.values if status not in sources]) for verb, (sources, _to) in Activity.TRANSITIONS.items()]


@pytest.mark.parametrize(("verb", "status"), [(verb, status) for verb, wrong in steps() for status in wrong])
def test_a_step_from_the_wrong_status_changes_nothing(verb: str, status: str) -> None:
    by = builders.user()
    ways: dict[str, Callable[[Activity], object]] = {
        "published": lambda activity: None,
        "done": lambda activity: activity.finish(by=by),
        "cancelled": lambda activity: activity.cancel(by=by),
    }
    activity = planning.draft() if status == "draft" else planning.activity()
    if status != "draft":
        ways[status](activity)
    before = actions(activity)
    with pytest.raises(WrongStatus):
        getattr(activity, verb)(by=by)
    activity.refresh_from_db()
    assert (activity.status, actions(activity)) == (status, before)


def test_drafts_are_nobodys_to_read() -> None:
    planning.draft()
    public = planning.activity()
    assert list(Activity.objects.shown()) == [public]


@pytest.mark.parametrize(("days", "words"), [(89, ""), (90, "Ingen ny uppgift på 90 dagar"), (94, "Ingen ny uppgift på 94 dagar")])
def test_an_activity_is_stale_after_ninety_days(days: int, words: str) -> None:
    activity = planning.activity(published_on=today() - timedelta(days=200))
    planning.told(activity, on=today() - timedelta(days=days))
    found = Activity.objects.with_latest().get(pk=activity.pk)
    assert found.staleness(today()) == words
    assert list(Activity.objects.stale(today())) == ([activity] if words else [])


def test_an_activity_that_nobody_has_told_of_is_stale_from_its_publication() -> None:
    activity = planning.activity(published_on=today() - timedelta(days=91))
    found = Activity.objects.with_latest().get(pk=activity.pk)
    assert found.staleness(today()) == "Ingen ny uppgift på 91 dagar"


def test_what_has_not_begun_or_has_ended_is_not_stale() -> None:
    long_ago = today() - timedelta(days=200)
    planning.activity(published_on=long_ago, starts_on=today() + timedelta(days=1))
    planning.activity(published_on=long_ago).finish(by=builders.user())
    planning.activity(published_on=long_ago).cancel(by=builders.user())
    assert list(Activity.objects.stale(today())) == []
    assert [one.staleness(today()) for one in Activity.objects.with_latest()] == ["", "", ""]


def test_an_activity_serves_a_commitment_in_whichever_version() -> None:
    now = builders.commitment(slug="dialog")
    earlier = builders.version().__class__.objects.create(slug="2010", name="Den förra", vision="…", aim="…")
    before = builders.commitment(slug="dialog", version=earlier)
    served, _other = planning.activity(commitments=(before,)), planning.activity(commitments=(builders.commitment(),))
    assert list(Activity.objects.serving(now)) == [served]


def test_a_plan_is_the_citys_civil_societys_or_joint() -> None:
    assert [str(planning.plan(side).whose_label) for side in (Side.CITY, Side.CIVIL_SOCIETY, "")] == ["Staden", "Civilsamhället", "Gemensam"]
    with pytest.raises(IntegrityError, match="plan_side_is_known"), transaction.atomic():
        planning.plan("annan")


def test_a_plan_without_a_first_day_is_refused() -> None:
    made = planning.plan()
    made.period = None
    with pytest.raises(ValidationError):
        made.full_clean()


@pytest.mark.parametrize(
    ("day", "address", "first", "last"),
    [
        (date(2026, 1, 1), "2026-1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "2026-2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026-4", date(2026, 10, 1), date(2026, 12, 31)),
        (date(9999, 12, 31), "9999-4", date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_a_quarter_is_three_months(day: date, address: str, first: date, last: date) -> None:
    quarter = Quarter.of(day)
    assert (quarter.address, quarter.first, quarter.last) == (address, first, last)


def test_quarters_follow_each_other() -> None:
    quarter = Quarter(2026, 4)
    assert (quarter.next, quarter.previous, quarter.next.previous) == (Quarter(2027, 1), Quarter(2026, 3), quarter)
    assert str(quarter) == "oktober–december 2026"


@pytest.mark.parametrize("typed", ["", "2026", "2026-5", "2026-0", "-4", "0000-1", "9999-1", "2026-1\x00", "２０２６-1", "2026-1-1"])
def test_what_is_no_quarter_is_none(typed: str) -> None:
    assert Quarter.read(typed) is None
