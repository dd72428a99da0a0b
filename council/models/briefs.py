"""After a meeting: each member's brief for their sector, and that they have reported back, with whom and when. The share is public."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.models.agenda import AgendaItem, Outcome
from council.models.assignments import Assignment
from council.models.attendance import Attendance
from council.models.composition import Body, Mandate, Person, Seat
from council.models.meetings import Meeting
from council.models.reading import Line, agenda, ordinary_on
from idekom.lib.history import Outgoing

TELLS_FOR, GENTLE_AFTER = timedelta(days=60), timedelta(days=14)
"""Minutes that were adjusted longer ago are history, and nobody is mailed about them; after two weeks there is one reminder."""


def adjusted() -> QuerySet[Meeting]:
    """The meetings whose minutes everybody may read."""
    return Meeting.objects.filter(protocol__status="adjusted")


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
            voice=str(seat.sector or seat.label),
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


def _flat(lines: list[Line]) -> list[Line]:
    return [one for line in lines for one in (line, *_flat(line.parts))]


class NotBefore(ValidationError):
    """Nobody reports back from a meeting that has not been, or on a day that has not come."""

    def __init__(self) -> None:
        super().__init__(_("Välj en dag från mötet och fram till i dag."), code="not_before")


class ReportBackQuerySet(models.QuerySet["ReportBack"]):
    def shown(self) -> Self:
        """Those whose own words the members let everybody read, from meetings whose minutes are adjusted."""
        return self.filter(may_be_shown=True, meeting__in=adjusted().order_by()).exclude(words="").select_related("person")

    def counted(self) -> Self:
        """Those of people who held a seat on the day of the meeting."""
        held = Mandate.objects.valid().filter(
            role=Mandate.Role.ORDINARY, person=OuterRef("person"), seat__body=OuterRef("meeting__body"), period__contains=OuterRef("meeting__day")
        )
        return self.filter(Exists(held))

    def share(self, meetings: "QuerySet[Meeting]") -> "Share":
        """How many of those who could have have reported back from the adjusted ones among the meetings, all added up."""
        told = meetings.filter(protocol__status="adjusted").order_by()
        held = Mandate.objects.valid().filter(
            role=Mandate.Role.ORDINARY, seat__body__meetings__in=told, period__contains=F("seat__body__meetings__day")
        )
        seated = held.filter(seat__period__contains=F("seat__body__meetings__day"))
        members = seated.values("seat__body__meetings", "person").distinct().count()
        return Share(self.counted().filter(meeting__in=told).count(), members)

    def of_year(self, body: Body, year: int) -> "Share":
        """The share of all the body's meetings in a year."""
        return self.share(Meeting.objects.filter(body=body, day__year=year))

    def of_meeting(self, meeting: Meeting) -> "Share":
        """The share of one meeting."""
        return self.share(Meeting.objects.filter(pk=meeting.pk))


@dataclass(frozen=True)
class Share:
    """How many have reported back, of how many."""

    reported: int
    members: int


class ReportBack(models.Model):
    """A member has told their sector or office about a meeting: with whom, and when."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="report_backs")
    person = models.ForeignKey(Person, verbose_name=_("ledamot"), on_delete=models.PROTECT, related_name="report_backs")
    with_whom = models.CharField(_("med vilka"), max_length=240)
    on = models.DateField(_("när"))
    words = models.TextField(_("vad som kom fram"), blank=True, max_length=2000)
    may_be_shown = models.BooleanField(_("mina ord får visas"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ReportBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("återkoppling")
        verbose_name_plural = _("återkopplingar")
        ordering = ["meeting", "on", "pk"]
        constraints = [models.UniqueConstraint(name="a_member_reports_back_once_from_a_meeting", fields=["meeting", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("council:brief", args=[self.meeting_id])

    @classmethod
    def tell(cls, meeting: Meeting, person: Person, *, day: date, **fields: Any) -> "ReportBack":
        """Say, or say differently, that one has reported back; raises NotBefore."""
        if not meeting.on <= fields["on"] <= day:
            raise NotBefore
        told, _is_new = cls.objects.update_or_create(meeting=meeting, person=person, defaults=fields)
        return told


@dataclass(frozen=True)
class Attended:
    """A meeting that has been held while somebody held a seat."""

    meeting: Meeting
    was_there: bool
    report_back: ReportBack | None


@dataclass(frozen=True)
class MemberMeetings:
    """A member's part in the meetings, from adjusted minutes: when they were there, and when they reported back."""

    rows: list[Attended]

    @classmethod
    def of(cls, person: Person) -> "MemberMeetings":
        """All that everybody may know, the latest meeting first. Of a report back only that there is one, and the words that may be shown."""
        held = Mandate.objects.valid().filter(
            role=Mandate.Role.ORDINARY, person=person, seat__body=OuterRef("body"), period__contains=OuterRef("day")
        )
        meetings = list(adjusted().filter(Exists(held)).select_related("body").order_by("-starts_at"))
        there = set(Attendance.objects.filter(meeting__in=meetings, person=person, serves=True).values_list("meeting", flat=True))
        told = {one.meeting_id: one for one in ReportBack.objects.filter(meeting__in=meetings, person=person)}
        return cls([Attended(meeting, meeting.pk in there, told.get(meeting.pk)) for meeting in meetings])

    @property
    def attended(self) -> int:
        """At how many they were."""
        return sum(row.was_there for row in self.rows)

    @property
    def reported(self) -> int:
        """From how many they have reported back."""
        return sum(row.report_back is not None for row in self.rows)

    @property
    def by_year(self) -> list[tuple[int, int, int, int]]:
        """(year, meetings, attended, reported back), the latest first."""
        held, there, told = (Counter(row.meeting.on.year for row in rows) for rows in self._kinds())
        return [(year, held[year], there[year], told[year]) for year in sorted(held, reverse=True)]

    def _kinds(self) -> Iterable[list[Attended]]:
        return self.rows, [row for row in self.rows if row.was_there], [row for row in self.rows if row.report_back]


def seat_of(meeting: Meeting, person: Person) -> Seat | None:
    """The seat that somebody held on the day of a meeting, as ordinary."""
    mandate = ordinary_on(meeting).filter(person=person).select_related("seat__sector").first()
    return mandate.seat if mandate else None
