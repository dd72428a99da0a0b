"""A meeting as an invitation in somebody's calendar (RFC 5546): the same event each time, taken away again when it is cancelled."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vCalAddress, vText

from council.models import Meeting
from idekom.lib.calendars import STOCKHOLM, Entry
from idekom.lib.mail import Attached, absolute

FILE_NAME = "mote.ics"


def invite(meeting: Meeting, *, to: str, name: str, revised_at: datetime, cancelled: bool = False, internal: bool = False) -> Attached:
    """The file that goes with a mail, in the language in use. The link for those who are not in the room is for members alone."""
    method = "CANCEL" if cancelled else "REQUEST"
    book = Calendar()
    book.add("prodid", f"-//{settings.PORTAL['name']}//Kallelse//SV")
    book.add("version", "2.0")
    book.add("method", method)
    book.add_component(Timezone.from_ical(STOCKHOLM))
    event = _entry(meeting, revised_at, cancelled=cancelled, internal=internal).event()
    organizer = vCalAddress(f"mailto:{settings.PORTAL['contact_email']}")
    organizer.params["cn"] = vText(settings.PORTAL["name"])
    event["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["cn"] = vText(name)
    attendee.params["rsvp"] = vText("FALSE")  # one answers on the portal, where the substitutes are called from
    event.add("attendee", attendee, encode=False)
    book.add_component(event)
    return Attached(FILE_NAME, book.to_ical(), f"text/calendar; method={method}")


def _entry(meeting: Meeting, revised_at: datetime, *, cancelled: bool, internal: bool) -> Entry:
    address = absolute(reverse("council:member_meeting", args=[meeting.pk]))
    lines = [_("Dagordning och underlag: %(address)s") % {"address": address}]
    if internal and meeting.link:
        lines.append(_("På distans: %(link)s") % {"link": meeting.link})
    return Entry(
        key=f"mote-{meeting.pk}",
        sequence=meeting.sequence,
        revised_at=revised_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=_("%(body)s, möte") % {"body": meeting.body.name},
        location=meeting.place,
        description="\n".join(lines),
        url=address,
        is_cancelled=cancelled,
    )
