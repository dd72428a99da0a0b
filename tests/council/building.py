"""Builders for meetings, papers and polls."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from pikepdf import Dictionary, Name, Pdf

from agreement.models import Side
from council.models import Adjuster, AgendaItem, Asked, Body, Mandate, Meeting, Minutes, Paper, TimeOption, TimePoll
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders


def called(of: Body | None = None, **fields: Any) -> Meeting:
    """A meeting whose notice has gone out."""
    meeting = builders.meeting(of, **fields)
    meeting.call(by=builders.user())
    return meeting


def held(of: Body | None = None, *, days_ago: int = 10, **fields: Any) -> Meeting:
    """A meeting that has been held; its minutes are not adjusted."""
    start = timezone.localtime() - timedelta(days=days_ago)  # the same hour by the clock, also in another time of the year
    meeting = called(of, **{"starts_at": start, "ends_at": start + timedelta(hours=2), **fields})
    meeting.hold(by=builders.user())
    return meeting


def item(of: Meeting, title: str = "Lokalerna", **fields: Any) -> AgendaItem:
    """An item, last on the agenda."""
    return AgendaItem.objects.add(of, title=title, **fields)


def adjusted(meeting: Meeting) -> Minutes:
    """The meeting's minutes, adjusted by one from each side."""
    minutes = Minutes.objects.create(meeting=meeting)
    users: list[User] = []
    for side in Side:
        user = builders.user()
        Adjuster.objects.create(minutes=minutes, person=builders.person(user=user), side=side)
        users.append(user)
    minutes.send({"meeting": meeting.pk}, by=builders.user())
    for user in users:
        minutes.approve(by=user, digest=minutes.digest)
    minutes.refresh_from_db()
    return minutes


def pdf(text: str = "Text") -> bytes:
    """A PDF with one line on its page."""
    book, made = Pdf.new(), BytesIO()
    page = book.add_blank_page(page_size=(595, 842))
    font = book.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    escaped = text.replace("\\", "").replace("(", "").replace(")", "")
    page.obj.Contents = book.make_stream(f"BT /F1 12 Tf 72 720 Td ({escaped}) Tj ET".encode("cp1252"))
    book.save(made)
    return made.getvalue()


def paper(of: AgendaItem, name: str = "Underlaget", content: bytes | None = None, **fields: Any) -> Paper:
    """A paper of an item."""
    return Paper.objects.create(item=of, name=name, file=ContentFile(content or pdf(), "x.pdf"), **fields)


def member(of: Body, **fields: Any) -> User:
    """Somebody with an account and a seat in the body."""
    user = builders.user(**fields)
    builders.seat(of).appoint(builders.person(user=user), role=Mandate.Role.ORDINARY, from_on=today() - timedelta(days=100))
    return user


def poll(of: Body | None = None, *, times: int = 2, **fields: Any) -> TimePoll:
    """A question about times that nobody has been asked yet; there is a member to ask."""
    body = of or builders.body()
    if not body.seats.exists():
        member(body)
    made = TimePoll.objects.create(**{"body": body, "title": "Extra möte", "place": "Provrummet", "closes_on": today() + timedelta(days=5), **fields})
    for number in range(times):
        option(made, timezone.now().replace(microsecond=0) + timedelta(days=20 + number))
    return made


def option(of: TimePoll, start: datetime) -> TimeOption:
    """A time of two hours."""
    return TimeOption.objects.create(poll=of, starts_at=start, ends_at=start + timedelta(hours=2))


def asked(of: TimePoll | None = None) -> Asked:
    """Somebody without an account who is asked in an open poll."""
    found = of or poll()
    if found.status == TimePoll.Status.DRAFT:
        builders.seat(found.body).appoint(builders.person(name="Utan konto"), role=Mandate.Role.ORDINARY, from_on=today())
        found.open(by=builders.user())
    return Asked.objects.get(poll=found, person__name="Utan konto")
