"""The minutes as plain data, drawn from the meeting, and the files made of them.

The data are what the adjusters approve. They are in Swedish, and hold words and names as they were that day: what changes name later
keeps its old name here. The public version is the same without what is internal; its paragraphs keep their numbers.
"""

import os
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agreement.models import Side
from council.models import AgendaItem, Assignment, Attendance, Meeting, Minutes, Place, Room
from council.models.agenda import Numbered
from council.models.minutes import folder
from council.pdf import minutes as paper
from idekom.lib.canonical import digest

if TYPE_CHECKING:
    from idekom.users.models import User

FORMAT = "idekom-protokoll/1"
LANGUAGE = "sv"


def of_meeting(meeting: Meeting, *, note: str = "") -> dict[str, Any]:
    """The minutes of a meeting as they would be now."""
    with translation.override(LANGUAGE):
        room = Room.of(meeting)
        coming = Meeting.objects.after(meeting).first()
        return {
            "format": FORMAT,
            "body": meeting.body.name,
            "starts_at": _moment(meeting.starts_at),
            "ends_at": _moment(meeting.ends_at),
            "place": meeting.place,
            "note": note,
            "chair": meeting.chair.name if meeting.chair else "",
            "secretary": meeting.secretary.name if meeting.secretary else "",
            "present": [_side(side, room) for side in Side],
            "others": [_other(one) for one in room.others],
            "absent": [_absent(side, room) for side in Side],
            "seats": len(room.places),
            "served": room.served,
            "missing": room.missing,
            "items": [_item(numbered) for numbered in meeting.items.prefetch_related("papers", "assignments__person").numbered()],
            "next_meeting": {"starts_at": _moment(coming.starts_at), "place": coming.place} if coming else None,
            "adjusters": [{"name": one.person.name, "side": one.side} for one in _adjusters(meeting)],
        }


def send(minutes: Minutes, *, by: "User") -> None:
    """Give the adjusters the minutes as they are now; nobody writes in the record meanwhile. Raises NotHeld, OneSided or WrongStatus."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
        minutes.send(of_meeting(meeting, note=minutes.note), by=by)


def public(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what is internal. How many paragraphs are left out is told, and nothing else about them."""
    items = [_public_item(item) for item in document["items"] if not item["is_internal"]]
    left_out = len(document["items"]) - len(items)
    parts_left_out = sum(len(item["parts"]) for item in document["items"] if not item["is_internal"]) - sum(len(item["parts"]) for item in items)
    return {**document, "items": items, "left_out": left_out + parts_left_out}


def unfinished(meeting: Meeting) -> list[str]:
    """What the minutes still lack, in words: to the secretary, before the adjusters get them."""
    room = Room.of(meeting)
    lacking = [
        _("§ %(number)s %(title)s har inget utfall.") % {"number": one.number, "title": one.item.title}
        for numbered in meeting.items.numbered()
        for one in (numbered, *numbered.parts)
        if not one.item.outcome and not one.parts
    ]
    if not room.served:
        lacking.append(_("Ingen är antecknad som närvarande."))
    if meeting.chair is None:
        lacking.append(_("Det står inte vem som var ordförande."))
    if meeting.secretary is None:
        lacking.append(_("Det står inte vem som var sekreterare."))
    return lacking


def print_files(minutes: Minutes) -> None:
    """Make the two files of adjusted minutes, and write down their checksums, once. Safe to run twice, and by two at once."""
    whole, for_all = files(minutes)
    for content in (whole, for_all):
        _keep(content)
    minutes.printed(whole=digest(whole), public=digest(for_all))


def files(minutes: Minutes) -> tuple[bytes, bytes]:
    """The file for members and the one for everybody, of the document as it was adjusted."""
    moment = minutes.adjusted_at or timezone.now()
    approved = [{"name": one.person.name, "side": one.side, "at": _moment(one.approved_at)} for one in minutes.adjusters.select_related("person")]
    return (
        paper.minutes(minutes.document, moment=moment, approved=approved),
        paper.minutes(public(minutes.document), moment=moment, approved=approved),
    )


def draft(minutes: Minutes) -> bytes:
    """The file as it would be now, marked as not adjusted."""
    document = minutes.document or of_meeting(minutes.meeting, note=minutes.note)
    return paper.minutes(document, moment=datetime.combine(minutes.meeting.on, time(12), tzinfo=timezone.get_current_timezone()))


def _keep(content: bytes) -> None:
    kept = folder() / f"{digest(content)}.pdf"
    if kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished: Path = kept.with_name(f"{uuid4()}.tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(kept)


def _adjusters(meeting: Meeting) -> Any:
    minutes = Minutes.objects.filter(meeting=meeting).first()
    return minutes.adjusters.select_related("person") if minutes else []


def _side(side: Side, room: Room) -> dict[str, Any]:
    people = [_present(one, place, room) for place in room.of_side(side) for one in place.present]
    return {"side": side.value, "name": str(side.label), "people": people}


def _present(one: Attendance, place: Place, room: Room) -> dict[str, Any]:
    """Somebody who was there for a seat. A substitute who serves does so for the seat's holder."""
    holder = place.seat.holder
    for_whom = holder.name if one.serves and one.capacity == Attendance.Capacity.SUBSTITUTE and holder else ""
    return {**_person(one), "voice": place.voice, "role": str(Attendance.Capacity(one.capacity).label), "serves": one.serves, "serves_for": for_whom}


def _absent(side: Side, room: Room) -> dict[str, Any]:
    """Those who hold a seat and were not there: the ordinary ones."""
    people = [
        {"name": mandate.person.name, "title": mandate.person.title, "voice": place.voice}
        for place in room.of_side(side)
        for mandate in place.absent
        if mandate.role == mandate.Role.ORDINARY
    ]
    return {"side": side.value, "name": str(side.label), "people": people}


def _other(one: Attendance) -> dict[str, Any]:
    return {**_person(one), "role": str(Attendance.Capacity(one.capacity).label), "words": one.words}


def _person(one: Attendance) -> dict[str, Any]:
    return {"name": one.person.name, "title": one.person.title, "arrived": _clock(one.arrived_at), "left": _clock(one.left_at)}


def _item(numbered: Numbered) -> dict[str, Any]:
    item = numbered.item
    earlier = item.tabled_from
    return {
        "number": numbered.number,
        "title": item.title,
        "is_internal": item.is_internal,
        "description": item.description,
        "discussion": item.discussion,
        "responsible": item.responsible.name if item.responsible else "",
        "outcome": item.outcome,
        "outcome_label": str(AgendaItem.Outcome(item.outcome).label) if item.outcome else "",
        "outcome_words": item.outcome_words,
        "working_group": item.working_group,
        "convener": item.convener.name if item.convener else "",
        "time_up": item.time_up,
        "tabled_on": earlier.meeting.on.isoformat() if earlier else "",
        "papers": [{"name": one.name, "is_internal": one.is_internal} for one in item.papers.all()],
        "assignments": [_assignment(one) for one in item.assignments.all()],
        "parts": [_item(part) for part in numbered.parts],
    }


def _public_item(item: dict[str, Any]) -> dict[str, Any]:
    papers = [one for one in item["papers"] if not one["is_internal"]]
    return {**item, "papers": papers, "parts": [_public_item(part) for part in item["parts"] if not part["is_internal"]]}


def _assignment(one: Assignment) -> dict[str, Any]:
    return {"what": one.what, "who": one.who, "for_whom": one.for_whom, "due_on": _day(one.due_on)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H.%M}" if at else ""
