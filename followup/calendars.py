"""A dialogue forum as a calendar file (RFC 5545)."""

from django.conf import settings
from django.utils.translation import gettext as _

from followup.models import Forum
from idekom.lib import calendars
from idekom.lib.calendars import MEDIA_TYPE
from idekom.lib.mail import absolute

FILE_NAME = "dialogforum.ics"

__all__ = ["FILE_NAME", "MEDIA_TYPE", "calendar"]


def calendar(forum: Forum) -> bytes:
    """The file, in the language in use. The same event each time; its number rises when time or place has changed."""
    address = absolute(forum.get_absolute_url())
    entry = calendars.Entry(
        key=f"dialogforum-{forum.round.year}",
        sequence=forum.sequence,
        revised_at=forum.revised_at,
        starts_at=forum.starts_at,
        ends_at=forum.ends_at,
        summary=_("Dialogforum %(year)s, %(name)s") % {"year": forum.round.year, "name": settings.PORTAL["name"]},
        location=forum.where,
        description=_("Programmet: %(address)s") % {"address": address},
        url=address,
    )
    return calendars.calendar([entry], what="Dialogforum")
