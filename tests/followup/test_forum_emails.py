"""The mails about a forum: each once, and nothing that is no longer so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from icalendar import Calendar

from followup.models import Forum, ForumRegistration, ForumRegistrationEvent
from followup.tasks import deliver_mail, forget

pytestmark = pytest.mark.django_db
Mails = list[EmailMultiAlternatives]


def subjects(mails: Mails) -> list[str]:
    """What has been sent, with to whom."""
    return [f"{mail.to[0]}: {mail.subject}" for mail in mails]


def test_a_place_is_confirmed_with_a_calendar_file(make: Any, mailoutbox: Mails) -> None:
    registration = make.registration(make.forum(make.round(2026)), name="Alva", email="alva@example.org")
    deliver_mail()
    deliver_mail()
    (mail,) = mailoutbox
    assert subjects([mail]) == ["alva@example.org: Ni är anmälda till dialogforum 2026"]
    assert registration.forum.when in mail.body
    assert registration.address in mail.body
    assert registration.address in str(mail.alternatives[0][0])
    (name, content, media_type) = mail.attachments[0]
    assert (name, media_type) == ("dialogforum.ics", "text/calendar")
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["LOCATION"]) == "Provsalen, Provgatan 1"
    assert b"text/calendar" in mail.message().as_bytes()


def test_the_queue_the_place_that_became_free_and_goodbye(make: Any, mailoutbox: Mails) -> None:
    forum = make.forum(make.round(2026), places=1)
    first, _second = make.registration(forum, email="alva@example.org"), make.registration(forum, email="bo@example.org")
    deliver_mail()
    first.cancel()
    deliver_mail()
    assert subjects(mailoutbox) == [
        "alva@example.org: Ni är anmälda till dialogforum 2026",
        "bo@example.org: Ni står på väntelistan till dialogforum 2026",
        "alva@example.org: Ni är avanmälda från dialogforum 2026",
        "bo@example.org: Ni har fått en plats på dialogforum 2026",
    ]
    assert [len(mail.attachments) for mail in mailoutbox] == [1, 0, 0, 1]


def test_who_gave_the_place_back_before_the_mail_went_hears_of_that_alone(make: Any, mailoutbox: Mails) -> None:
    make.registration(make.forum(make.round(2026)), email="alva@example.org").cancel()
    deliver_mail()
    assert subjects(mailoutbox) == ["alva@example.org: Ni är avanmälda från dialogforum 2026"]
    assert not ForumRegistrationEvent.objects.filter(notified_at=None).exists()


def test_a_forum_moved_twice_is_told_once_to_all_who_are_expected(make: Any, mailoutbox: Mails) -> None:
    forum, by = make.forum(make.round(2026), places=1), make.user()
    make.registration(forum, email="alva@example.org")
    make.registration(forum, email="bo@example.org")
    ForumRegistrationEvent.objects.update(notified_at=timezone.now())
    for venue in ("Fel sal", "Rätt sal"):
        forum.venue = venue
        forum.plan(by=by)
    deliver_mail()
    told = "Ny tid eller plats för dialogforum 2026"
    assert sorted(subjects(mailoutbox)) == [f"alva@example.org: {told}", f"bo@example.org: {told}"]
    has_place, waits = sorted(mailoutbox, key=lambda mail: mail.to)
    assert ("Rätt sal" in has_place.body, "Rätt sal" in waits.body, "Ni står kvar på väntelistan." in waits.body) == (True, True, True)
    assert "SEQUENCE:2" in str(has_place.attachments[0][1])
    assert waits.attachments == []


def test_nobody_is_mailed_about_a_forum_that_has_been(make: Any, mailoutbox: Mails) -> None:
    make.registration()
    before = timezone.now() - timedelta(days=3)
    Forum.objects.update(starts_at=before, ends_at=before + timedelta(hours=1), closes_on=timezone.localdate(before))
    deliver_mail()
    assert mailoutbox == []


def test_an_english_reader_gets_english_addresses(make: Any, mailoutbox: Mails) -> None:
    make.registration(make.forum(make.round(2026)), language="en")
    deliver_mail()
    assert "/en/uppfoljning/2026/forum/" in mailoutbox[0].body


def test_the_night_forgets_what_is_due(make: Any) -> None:
    make.registration(dietary_needs="vegan")
    before = timezone.now() - timedelta(days=9)
    Forum.objects.update(starts_at=before, ends_at=before + timedelta(hours=1), closes_on=timezone.localdate(before))
    forget()
    assert ForumRegistration.objects.get().dietary_needs == ""
