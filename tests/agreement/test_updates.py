"""Telling how an activity goes."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from agreement.models import Activity, ActivityUpdate
from agreement.models.updates import in_words
from idekom.lib.history import WrongStatus
from tests import builders
from tests.agreement import planning

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "Inte börjat"),
        (1, "Har börjat"),
        (25, "Har börjat"),
        (50, "Ungefär halvvägs"),
        (75, "Det mesta är gjort"),
        (99, "Det mesta är gjort"),
        (100, "Klart"),
    ],
)
def test_a_percentage_has_words(percent: int, words: str) -> None:
    assert str(in_words(percent)) == words


def test_an_update_says_who_told_by_party_and_never_by_person() -> None:
    activity, user = planning.activity(party=builders.party("Föreningen Bron")), builders.user(name="Kim Hemlig")
    by_account = planning.told(activity, way=ActivityUpdate.Way.ACCOUNT, by=user)
    by_office = planning.told(activity, way=ActivityUpdate.Way.OFFICE, by=user)
    assert (str(by_account.actor), str(by_office.actor)) == ("Föreningen Bron", "kansliet")
    assert by_account.title == "Ungefär halvvägs (50 %)"


def test_the_newest_update_is_the_latest() -> None:
    activity = planning.activity()
    planning.told(activity, percent=25, sentence="Vi har börjat.")
    planning.told(activity, percent=75, sentence="Nästan klart.")
    found = Activity.objects.with_latest().get()
    assert (found.sentence, found.percent) == ("Nästan klart.", 75)


@pytest.mark.parametrize("status", ["draft", "done", "cancelled"])
def test_nothing_is_told_of_what_does_not_go_on(status: str) -> None:
    activity = planning.draft() if status == "draft" else planning.activity()
    if status != "draft":
        getattr(activity, {"done": "finish", "cancelled": "cancel"}[status])(by=builders.user())
    with pytest.raises(WrongStatus):
        planning.told(activity)
    assert ActivityUpdate.objects.count() == 0


def test_what_ended_after_it_was_read_takes_no_update() -> None:
    activity = planning.activity()
    Activity.objects.get(pk=activity.pk).finish(by=builders.user())
    with pytest.raises(WrongStatus):
        planning.told(activity)


def test_a_form_sent_twice_tells_once() -> None:
    activity, key = planning.activity(), uuid4()
    assert planning.told(activity, key=key) == planning.told(activity, key=key)
    assert activity.updates.count() == 1


def test_a_hidden_update_is_nobodys_to_read_and_the_one_before_is_the_latest() -> None:
    by, activity = builders.user(), planning.activity()
    planning.told(activity, percent=25, sentence="Vi har börjat.")
    wrong = planning.told(activity, percent=100, sentence="Skrivet av misstag.")
    wrong.hide(by=by)
    wrong.hide(by=by)
    found = Activity.objects.with_latest().get()
    assert (found.sentence, found.percent) == ("Vi har börjat.", 25)
    assert [update.sentence for update in ActivityUpdate.objects.shown()] == ["Vi har börjat."]
    assert activity.events.filter(action="hide_update").count() == 1


def refused(name: str, **fields: object) -> None:
    activity = planning.activity()
    row = {"activity": activity, "sentence": "Bra.", "percent": 50, "way": "link", **fields}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ActivityUpdate.objects.create(**row)


def test_the_database_refuses_what_is_no_update() -> None:
    refused("percent_is_from_0_to_100", percent=101)
    refused("an_update_says_something", sentence="")
    refused("an_update_without_an_account_came_by_link", way="office")
    refused("an_update_without_an_account_came_by_link", by=builders.user())
    refused("way_of_an_update_is_known", way="annan", by=builders.user())


def test_those_that_are_said_to_be_done_wait_for_the_secretary() -> None:
    said, ended = planning.activity(), planning.activity()
    planning.activity()
    planning.told(said, percent=100)
    planning.told(ended, percent=100)
    ended.finish(by=builders.user())
    assert list(Activity.objects.said_to_be_done()) == [said]
