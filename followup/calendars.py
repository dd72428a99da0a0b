"""A dialogue forum as a calendar file (RFC 5545)."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vUri

from followup.models import Forum
from idekom.lib.mail import absolute

MEDIA_TYPE = "text/calendar"
FILE_NAME = "dialogforum.ics"
STOCKHOLM = "\r\n".join(
    [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Stockholm",
        *("BEGIN:STANDARD", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT"),
        "END:VTIMEZONE",
        "",
    ]
)
"""As the rule says it: the library writes every change of the clock from 1970 to 2038 out, summer's one an hour late."""


def calendar(forum: Forum) -> bytes:
    """The file, in the language in use. The same event each time; its number rises when time or place has changed."""
    name = settings.PORTAL["name"]
    book = Calendar()
    book.add("prodid", f"-//{name}//Dialogforum//SV")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add_component(Timezone.from_ical(STOCKHOLM))
    address = absolute(forum.get_absolute_url())
    event = Event()
    event.add("uid", f"dialogforum-{forum.round.year}@{settings.SITE_URL.partition('://')[2].partition(':')[0].partition('/')[0]}")
    event.add("sequence", forum.sequence)
    event.add("dtstamp", forum.revised_at)
    event.add("last-modified", forum.revised_at)
    event.add("dtstart", timezone.localtime(forum.starts_at))
    event.add("dtend", timezone.localtime(forum.ends_at))
    event.add("summary", _("Dialogforum %(year)s, %(name)s") % {"year": forum.round.year, "name": name})
    event.add("location", forum.where)
    event.add("description", _("Programmet: %(address)s") % {"address": address})
    event.add("url", vUri(address))
    book.add_component(event)
    return bytes(book.to_ical())
