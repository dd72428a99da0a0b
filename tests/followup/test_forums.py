"""A dialogue forum: its places, the queue, and what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from followup.models import Forum, ForumRegistration, ForumRegistrationEvent, Round
from followup.models.forums import RegistrationClosed
from followup.models.registrations import ForumIsOver
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus

pytestmark = pytest.mark.django_db


def standing(forum: Forum) -> list[tuple[str, str]]:
    """(name, status) of everybody, in the order in which they came."""
    return list(forum.registrations.order_by("registered_at", "pk").values_list("name", "status"))


def told(registration: ForumRegistration) -> list[str]:
    """What has happened to a registration."""
    return [event.action for event in registration.events.all()]


def ended(forum: Forum, *, days: int) -> Forum:
    """The forum as one that ended so many days ago."""
    end = timezone.now() - timedelta(days=days)
    Forum.objects.filter(pk=forum.pk).update(starts_at=end - timedelta(hours=3), ends_at=end, closes_on=timezone.localdate(end))
    forum.refresh_from_db()
    return forum


def test_places_are_given_out_until_there_are_none_and_then_there_is_a_queue(make: Any) -> None:
    forum = make.forum(places=2)
    for name in ("Alva", "Bo", "Cilla"):
        make.registration(forum, name=name)
    assert standing(forum) == [("Alva", "registered"), ("Bo", "registered"), ("Cilla", "waiting")]
    assert forum.places_left() == 0
    assert told(forum.registrations.get(name="Cilla")) == ["wait"]


def test_without_a_limit_everybody_has_a_place(make: Any) -> None:
    forum = make.forum(places=None)
    make.registration(forum)
    assert (forum.places_left(), [status for _name, status in standing(forum)]) == (None, ["registered"])


def test_a_cancelled_place_goes_to_the_first_in_the_queue(make: Any) -> None:
    forum = make.forum(places=1)
    first, second, third = (make.registration(forum, name=name) for name in ("Alva", "Bo", "Cilla"))
    first.cancel()
    assert standing(forum) == [("Alva", "cancelled"), ("Bo", "registered"), ("Cilla", "waiting")]
    assert told(second) == ["wait", "move_up"]
    third.cancel()
    assert standing(forum)[1:] == [("Bo", "registered"), ("Cilla", "cancelled")]


def test_new_places_go_to_the_queue_in_order(make: Any) -> None:
    forum, by = make.forum(places=1), make.user()
    for name in ("Alva", "Bo", "Cilla", "Dag"):
        make.registration(forum, name=name)
    forum.places = 3
    forum.plan(by=by)
    assert [status for _name, status in standing(forum)] == ["registered", "registered", "registered", "waiting"]
    forum.places = None
    forum.plan(by=by)
    assert [status for _name, status in standing(forum)] == ["registered"] * 4


def test_fewer_places_throw_nobody_out(make: Any) -> None:
    forum = make.forum(places=2)
    first, _second = make.registration(forum), make.registration(forum)
    make.registration(forum, name="Cilla")
    forum.places = 1
    forum.plan(by=make.user())
    assert [status for _name, status in standing(forum)] == ["registered", "registered", "waiting"]
    first.cancel()
    assert standing(forum)[2] == ("Cilla", "waiting")


def test_the_same_address_twice_is_one_registration_that_nobody_else_changes(make: Any) -> None:
    forum = make.forum()
    first = make.registration(forum, email="alva@example.org", name="Alva", dietary_needs="vegan")
    forum.register("  ALVA@example.org ", name="Någon annan", dietary_needs="")
    found = ForumRegistration.objects.get()
    assert (found.pk, found.name, found.dietary_needs, told(found)) == (first.pk, "Alva", "vegan", ["register"])
    ForumRegistrationEvent.objects.update(at=timezone.now() - timedelta(minutes=11))
    forum.register("alva@example.org", name="Någon annan")
    assert told(found) == ["register", "ask_for_link"]


def test_who_changed_their_mind_can_come_again_last_in_the_queue(make: Any) -> None:
    forum = make.forum(places=1)
    first, _second = make.registration(forum, email="alva@example.org", name="Alva"), make.registration(forum, name="Bo")
    first.cancel()
    forum.register("alva@example.org", name="Alva")
    assert standing(forum) == [("Bo", "registered"), ("Alva", "waiting")]


def test_registration_closes_after_its_last_day(make: Any) -> None:
    forum = make.forum(closes_on=today() - timedelta(days=1))
    with pytest.raises(RegistrationClosed, match="Anmälan är stängd"):
        forum.register("alva@example.org", name="Alva")
    assert not ForumRegistration.objects.exists()


def test_what_has_been_is_neither_cancelled_nor_changed(make: Any) -> None:
    registration = make.registration()
    registration.forum = ended(registration.forum, days=1)
    with pytest.raises(ForumIsOver):
        registration.cancel()
    with pytest.raises(ForumIsOver):
        registration.tell_needs(dietary_needs="vegan", access_needs="")
    assert (standing(registration.forum)[0][1], ForumRegistration.objects.get().dietary_needs) == ("registered", "")


def test_cancelling_forgets_the_needs_at_once_and_once(make: Any) -> None:
    registration = make.registration(dietary_needs="vegan", access_needs="hörslinga")
    stale = ForumRegistration.objects.get()
    registration.cancel()
    found = ForumRegistration.objects.get()
    assert (found.status, found.dietary_needs, found.access_needs) == ("cancelled", "", "")
    with pytest.raises(WrongStatus):
        stale.cancel()
    with pytest.raises(WrongStatus):
        stale.tell_needs(dietary_needs="vegan", access_needs="")


def test_needs_are_forgotten_seven_days_after_the_forum_and_not_before(make: Any) -> None:
    forum = make.forum()
    make.registration(forum, dietary_needs="vegan")
    make.registration(forum, access_needs="hörslinga")
    make.registration(forum)
    ended(forum, days=0)
    last = timezone.localdate(forum.ends_at)
    assert ForumRegistration.objects.forget_needs(last + timedelta(days=6)) == 0
    assert forum.forgets_needs_on == last + timedelta(days=7)
    assert ForumRegistration.objects.forget_needs(forum.forgets_needs_on) == 2
    assert not ForumRegistration.objects.exclude(dietary_needs="", access_needs="").exists()
    assert ForumRegistration.objects.forget_needs(forum.forgets_needs_on) == 0


def test_the_round_knows_the_forums_day_and_the_calendar_number_rises_only_with_time_and_place(make: Any) -> None:
    forum, by = make.forum(), make.user()
    registration = make.registration(forum)
    forum.practical = "Gå in från gården."
    forum.plan(by=by)
    assert (forum.sequence, told(registration)) == (0, ["register"])
    forum.starts_at += timedelta(days=1)
    forum.ends_at += timedelta(days=1)
    forum.plan(by=by)
    assert (forum.sequence, told(registration)) == (1, ["register", "tell_of_move"])
    assert Round.objects.get().forum_on == timezone.localdate(forum.starts_at)
    forum.venue = "En annan sal"
    forum.plan(by=by)
    assert Forum.objects.get().sequence == 2


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"places": 0}, "a_forum_has_at_least_one_place"),
        ({"ends_at": timezone.now()}, "a_forum_ends_after_it_starts"),
        ({"closes_on": today() + timedelta(days=99)}, "registration_closes_before_the_forum_ends"),
    ],
)
def test_what_must_never_be(make: Any, wrong: dict[str, Any], constraint: str) -> None:
    forum = make.forum()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(**wrong)
    for name, value in wrong.items():
        setattr(forum, name, value)
    with pytest.raises(ValidationError):
        forum.full_clean()


def test_an_address_has_one_row_and_only_guests_have_come(make: Any) -> None:
    registration = make.registration(email="alva@example.org")
    with pytest.raises(IntegrityError, match="an_address_registers_once_for_a_forum"), transaction.atomic():
        ForumRegistration.objects.create(forum=registration.forum, email="Alva@example.org", name="Alva", status="waiting")
    registration.cancel()
    with pytest.raises(IntegrityError, match="only_who_has_a_place_has_come"), transaction.atomic():
        ForumRegistration.objects.update(has_come=True)


def test_the_nearest_forum_is_the_one_that_comes_next_or_the_last(make: Any) -> None:
    assert Forum.objects.nearest(timezone.now()) is None
    past = ended(make.forum(make.round(2024)), days=30)
    assert Forum.objects.nearest(timezone.now()) == past
    coming = make.forum(make.round(2025))
    later = timezone.now() + timedelta(days=400)
    make.forum(make.round(2026), starts_at=later, ends_at=later + timedelta(hours=1))
    assert Forum.objects.nearest(timezone.now()) == coming


def test_people_are_forgotten_a_year_after_and_how_many_came_is_not(make: Any) -> None:
    forum = make.forum()
    for _number in range(2):
        make.registration(forum)
    last = timezone.localdate(forum.ends_at)
    ForumRegistration.objects.update(has_come=True)
    assert ForumRegistration.objects.forget_people(last + timedelta(days=364)) == 0
    assert ForumRegistration.objects.forget_people(last + timedelta(days=365)) == 2
    assert ForumRegistration.objects.forget_people(last + timedelta(days=366)) == 0
    assert ForumRegistration.objects.filter(has_come=True, name="").count() == 2
    assert all("gast" not in one.email and one.token.startswith("glomd") for one in ForumRegistration.objects.all())
