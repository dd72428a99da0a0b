"""Many hands at once on one activity – and the same with the guard off, which must fail."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agreement.models import Activity, ActivityUpdate, StatusRequest
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.agreement import planning
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 20


def ready() -> Activity:
    return planning.draft(how="Så.", party=builders.party(), due_on=today())


def test_twenty_presses_of_publish_make_one_event() -> None:
    activity, by = ready(), builders.user()
    results = together(HANDS, lambda _which: Activity.objects.get(pk=activity.pk).publish(by=by))
    assert len([result for result in results if isinstance(result, WrongStatus)]) == HANDS - 1
    assert activity.events.filter(action="publish").count() == 1


def test_without_the_guard_twenty_presses_make_many_events() -> None:
    """The control: look, check, write – as one would without `_become` – publishes several times."""
    activity, seen = ready(), threading.Barrier(HANDS)

    def naive(_which: int) -> None:
        mine = Activity.objects.get(pk=activity.pk)
        may = mine.may("publish")
        seen.wait(timeout=60)
        if may:
            Activity.objects.filter(pk=mine.pk).update(status="published")
            mine.events.create(action="publish")

    together(HANDS, naive)
    assert activity.events.filter(action="publish").count() > 1


def test_updates_told_at_once_are_all_kept() -> None:
    activity = planning.activity()
    path = reverse("agreement:tell", args=[planning.contact(activity).token])
    together(HANDS, lambda which: Client().post(path, {"sentence": f"Uppgift {which}.", "percent": "50"}))
    assert set(activity.updates.values_list("sentence", flat=True)) == {f"Uppgift {which}." for which in range(HANDS)}


def test_one_form_sent_twenty_times_at_once_tells_once() -> None:
    activity, key = planning.activity(), uuid4()
    results = together(HANDS, lambda _which: planning.told(Activity.objects.get(pk=activity.pk), key=key))
    assert not [result for result in results if isinstance(result, Exception)]
    assert activity.updates.count() == 1


def test_without_the_lock_one_form_sent_at_once_fails_for_somebody() -> None:
    """The control: looking for the key without holding the activity lets two write it."""
    activity, key, seen = planning.activity(), uuid4(), threading.Barrier(HANDS)

    def naive(_which: int) -> None:
        is_new = not ActivityUpdate.objects.filter(key=key).exists()
        seen.wait(timeout=60)
        if is_new:
            ActivityUpdate.objects.create(activity=activity, sentence="Bra.", percent=50, way="link", key=key)

    results = together(HANDS, naive)
    assert [result for result in results if isinstance(result, Exception)]


def test_telling_and_finishing_at_once_never_tells_of_what_has_ended() -> None:
    activity, by = planning.activity(), builders.user()

    def either(which: int) -> object:
        held = Activity.objects.get(pk=activity.pk)
        return planning.told(held) if which % 2 else held.finish(by=by)  # type: ignore[func-returns-value]

    results = together(HANDS, either)
    kept = [result for result in results if isinstance(result, ActivityUpdate)]
    activity.refresh_from_db()
    assert (activity.status, activity.updates.count()) == ("done", len(kept))
    assert all(isinstance(result, ActivityUpdate | WrongStatus) or result is None for result in results)
    assert len([result for result in results if result is None]) == 1


def test_a_question_is_made_once_however_many_workers_ask() -> None:
    activity = planning.activity(published_on=today() - timedelta(days=365))
    planning.contact(activity)
    together(8, lambda _which: StatusRequest.objects.make(today()))
    assert activity.requests.count() == 1


def test_drafts_begun_at_once_under_one_name_have_addresses_of_their_own() -> None:
    plan, by = planning.plan(), builders.user()
    results = together(8, lambda _which: Activity.objects.begin(plan, "Träff", by=by))
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(set(Activity.objects.values_list("slug", flat=True))) == 8
