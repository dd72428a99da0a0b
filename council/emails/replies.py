"""The mail to a member who has not answered the notice."""

from typing import Any

from django.utils import timezone, translation

from council.models import Reply, ReplyReminder
from council.models.reading import reader
from idekom.lib import mail
from idekom.lib.dated import hours_in_words

NAME = "council/answer_reminder"


def notify(row: ReplyReminder) -> None:
    """Mail about it, unless they have answered meanwhile or the meeting has begun."""
    reply = Reply.objects.standing().waiting().called(timezone.now()).filter(pk=row.reply_id).first()
    to = reader(reply.person) if reply else None
    if reply is None or to is None:
        return
    email, language = to
    mail.send(NAME, to=email, language=language, key=f"answer-reminder-{row.pk}", **_context(reply, language))


def preview(reply: Reply) -> mail.Rendered:
    """The mail as a member would get it, without the secret link."""
    language = "sv"
    return mail.render(NAME, language=language, **{**_context(reply, language), "reply_url": mail.absolute("/radet/svar/…/")})


def _context(reply: Reply, language: str) -> dict[str, Any]:
    with translation.override(language):
        when = hours_in_words(reply.meeting.starts_at, reply.meeting.ends_at)
        reply_url = mail.absolute(reply.get_absolute_url())
    return {"meeting": reply.meeting, "who": reply.person.name, "when": when, "reply_url": reply_url}
