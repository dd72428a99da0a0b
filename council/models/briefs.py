"""After a meeting: each member's brief for their sector, once the minutes are adjusted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Sector
from council.models.agenda import AgendaItem, Outcome
from council.models.assignments import Assignment
from council.models.composition import Seat
from council.models.meetings import Meeting
from council.models.people import Person
from council.models.reading import Line, agenda, ordinary_on
from council.models.reports_back import ReportBack, adjusted
from idekom.lib.history import Outgoing

TELLS_FOR, GENTLE_AFTER = timedelta(days=60), timedelta(days=14)
"""Minutes that were adjusted longer ago are history, and nobody is mailed about them; after two weeks there is one reminder."""


class BriefQuerySet(models.QuerySet["Brief"]):
    def make(self, day: date) -> int:
        """Make the briefs of newly adjusted minutes, one for each member with a seat; returns how many members there are. Safe to repeat."""
        unmade = adjusted().exclude(briefs__kind=Brief.Kind.BRIEF).filter(protocol__adjusted_at__date__gte=day - TELLS_FOR)
        rows = [
            Brief(meeting=meeting, person_id=mandate.person_id, seat_id=mandate.seat_id, kind=Brief.Kind.BRIEF)
            for meeting in unmade
            for mandate in ordinary_on(meeting).order_by("seat__number")
        ]
        self.bulk_create(rows, ignore_conflicts=True)
        return len(rows)

    def make_reminders(self, day: date) -> int:
        """One gentle reminder two weeks after the brief to those who have not reported back. Safe to repeat."""
        done = ReportBack.objects.filter(meeting=OuterRef("meeting"), person=OuterRef("person"))
        old = self.filter(kind=Brief.Kind.BRIEF, notified_at__date__lte=day - GENTLE_AFTER, notified_at__date__gt=day - TELLS_FOR)
        late = old.exclude(Exists(done))
        rows = [Brief(meeting_id=one.meeting_id, person_id=one.person_id, seat_id=one.seat_id, kind=Brief.Kind.REMINDER) for one in late]
        self.bulk_create(rows, ignore_conflicts=True)
        return len(rows)


class Brief(Outgoing):
    """A mail to a member after a meeting: the brief for their sector, or the reminder to report back."""

    class Kind(models.TextChoices):
        BRIEF = "brief", _("kort om mötet")
        REMINDER = "reminder", _("påminnelse om återkoppling")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="briefs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="briefs")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="briefs")
    kind = models.CharField(max_length=8, choices=Kind)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("kort om ett möte")
        verbose_name_plural = _("kort om möten")
        constraints = [
            models.CheckConstraint(name="brief_kind_is_known", condition=Q(kind__in=["brief", "reminder"])),
            models.UniqueConstraint(name="a_member_gets_one_brief_of_a_meeting", fields=["meeting", "person", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.person}"


@dataclass(frozen=True)
class Told:
    """What a member tells their sector about a meeting, on one page: only what everybody may read."""

    meeting: Meeting
    voice: str
    decisions: list[Line]
    commitments: list[Line]
    assignments: list[Assignment]
    next_meeting: Meeting | None

    @classmethod
    def of(cls, meeting: Meeting, seat: Seat) -> "Told":
        """The brief of a meeting for the sector or the office that a seat speaks for."""
        lines = _flat(agenda(meeting, internal=False))
        told = [line for line in lines if line.item.outcome and line.item.kind not in FORMAL]
        given = Assignment.objects.public().filter(item__meeting=meeting).select_related("person", "item")
        return cls(
            meeting=meeting,
            voice=_voice(seat, meeting.on),
            decisions=[line for line in told if line.item.kind != AgendaItem.Kind.CHECK_IN],
            commitments=[line for line in told if line.item.kind == AgendaItem.Kind.CHECK_IN],
            assignments=list(given.order_by("due_on", "pk")),
            next_meeting=Meeting.objects.after(meeting).first(),
        )

    @property
    def tabled(self) -> list[Line]:
        """What comes back to a later meeting."""
        return [line for line in self.decisions if line.item.outcome == Outcome.TABLED]

    @property
    def settled(self) -> list[Line]:
        """What the meeting came to an end with."""
        return [line for line in self.decisions if line.item.outcome != Outcome.TABLED]


FORMAL = {AgendaItem.Kind.AGENDA, AgendaItem.Kind.PREVIOUS_MINUTES}
"""What nobody outside the room asks about."""


def _voice(seat: Seat, day: date) -> str:
    """What the seat speaks for, by its name of that day."""
    return str(Sector.objects.as_of(day)[seat.sector_id]) if seat.sector_id else seat.label


def _flat(lines: list[Line]) -> list[Line]:
    return [one for line in lines for one in (line, *_flat(line.parts))]


def seat_of(meeting: Meeting, person: Person) -> Seat | None:
    """The seat that somebody held on the day of a meeting, as ordinary."""
    mandate = ordinary_on(meeting).filter(person=person).select_related("seat__sector").first()
    return mandate.seat if mandate else None
