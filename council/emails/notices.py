"""The notice of a meeting, and that it has moved or is cancelled."""

from typing import Any

from django.utils import timezone, translation

from council.emails.meetings import about
from council.invites import invite
from council.models import Meeting, Notice, Reply
from council.models.reading import reader, sits_at
from idekom.lib import mail

NAMES = {"call": "notice", "move": "meeting_moved", "cancel": "meeting_cancelled"}


def notify(row: Notice) -> None:
    """Mail about the call, the move or the cancelling. Whom the portal knows no address of, the secretary sees on the desk."""
    to = _reader(row)
    if to is None or row.is_stale(timezone.now()):
        return
    email, language, name = to
    cancelled = row.event.action == "cancel"
    with translation.override(language):
        context = _context(row)
        internal = bool(context.pop("internal"))
        calendar = invite(row.meeting, to=email, name=name, revised_at=row.event.at, cancelled=cancelled, internal=internal)
    files = [calendar] if cancelled else [*context.pop("attachments"), calendar]
    context.pop("attachments", None)
    mail.send(
        f"council/{NAMES[row.event.action]}",
        to=email,
        language=language,
        key=f"meeting-notice-{row.pk}",
        attachments=files,
        who=name,
        note=row.event.note,
        **context,
    )


def preview(meeting: Meeting) -> mail.Rendered:
    """The notice as an ordinary member would get it, without the secret link."""
    with translation.override("sv"):
        context = about(meeting, internal=True)
    again = meeting.events.filter(action="call").exists()
    told = {"reply_url": mail.absolute("/radet/svar/…/"), "again": again, "is_listed": False, "note": "", "who": "…"}
    return mail.render("council/notice", language="sv", **{**context, **told})


def _reader(row: Notice) -> tuple[str, str, str] | None:
    if row.reader is not None:
        return row.reader.email, "sv", row.reader.name
    if row.person is None or (to := reader(row.person)) is None:
        return None
    return *to, row.person.name


def _context(row: Notice) -> dict[str, Any]:
    """What the mail says: all of it to those who sit at the meeting, what is public to the others."""
    meeting, person = row.meeting, row.person
    internal = person is not None and sits_at(meeting, person)
    reply = Reply.objects.filter(meeting=meeting, person=person).standing().first() if person else None
    again = row.event.action == "call" and meeting.events.filter(action="call", pk__lt=row.event_id).exists()
    told = {"reply_url": mail.absolute(reply.get_absolute_url()) if reply else "", "again": again, "is_listed": person is None}
    return {**about(meeting, internal=internal), **told, "internal": internal}
