"""Members who have told their sector or office about a meeting: with whom, and when. Only the number is public, and words that may be shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.models.attendance import Attendance
from council.models.composition import Body
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person


def adjusted() -> QuerySet[Meeting]:
    """The meetings whose minutes everybody may read."""
    return Meeting.objects.filter(protocol__status="adjusted")


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
        seated = Mandate.objects.valid().filter(  # all in one call: each would look at the meetings anew
            role=Mandate.Role.ORDINARY,
            seat__body__meetings__in=told,
            period__contains=F("seat__body__meetings__day"),
            seat__period__contains=F("seat__body__meetings__day"),
        )
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
