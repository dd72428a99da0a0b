"""What everybody sees of a meeting's agenda: no internal items or papers, and what came of it only when the minutes are adjusted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from council.models import AgendaItem, Assignment, Meeting, Paper
from council.models.agenda import anchor


@dataclass(frozen=True)
class Earlier:
    """A time that a returned item was taken up before."""

    meeting: Meeting
    number: str

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"{self.meeting.get_absolute_url()}#{anchor(self.number)}"


@dataclass(frozen=True)
class Point:
    """An item as everybody sees it. `is_told`: its outcome and assignments are public."""

    number: str
    item: AgendaItem
    starts_at: datetime | None
    is_told: bool
    papers: list[Paper]
    assignments: list[Assignment]
    earlier: list[Earlier]
    parts: "list[Point]"

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.number)

    @property
    def again(self) -> str:
        """That it is taken up again, in words; empty the first time."""
        return _("Tas upp för %(turn)s.") % {"turn": self.item.turn} if self.item.turn else ""


def points(meeting: Meeting) -> list[Point]:
    """The public agenda of a meeting, in order; empty as long as it is not public."""
    shown = list(AgendaItem.objects.shown().filter(meeting=meeting).select_related("responsible", "convener").order_by("position"))
    if not shown:
        return []
    everything = AgendaItem.objects.filter(meeting=meeting)
    numbers, starts, pks = everything.numbers(), _starts(meeting), [item.pk for item in shown]
    is_told = AgendaItem.objects.told().filter(meeting=meeting).exists()
    papers = list(Paper.objects.public().filter(item__in=pks))
    assignments = list(Assignment.objects.public().filter(item__in=pks).select_related("person"))
    earlier = _earlier(shown)

    def point(item: AgendaItem) -> Point:
        return Point(
            number=numbers[item.pk],
            item=item,
            starts_at=starts.get(item.pk),
            is_told=is_told,
            papers=[paper for paper in papers if paper.item_id == item.pk],
            assignments=[assignment for assignment in assignments if assignment.item_id == item.pk],
            earlier=earlier.get(item.pk, []),
            parts=[point(part) for part in shown if part.parent_id == item.pk],
        )

    return [point(item) for item in shown if item.parent_id is None]


def _starts(meeting: Meeting) -> dict[int, datetime]:
    """When each item of the top level begins, as long as the ones before it say how long they take."""
    found: dict[int, datetime] = {}
    clock = meeting.starts_at
    for pk, minutes in meeting.items.filter(parent=None).order_by("position").values_list("pk", "minutes"):
        found[pk] = clock
        if minutes is None:
            break
        clock += timedelta(minutes=minutes)
    return found


def _earlier(items: list[AgendaItem]) -> dict[int, list[Earlier]]:
    """{item: the times that it was taken up before, the first one first}: those that everybody may read of."""
    came_from = {item.pk: item.tabled_from_id for item in items if item.tabled_from_id}
    known: dict[int, AgendaItem] = {}
    wanted = set(came_from.values())
    while wanted:  # a step back in time for all of them at once
        found = AgendaItem.objects.filter(pk__in=wanted).select_related("meeting__body")
        known |= {item.pk: item for item in found}
        wanted = {item.tabled_from_id for item in known.values() if item.tabled_from_id} - set(known)
    shown = set(AgendaItem.objects.shown().filter(pk__in=known).values_list("pk", flat=True)) if known else set()
    numbers = AgendaItem.objects.filter(meeting__in={item.meeting_id for item in known.values()}).numbers() if known else {}
    chains: dict[int, list[Earlier]] = {}
    for pk, source in came_from.items():
        chain: list[AgendaItem] = []
        step: int | None = source
        while step:
            chain.insert(0, known[step])
            step = known[step].tabled_from_id
        chains[pk] = [Earlier(item.meeting, numbers[item.pk]) for item in chain if item.pk in shown]
    return chains
