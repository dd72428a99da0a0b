"""The mails about finding a time."""

from typing import Any

from django.conf import settings
from django.utils import translation

from council.models import PollNotice
from council.models.reading import reader
from idekom.lib import mail


def opened(row: PollNotice) -> None:
    """Which times are asked about, and the member's own link to answer by."""
    poll = row.asked.poll
    _send("poll_opened", row, options=poll.options.all(), address=row.asked.address)


def chosen(row: PollNotice) -> None:
    """Which time it became."""
    meeting = row.asked.poll.meeting
    assert meeting is not None  # a constraint: a_chosen_time_is_a_meeting  # noqa: S101
    _to, language = reader(row.asked.person) or ("", settings.LANGUAGE_CODE)
    with translation.override(language):
        address, calendar = mail.absolute(meeting.get_absolute_url()), mail.absolute(meeting.calendar_url)
    _send("poll_chosen", row, meeting=meeting, address=address, calendar=calendar)


def notify(row: PollNotice) -> None:
    """Mail about it: about a question that is still open, or the time that was chosen."""
    poll = row.asked.poll
    if row.kind == PollNotice.Kind.CHOSEN:
        chosen(row)
    elif poll.status == poll.Status.OPEN:
        opened(row)


def _send(name: str, row: PollNotice, **context: Any) -> None:
    """To the member; somebody whose account has been closed meanwhile is not mailed."""
    found = reader(row.asked.person)
    if found is not None:
        to, language = found
        mail.send(f"council/{name}", to=to, language=language, key=f"poll-notice-{row.pk}", poll=row.asked.poll, **context)
