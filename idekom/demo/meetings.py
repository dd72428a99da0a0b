"""The council's meetings in the demo: one held some weeks ago, one held lately whose minutes wait, one that comes with its agenda."""

from datetime import timedelta
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from council.models import AgendaItem, Assignment, Attendance, Body, Meeting, Paper, Person
from idekom.lib.dated import today
from idekom.users.models import User

PLACES = [
    (-75, "Exempelsalen, Påhittsgatan 1"),
    (-12, "Exempelsalen, Påhittsgatan 1"),
    (18, "Provrummet, Låtsastorget 3"),
    (81, "Exempelsalen, Påhittsgatan 1"),
]
"""Days from today, and where."""
SUBJECTS = [
    ("Mötesplatser i stadsdelarna", "Vilka lokaler kan föreningar låna på kvällstid, och vad behöver ändras?", 25),
    ("Tidigt samråd om nya planer", "Planen finns inte på riktigt. Frågan är när föreningarna får veta.", 20),
    ("Hur rådet syns", "Förslag till en enkel presentation av rådet.", 15),
]
COMING = [
    ("Handlingsplanen för nästa år", "Genomgång av de aktiviteter som har föreslagits.", 30),
    ("Dialogforum i vår", "Vad ska forumet handla om, och vilka bjuder in?", 20),
]


def plan(body: Body) -> None:
    """The meetings, each with the items that an agenda has from the start."""
    for days, place in PLACES:
        starts = timezone.localtime().replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=days)
        meeting = Meeting.objects.create(
            body=body,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2, minutes=30),
            place=place,
            premeeting_at=starts - timedelta(hours=1),
            premeeting_place="Fikarummet",
        )
        AgendaItem.objects.begin(meeting)


def build(secretary: User) -> None:
    """What was said at the meetings that have been, and what the next one takes up."""
    body = Body.objects.council(today())
    meetings = list(body.meetings.order_by("starts_at")) if body else []
    past = [meeting for meeting in meetings if meeting.starts_at < timezone.now()][-2:]
    for meeting in past:
        for title, description, minutes in SUBJECTS if meeting == past[0] else []:
            AgendaItem.objects.add(meeting, title=title, description=description, minutes=minutes)
        _hold(meeting, secretary)
    for meeting in [meeting for meeting in meetings if meeting.starts_at > timezone.now()][:1]:
        _prepare(meeting)


def _hold(meeting: Meeting, secretary: User) -> None:
    """Everything that is written about a held meeting."""
    people = _present(meeting)
    meeting.chair = people[0] if people else None
    meeting.secretary = _person(secretary.name)
    meeting.save(update_fields=["chair", "secretary"])
    by_title = {item.title: item for item in meeting.items.all()}
    for item in by_title.values():
        if item.title == SUBJECTS[0][0]:
            item.conclude("tabled", by=secretary, words="Frågan bordläggs tills förvaltningen har räknat på lokalerna.")
        elif item.title == SUBJECTS[1][0] and people:
            item.conclude("referred", by=secretary, working_group="Arbetsgruppen för samråd", convener=people[-1])
        elif item.title == SUBJECTS[2][0] and people:
            item.conclude("assigned", by=secretary, words="Ett förslag tas fram till nästa möte.")
            due = today() + timedelta(days=10)
            Assignment.objects.create(item=item, what="Skriva ett förslag till presentation av rådet", person=people[0], for_whom="rådet", due_on=due)
            late = {"doer": "kansliet", "for_whom": "ledamöterna", "due_on": today() - timedelta(days=5)}
            Assignment.objects.create(item=item, what="Samla bilder från rådets möten", **late)
        else:
            item.conclude("approved" if item.kind in {"agenda", "previous_minutes"} else "noted", by=secretary)
    meeting.call(by=secretary)
    meeting.hold(by=secretary)
    meeting.events.update(at=meeting.ends_at, notified_at=meeting.ends_at)


def _present(meeting: Meeting) -> list[Person]:
    """Note who came: most of the holders, a few substitutes for those who did not, the secretary and a guest."""
    present = []
    for number, seat in enumerate(meeting.body.seats.on(meeting.on).with_holders(meeting.on)):
        if seat.holder and number % 4 != 3:
            late = meeting.starts_at + timedelta(minutes=20) if number == 2 else None
            present.append(Attendance(meeting=meeting, person=seat.holder, capacity="ordinary", seat=seat, serves=True, arrived_at=late))
        elif seat.substitute:
            present.append(Attendance(meeting=meeting, person=seat.substitute, capacity="substitute", seat=seat, serves=True))
    seated = list({one.person.pk: one for one in present}.values())
    others = [
        Attendance(meeting=meeting, person=_person("Sanna Sekreterare"), capacity="secretary"),
        Attendance(meeting=meeting, person=_person("Göran Gästsson"), capacity="guest", words="Påhittade föreningsrådet"),
    ]
    Attendance.objects.note(meeting, [*seated, *others])
    return [one.person for one in seated]


def _person(name: str) -> Person:
    return Person.objects.filter(name=name).first() or Person.objects.called(name)


def _prepare(meeting: Meeting) -> None:
    """The coming meeting: subjects with a part and a paper."""
    added = [AgendaItem.objects.add(meeting, title=title, description=words, minutes=minutes) for title, words, minutes in COMING]
    part = AgendaItem.objects.add(meeting, title="Samtal i grupper", parent=added[-1], minutes=10)
    AgendaItem.objects.add(meeting, title="Förtroendefråga om kansliet", minutes=5, is_internal=True)
    sheet, kept = pikepdf.new(), BytesIO()
    sheet.add_blank_page(page_size=(595, 842))
    sheet.save(kept)
    Paper.objects.create(item=part, name="Frågor till grupperna", file=ContentFile(kept.getvalue(), "fragor.pdf"))
