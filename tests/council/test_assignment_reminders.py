"""Reminders of what somebody has taken on: at the right days, none twice, with a link to say that it is done."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from council.models import Assignment, AssignmentReminder
from council.models.assignment_reminders import step
from council.tasks import deliver_mail
from idekom.lib.dated import today
from tests import builders
from tests.conftest import browser
from tests.council.gathering import add, mails_to

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 10)


def assignment(due_on: date | None = DUE) -> Assignment:
    """Something that a person with an account has taken on."""
    item = add(builders.meeting(), "Lokaler")
    person = builders.person(name="Asta", user=builders.user())
    return Assignment.objects.create(item=item, what="Skriv till bolagen", for_whom="rådet", person=person, due_on=due_on)


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.mark.parametrize(("after", "expected"), [(-8, None), (-7, -7), (-1, -7), (0, 0), (29, 0), (30, 30), (59, 30), (60, 60)])
def test_step_that_is_current_on_a_day(after: int, expected: int | None) -> None:
    assert step(DUE, DUE + days(after)) == expected


def test_reminders_come_a_week_before_on_the_day_and_every_month_and_none_twice() -> None:
    assignment()
    made = []
    for after in range(-40, 95):
        before = AssignmentReminder.objects.count()
        for _again in range(2):
            AssignmentReminder.objects.make(DUE + days(after))
        if AssignmentReminder.objects.count() > before:
            made.append(after)
    assert made == [-7, 0, 30, 60, 90]


def test_done_dropped_and_undated_ones_are_not_reminded_of() -> None:
    done, dropped, office = assignment(), assignment(), assignment()
    done.finish(by=None, note="")
    dropped.drop(by=builders.user(), note="Behövs inte.")
    assignment(due_on=None)
    Assignment.objects.filter(pk=office.pk).update(person=None, doer="kansliet")
    assert AssignmentReminder.objects.make(DUE) == 0


def test_mail_has_a_link_that_says_done_with_a_note() -> None:
    one = assignment(today() - days(1))
    AssignmentReminder.objects.make(today())
    deliver_mail()
    deliver_mail()
    assert one.person
    (message,) = mails_to(one.person)
    reminder = AssignmentReminder.objects.get()
    assert message.subject == "Är det klart? Skriv till bolagen"
    assert reminder.get_absolute_url() in str(message.body)
    client, url = Client(), reminder.get_absolute_url()
    assert "Är det klart?" in client.get(url).text
    assert Assignment.objects.get().status == "open"
    page = client.post(url, {"note": "Alla har svarat."}, follow=True).text
    assert "Uppdraget är klart." in page
    assert "Du behöver inte göra något mer." in page
    event = one.events.get()
    assert (event.action, event.note, event.actor) == ("finish", "Alla har svarat.", one.person.user)
    client.post(url, {"note": "En gång till."})
    assert one.events.count() == 1


def test_nothing_is_mailed_when_it_was_done_or_got_another_day_meanwhile() -> None:
    one, other = assignment(today()), assignment(today())
    AssignmentReminder.objects.make(today())
    one.finish(by=None, note="")
    Assignment.objects.filter(pk=other.pk).update(due_on=today() + days(30))
    deliver_mail()
    assert mail.outbox == []


@pytest.mark.parametrize("note", ["x" * 10_000, "Klart\x00", ""])
def test_any_note_is_taken_or_refused_in_words(note: str) -> None:
    one = assignment(today())
    assert one.person
    page = browser(one.person.user).post(reverse("council:member_assignment", args=[one.pk]), {"note": note}, follow=True)
    assert page.status_code == 200
    assert ("Korta texten" in page.text) == (len(note) > 2000)


def test_somebody_elses_assignment_is_not_found() -> None:
    one = assignment(today())
    assert browser(builders.user()).post(reverse("council:member_assignment", args=[one.pk]), {"note": "Klart"}).status_code == 404
    assert Client().get(reverse("council:assignment", args=["this-is-nobodys-secret"])).status_code == 404
    assert Assignment.objects.get(pk=one.pk).status == "open"
