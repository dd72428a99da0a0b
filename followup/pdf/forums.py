"""What is printed for a dialogue forum: name tags, the list to tick at the door, and certificates for those who came."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from followup.models import Forum, ForumRegistration
from idekom.lib import pdf
from idekom.lib.canonical import digest

NOON = time(12, tzinfo=UTC)
TAGS_ON_A_SHEET = 10
LONG, LONGER, LONG_WORD = 13, 26, 15
"""More letters than so in a name, or in a word of it, and it is set smaller, so that it stays on its card."""


def name_tags(forum: Forum, day: date) -> bytes:
    """Cards with big names, ten on a sheet of A4, for everybody who has a place."""
    tags = [{"of": guest, "size": _size(guest.name)} for guest in _guests(forum)]
    return _set("tags", forum, day, sheets=[tags[first : first + TAGS_ON_A_SHEET] for first in range(0, len(tags), TAGS_ON_A_SHEET)])


def attendance_list(forum: Forum, day: date) -> bytes:
    """Everybody who has a place, with room for a tick; and what the kitchen and the hosts need to know."""
    guests = list(_guests(forum))
    return _set("attendance", forum, day, guests=guests, needy=[guest for guest in guests if guest.dietary_needs or guest.access_needs])


def certificates(forum: Forum, day: date) -> bytes:
    """A page for each who came."""
    return _set("certificates", forum, day, guests=_guests(forum).filter(has_come=True))


def _guests(forum: Forum) -> Any:
    return ForumRegistration.objects.coming().filter(forum=forum).select_related("party", "forum__round").order_by("name", "pk")


def _size(name: str) -> str:
    longest_word = max((len(word) for word in name.split()), default=0)
    return "longer" if len(name) > LONGER or longest_word > LONG_WORD else "long" if len(name) > LONG else "short"


def _set(name: str, forum: Forum, day: date, **context: Any) -> bytes:
    """The PDF of a template. On the same day it is the same, byte for byte."""
    moment = datetime.combine(day, NOON)
    page = {
        "forum": forum,
        "day": day,
        "portal": settings.PORTAL,
        "fonts": pdf.font_css(),
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    html = render_to_string(f"followup/forum/pdf/{name}.html", {**page, **context})
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)
