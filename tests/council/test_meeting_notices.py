"""The notice: one mail to each, with the papers that they may read and the meeting for their calendar."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from council.emails import meetings
from council.models import Meeting, MeetingEvent, Notice, NoticeReader, Reply
from council.tasks import deliver_mail
from idekom.lib import mail as mails
from tests.council.gathering import SECRET_ITEM, SECRET_LINK, SECRET_PAPER, add, everything, gather, mails_to
from tests.together import together

SECRETS = (SECRET_ITEM, SECRET_PAPER, SECRET_LINK)


def calendar_of(message: Any) -> Calendar:
    """The invitation that goes with a mail."""
    content = next(content for name, content, kind in message.attachments if name.endswith(".ics"))
    return Calendar.from_ical(content)


def test_notice_goes_once_to_everybody_who_is_called_to_substitutes_and_to_the_list(db: None) -> None:
    here = gather()
    NoticeReader.objects.create(body=here.meeting.body, name="Registrator", email="registrator@example.org")
    here.call()
    deliver_mail()
    people = [here.member(n) for n in range(4)] + [here.substitute(n) for n in range(4)]
    assert sorted(one.to[0] for one in mail.outbox) == sorted([*(person.user.email for person in people if person.user), "registrator@example.org"])
    assert Reply.objects.filter(meeting=here.meeting).count() == 4


def test_member_gets_agenda_papers_link_and_answer_address(db: None) -> None:
    here = gather()
    here.call()
    (message,) = mails_to(here.member(0))
    text = str(message.body)
    assert "1. Samverkan om lokaler" in text
    assert f"2. {SECRET_ITEM} (bara för ledamöter)" in text
    assert SECRET_LINK in text
    assert here.reply(0).token in text
    assert [one[0] for one in message.attachments] == ["01-lokalrapporten.pdf", "02-kanarie-papper.pdf", "03-kanarie-papper.pdf", "mote.ics"]


def test_what_is_internal_goes_to_members_and_to_nobody_else(db: None) -> None:
    here = gather()
    NoticeReader.objects.create(body=here.meeting.body, name="Registrator", email="registrator@example.org")
    here.call()
    members = {here.member(n).user.email for n in range(4)}  # type: ignore[union-attr]
    for message in mail.outbox:
        found = [secret for secret in SECRETS if secret in everything(message)]  # type: ignore[arg-type]
        assert found == (list(SECRETS) if message.to[0] in members else []), message.to
    (told,) = mails_to("registrator@example.org")
    assert "Samverkan om lokaler" in str(told.body)
    assert "01-lokalrapporten.pdf" in everything(told)
    assert "3. Öppet ämne" in str(told.body)  # the number that it has for the members


def test_invitation_is_valid_and_the_same_meeting_when_it_moves_and_is_cancelled(db: None) -> None:
    here = gather()
    here.call()
    first = here.meeting.starts_at
    here.meeting.move(by=here.office, starts_at=first + timedelta(days=1), ends_at=first + timedelta(days=1, hours=1))
    deliver_mail()
    here.meeting.cancel(by=here.office, note="Salen är trasig.")
    deliver_mail()
    sent = mails_to(here.member(0))
    books = [calendar_of(message) for message in sent]
    assert [str(book["method"]) for book in books] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [book.walk("VEVENT")[0] for book in books]
    assert {str(event["uid"]).partition("@")[0] for event in events} == {f"mote-{here.meeting.pk}"}
    assert [str(event["sequence"]) for event in events] == ["1", "2", "3"]
    assert events[1].decoded("dtstart") == timezone.localtime(first + timedelta(days=1)).replace(microsecond=0)
    assert str(events[2]["status"]) == "CANCELLED"
    assert all(book.walk("VTIMEZONE") and not book.walk("VEVENT")[0].errors for book in books)
    assert f"/mina-sidor/moten/{here.meeting.pk}/" in str(events[0]["url"])
    assert "mailto:" in str(events[0]["organizer"])
    assert here.member(0).user.email in str(events[0]["attendee"])  # type: ignore[union-attr]
    assert "Salen är trasig." in str(sent[2].body)
    assert sent[2].subject.startswith("Inställt")


def test_calendar_part_says_its_method(db: None) -> None:
    here = gather()
    here.call()
    (message,) = mails_to(here.substitute(0))
    types = [part.get_content_type() + " " + str(part.get_param("method")) for part in message.message().walk() if part.get_filename() == "mote.ics"]
    assert types == ["text/calendar REQUEST"]


def test_meeting_that_was_never_called_is_told_to_nobody(db: None) -> None:
    here = gather()
    here.meeting.cancel(by=here.office, note="Blir inte av.")
    deliver_mail()
    assert mail.outbox == []
    assert not Notice.objects.exists()
    assert not MeetingEvent.objects.filter(notified_at=None).exists()


def test_of_two_moves_in_a_row_only_the_last_is_mailed(db: None) -> None:
    here = gather()
    here.call()
    mail.outbox.clear()
    for days in (1, 2):
        starts_at = timezone.localtime() + timedelta(days=10 + days)
        here.meeting.move(by=here.office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), place=f"Sal {days}")
    deliver_mail()
    (message,) = mails_to(here.member(0))
    assert "Sal 2" in str(message.body)


def test_nothing_is_mailed_about_a_meeting_that_has_begun(db: None) -> None:
    here = gather()
    here.meeting.call(by=here.office)
    Meeting.objects.filter(pk=here.meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    deliver_mail()
    assert mail.outbox == []


def test_broken_address_does_not_stop_the_others(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    here = gather()
    broken = here.member(0).user
    assert broken
    real = mails.send

    def send(name: str, *, to: str, **rest: Any) -> None:
        if to == broken.email:
            raise OSError("no such mailbox")
        real(name, to=to, **rest)

    monkeypatch.setattr(mails, "send", send)
    here.call()
    assert len(mail.outbox) == 7
    waiting = Notice.objects.get(notified_at=None)
    assert (waiting.person, waiting.attempts) == (here.member(0), 1)


def test_papers_that_are_too_big_or_gone_are_links(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    here = gather()
    gone = add(here.meeting, "Borta", "Försvunnen").papers.get()
    gone.file.storage.delete(str(gone.file.name))
    monkeypatch.setattr(meetings, "MOST", 30)
    here.call()
    (message,) = mails_to(here.member(0))
    assert [one[0] for one in message.attachments] == ["01-lokalrapporten.pdf", "mote.ics"]
    assert f"/mina-sidor/moten/{here.meeting.pk}/underlag/{gone.pk}/" in str(message.body)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_notice_once() -> None:
    here = gather()
    here.meeting.call(by=here.office)
    results = together(3, lambda _which: deliver_mail())
    assert results == [None, None, None]
    deliver_mail()
    assert sorted(one.to[0] for one in mail.outbox) == sorted({one.to[0] for one in mail.outbox})
    assert len(mail.outbox) == 8
