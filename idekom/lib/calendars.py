"""Calendar files and feeds (RFC 5545): the same event each time, with a number that rises when something has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vUri

MEDIA_TYPE = "text/calendar"
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


@dataclass(frozen=True)
class Entry:
    """Something in a calendar. `key` stays the same for ever, `sequence` rises with each change, `url` leads back to its page."""

    key: str
    sequence: int
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    url: str
    is_cancelled: bool = False

    @property
    def uid(self) -> str:
        """What calendars know it by."""
        return f"{self.key}@{settings.SITE_URL.partition('://')[2].partition(':')[0].partition('/')[0]}"

    def event(self) -> Event:
        """As a part of a calendar."""
        event = Event()
        event.add("uid", self.uid)
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.revised_at)
        event.add("last-modified", self.revised_at)
        event.add("dtstart", timezone.localtime(self.starts_at))
        event.add("dtend", timezone.localtime(self.ends_at))
        event.add("summary", self.summary)
        event.add("location", self.location)
        event.add("description", self.description)
        event.add("url", vUri(self.url))
        if self.is_cancelled:
            event.add("status", "CANCELLED")
        return event


def calendar(entries: Iterable[Entry], *, what: str, name: str = "") -> bytes:
    """The file. `what` says what it holds, for programs; with a `name` it is a feed that calendars call so and fetch again."""
    book = Calendar()
    book.add("prodid", f"-//{settings.PORTAL['name']}//{what}//SV")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    if name:
        book.add("name", name)
        book.add("x-wr-calname", name)
        book.add("refresh-interval;value=duration", "PT6H")
        book.add("x-published-ttl", "PT6H")
    book.add_component(Timezone.from_ical(STOCKHOLM))
    for entry in entries:
        book.add_component(entry.event())
    return bytes(book.to_ical())
