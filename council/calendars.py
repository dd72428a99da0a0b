"""Meetings as calendar files and feeds. The same event each time: its number rises when the notice goes out and when something changes."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from council.models import Meeting
from idekom.lib import calendars
from idekom.lib.mail import absolute

WHAT = "Möten"


def entry(meeting: Any) -> calendars.Entry:
    """A meeting, as `Meeting.objects.stamped()` fetched it, in the language in use. Nothing that is for members alone: not the link."""
    address = absolute(meeting.get_absolute_url())
    is_cancelled = meeting.status == Meeting.Status.CANCELLED
    summary = _("Inställt: %(body)s, möte") if is_cancelled else _("%(body)s, möte")
    lines = [_("Mötet är inställt.")] if is_cancelled else []
    if meeting.premeeting_at and not is_cancelled:
        lines.append(_premeeting(meeting))
    lines.append(_("Dagordning och handlingar: %(address)s") % {"address": address})
    return calendars.Entry(
        key=f"mote-{meeting.pk}",
        sequence=meeting.sequence,
        revised_at=meeting.revised_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=summary % {"body": meeting.body.name},
        location=meeting.place,
        description="\n".join(lines),
        url=address,
        is_cancelled=is_cancelled,
    )


def calendar(meetings: Iterable[Meeting], *, name: str = "") -> bytes:
    """The meetings as a file; with a name, as a feed."""
    return calendars.calendar((entry(meeting) for meeting in meetings), what=WHAT, name=name)


def _premeeting(meeting: Meeting) -> str:
    at = date_format(localtime(meeting.premeeting_at), "H.i")
    told = _("Förmöte kl. %(at)s, %(place)s.") if meeting.premeeting_place else _("Förmöte kl. %(at)s.")
    return told % {"at": at, "place": meeting.premeeting_place}
