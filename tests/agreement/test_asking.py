"""Asking how activities go: by the clock, never twice, and forgetting whom one asked."""

import random
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from agreement.emails import activities
from agreement.models import Activity, ActivityContact, Quarter, StatusRequest
from agreement.models.asking import BETWEEN_DAYS, FORGET_DAYS, CannotAsk
from agreement.tasks import ask_for_updates, deliver_mail, forget
from idekom.lib.dated import today
from idekom.lib.history import deliver
from tests import builders
from tests.agreement import planning

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


def asked(activity: Activity) -> list[tuple[str, date, date]]:
    return list(activity.requests.order_by("asked_on", "pk").values_list("kind", "since_on", "asked_on"))


def run(first: date, days: int) -> None:
    """The clock, twice a day."""
    for number in range(2 * days):
        StatusRequest.objects.make(first + timedelta(days=number // 2))


def published(on: date) -> Activity:
    activity = planning.activity(published_on=on)
    planning.contact(activity)
    return activity


def test_a_contact_who_never_answers_is_asked_each_quarter_and_once_after_sixty_days() -> None:
    activity = published(date(2025, 12, 1))
    run(NEW_YEAR, 365)
    assert asked(activity) == [
        ("quarter", date(2026, 1, 1), date(2026, 1, 1)),
        ("quiet", date(2025, 12, 1), date(2026, 1, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1)),
        ("quarter", date(2026, 7, 1), date(2026, 7, 1)),
        ("quarter", date(2026, 10, 1), date(2026, 10, 1)),
    ]


def test_an_answer_puts_the_next_question_off() -> None:
    activity = published(date(2025, 9, 1))
    planning.told(activity, on=date(2025, 12, 20))
    run(NEW_YEAR, 60)
    assert asked(activity) == [("quarter", date(2026, 1, 1), date(2026, 1, 19)), ("quiet", date(2025, 12, 20), date(2026, 2, 18))]


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_asked_twice_in_a_period_whatever_happens(seed: int) -> None:
    chance = random.Random(seed)
    activity = published(date(2025, 11, 1))
    told_on: list[date] = []
    for number in range(400):
        day = NEW_YEAR + timedelta(days=number)
        for _time in range(chance.choice([0, 1, 2])):  # days without a run, and with two
            StatusRequest.objects.make(day)
        if chance.random() < 0.02:
            planning.told(activity, on=day)
            told_on.append(day)
    rows = asked(activity)
    assert len({(kind, since) for kind, since, _on in rows}) == len(rows) > 3
    assert len([kind for kind, _since, _on in rows if kind == "quarter"]) <= 6
    moments = [on for _kind, _since, on in rows]
    assert all((later - earlier).days >= BETWEEN_DAYS for earlier, later in pairwise(moments))
    assert all(not timedelta(0) <= on - told < timedelta(days=BETWEEN_DAYS) for on in moments for told in told_on if told < on)
    assert all(since == Quarter.of(on).first for kind, since, on in rows if kind == "quarter")


def test_only_those_that_go_on_and_can_be_reached_are_asked() -> None:
    by, long_ago = builders.user(), date(2025, 11, 1)
    published(long_ago).finish(by=by)
    published(long_ago).cancel(by=by)
    planning.contact(planning.draft())
    planning.activity(published_on=long_ago)
    planning.contact(planning.activity(published_on=long_ago, starts_on=date(2026, 6, 1), due_on=date(2026, 9, 1)))
    planning.contact(planning.activity(published_on=long_ago)).revoke(by=by)
    assert StatusRequest.objects.make(NEW_YEAR) == 0


def test_the_number_of_queries_is_the_same_for_one_and_three(django_assert_num_queries: object) -> None:
    published(date(2025, 11, 1))
    with django_assert_num_queries(5) as one:  # type: ignore[operator]
        StatusRequest.objects.make(NEW_YEAR)
    StatusRequest.objects.all().delete()
    for _number in range(2):
        published(date(2025, 11, 1))
    with django_assert_num_queries(len(one)):  # type: ignore[operator]
        assert StatusRequest.objects.make(NEW_YEAR) == 3


def test_the_mail_has_a_link_that_tells_of_one_activity() -> None:
    activity = planning.activity(title="Öva samråd", published_on=today() - timedelta(days=61))
    contact = planning.contact(activity)
    ask_for_updates()
    ask_for_updates()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["kim@example.org"], "Hur går det med Öva samråd?")
    assert re.findall(r"\S+/handlingsplan/lage/\S+/", str(message.body)) == [contact.link]
    assert "Hej Kim Kontakt," in message.body
    assert "Ingen har berättat hur det går än." in message.body


def test_the_mail_to_an_english_reader_is_in_english_with_english_links() -> None:
    activity = planning.activity(published_on=today() - timedelta(days=61))
    contact = planning.contact(activity, language="en")
    ask_for_updates()
    assert "/en/handlingsplan/lage/" in contact.link
    assert contact.link in mail.outbox[0].body


def test_a_representative_is_asked_as_long_as_they_act_for_the_party() -> None:
    acts = builders.representative()
    activity = planning.activity(party=acts.party, published_on=today() - timedelta(days=61))
    planning.contact(activity, name="", email="", representative=acts)
    assert StatusRequest.objects.ask_now(activity, today())
    deliver_mail()
    assert [message.to for message in mail.outbox] == [[acts.user.email]]
    builders.representative(acts.party)
    acts.end(today())
    with pytest.raises(CannotAsk):
        StatusRequest.objects.ask_now(activity, today() + timedelta(days=1))


def test_nobody_is_mailed_about_what_was_told_or_ended_meanwhile() -> None:
    told, ended = (planning.activity(published_on=today() - timedelta(days=61)) for _number in range(2))
    for activity in (told, ended):
        planning.contact(activity)
    assert StatusRequest.objects.make(today()) == 2
    planning.told(told)
    ended.finish(by=builders.user())
    deliver(StatusRequest.objects, activities.notify)
    assert mail.outbox == []
    assert StatusRequest.objects.filter(notified_at=None).count() == 0


def test_the_secretary_mails_the_link_once_a_day() -> None:
    activity = planning.activity()
    planning.contact(activity)
    assert [StatusRequest.objects.ask_now(activity, today()) for _press in range(3)] == [True, False, False]
    deliver_mail()
    deliver_mail()
    assert len(mail.outbox) == 1


def test_what_nobody_can_answer_is_not_asked() -> None:
    nobody, over = planning.activity(), planning.activity()
    planning.contact(over)
    over.finish(by=builders.user())
    for activity in (nobody, over, planning.draft()):
        with pytest.raises(CannotAsk):
            StatusRequest.objects.ask_now(activity, today())


def test_a_period_is_asked_about_once_in_the_database_too() -> None:
    activity = planning.activity()
    row = {"activity": activity, "kind": "quarter", "since_on": NEW_YEAR, "asked_on": NEW_YEAR}
    StatusRequest.objects.create(**row)
    with pytest.raises(IntegrityError, match="nobody_is_asked_twice_in_a_period"), transaction.atomic():
        StatusRequest.objects.create(**row)


@pytest.mark.parametrize("fields", [{"email": ""}, {"email": "kim@example.org", "both": True}])
def test_a_contact_has_an_address_or_an_account(fields: dict[str, object]) -> None:
    more = {"representative": builders.representative()} if fields.pop("both", False) else {}
    with pytest.raises(IntegrityError, match="a_contact_has_an_address_or_an_account"), transaction.atomic():
        planning.contact(planning.activity(), **fields, **more)


def test_a_renewed_link_is_another_and_a_revoked_one_asks_nobody() -> None:
    by, activity = builders.user(), planning.activity()
    contact = planning.contact(activity)
    first = contact.token
    contact.revoke(by=by)
    assert not ActivityContact.objects.reachable(today()).exists()
    contact.renew(by=by)
    contact.refresh_from_db()
    assert contact.token != first
    assert ActivityContact.objects.reachable(today()).get() == contact
    assert list(activity.events.values_list("action", flat=True))[-2:] == ["revoke_link", "renew_link"]


def test_contacts_are_forgotten_a_year_after_the_end() -> None:
    day = today()
    for verb, days in (("finish", FORGET_DAYS + 1), ("cancel", FORGET_DAYS + 1), ("finish", FORGET_DAYS - 1)):
        activity = planning.activity(title=f"{verb} {days}")
        planning.contact(activity)
        getattr(activity, verb)(by=builders.user())
        activity.events.filter(action=verb).update(at=planning.moment(day - timedelta(days=days)))
    planning.contact(planning.activity(title="pågår", published_on=day - timedelta(days=900)))
    forget()
    forget()
    assert set(ActivityContact.objects.values_list("activity__title", flat=True)) == {f"finish {FORGET_DAYS - 1}", "pågår"}
    assert Activity.objects.count() == 4
