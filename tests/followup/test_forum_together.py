"""Many want the last places at once – and the same test with the guard off, which must fail."""

from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from followup.models import Forum, ForumLike, ForumQuestion, ForumRegistration
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 30


def counts(forum: Forum) -> tuple[int, int]:
    """How many have a place, and how many wait."""
    return forum.registrations.coming().count(), forum.registrations.queue().count()


def test_thirty_who_register_at_once_get_the_ten_places_there_are(make: Any) -> None:
    forum = make.forum(places=10)
    results = together(HANDS, lambda which: Forum.objects.get(pk=forum.pk).register(f"gast{which}@example.org", name=f"Gäst {which}"))
    assert [result for result in results if result is not None] == []
    assert counts(forum) == (10, 20)


def test_without_the_guard_more_get_a_place_than_there_are(make: Any) -> None:
    """The control: look, check, write – as one would without holding the forum."""
    forum = make.forum(places=10)
    seen = Barrier(HANDS)

    def naive(which: int) -> None:
        mine = Forum.objects.get(pk=forum.pk)
        left = mine.places_left()
        seen.wait(timeout=60)
        mine.registrations.take_in(mine, f"gast{which}@example.org", is_full=left == 0, told={"name": "Gäst"}, now=timezone.now())

    together(HANDS, naive)
    assert counts(forum)[0] > 10


def test_one_address_thirty_times_at_once_is_one_registration(make: Any) -> None:
    forum = make.forum(places=10)
    results = together(HANDS, lambda _which: Forum.objects.get(pk=forum.pk).register("alva@example.org", name="Alva"))
    assert [result for result in results if result is not None] == []
    assert (ForumRegistration.objects.count(), ForumRegistration.objects.get().events.count()) == (1, 1)


def test_ten_who_cancel_at_once_give_ten_others_their_places(make: Any) -> None:
    forum = make.forum(places=10)
    guests = [make.registration(forum) for _number in range(25)]
    results = together(10, lambda which: ForumRegistration.objects.get(pk=guests[which].pk).cancel())
    assert [result for result in results if result is not None] == []
    assert counts(forum) == (10, 5)
    assert {guest.name for guest in guests[10:20]} == set(forum.registrations.coming().values_list("name", flat=True))


def test_one_browser_that_likes_thirty_times_at_once_is_counted_once(make: Any) -> None:
    question, browser = make.question(), uuid4()
    results = together(HANDS, lambda _which: ForumQuestion.objects.get(pk=question.pk).like(browser))
    assert [result for result in results if result is not None] == []
    assert ForumLike.objects.count() == 1
