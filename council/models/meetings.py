"""When a body meets, where, and how far the meeting has come: planned, called, held."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from council.models.composition import Body
from council.models.people import Person
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", _("planerat")
    CALLED = "called", _("kallat")
    HELD = "held", _("hållet")
    CANCELLED = "cancelled", _("inställt")


SHOWS_AGENDA = Status.CALLED, Status.HELD
"""What is planned may still change, and what is cancelled takes nothing up."""

TRANSITIONS: Transitions = {
    "call": ({Status.PLANNED, Status.CALLED}, Status.CALLED),
    "hold": ({Status.PLANNED, Status.CALLED}, Status.HELD),
    "cancel": ({Status.PLANNED, Status.CALLED}, Status.CANCELLED),
}


NOTICE_DAYS = 21
"""So many days ahead the notice should have gone."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        """Those that are not cancelled."""
        return self.exclude(status=Status.CANCELLED)

    def coming(self, moment: datetime) -> Self:
        """Those that end after `moment`, the nearest first."""
        return self.filter(ends_at__gt=moment).order_by("starts_at")

    def past(self, moment: datetime) -> Self:
        """Those that have ended by `moment`, the latest first."""
        return self.filter(ends_at__lte=moment).order_by("-starts_at", "-pk")

    def of(self, slug: str | None) -> Self:
        """A body's meetings; the council's when no body is named."""
        return self.filter(body__slug=slug) if slug else self.filter(body__kind=Body.Kind.COUNCIL, body__parent=None)

    def found_by(self, day: date) -> "Meeting | None":
        """The meeting that a day's address stands for: the one held that day, or the one that was to be held then and has moved."""
        on_the_day = sorted(self.filter(day=day).order_by("-body__period", "-pk"), key=lambda meeting: meeting.status == Status.CANCELLED)
        return on_the_day[0] if on_the_day else self.filter(former_days__contains=[day]).order_by("-starts_at").first()

    def stamped(self) -> Self:
        """Each with `created_at` and `revised_at`: when it was written down, and when it was last changed."""
        first, last = Min("changes__pgh_created_at"), Max("changes__pgh_created_at")
        return self.annotate(created_at=Coalesce(first, F("starts_at")), revised_at=Coalesce(last, F("starts_at")))

    def before(self, meeting: "Meeting") -> Self:
        """The same body's meetings before this one, the latest first."""
        return self.standing().filter(body=meeting.body_id, starts_at__lt=meeting.starts_at).order_by("-starts_at")

    def after(self, meeting: "Meeting") -> Self:
        """The same body's meetings after this one, the nearest first."""
        return self.standing().filter(body=meeting.body_id, starts_at__gt=meeting.starts_at).order_by("starts_at")

    def to_call(self, moment: datetime) -> Self:
        """Those that come soon and whose notice has not gone, the nearest first."""
        return self.filter(status=Status.PLANNED, starts_at__range=(moment, moment + timedelta(days=NOTICE_DAYS))).order_by("starts_at")

    def to_hold(self, moment: datetime) -> Self:
        """Those that are over and that nobody has said were held, the oldest first."""
        return self.filter(status__in=[Status.PLANNED, Status.CALLED], ends_at__lt=moment).order_by("starts_at")

    def without_minutes(self) -> Self:
        """Those that were held and whose minutes have not gone to the adjusters, the oldest first."""
        return self.filter(Q(protocol=None) | Q(protocol__status="draft"), status=Status.HELD).order_by("starts_at")

    @contextmanager
    def being_recorded(self, pk: int) -> Iterator["Meeting"]:
        """A transaction in which somebody writes on the meeting's agenda or record. Raises WrongStatus when it is not recordable."""
        try:
            with transaction.atomic():
                meeting = self.select_for_update(of=("self",)).get(pk=pk)
                if not meeting.is_recordable:
                    raise WrongStatus
                yield meeting
        except IntegrityError as error:
            if "sent_minutes_stand" in str(error):  # sent a moment ago
                raise WrongStatus from error
            raise


@pghistory.track(exclude=["day"], model_name="MeetingChange")
class Meeting(Stateful):
    """A meeting of a body, at a place and a time, sometimes with a pre-meeting of one side or all."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("lokal"), max_length=160)
    link = models.URLField(_("länk för den som är med på distans"), blank=True, help_text=_("Visas bara för ledamöter och kansliet."))
    premeeting_at = models.DateTimeField(_("förmötet börjar"), null=True, blank=True)
    premeeting_place = models.CharField(_("förmötets lokal"), max_length=160, blank=True)
    chair = models.ForeignKey(Person, verbose_name=_("mötesordförande"), on_delete=models.PROTECT, null=True, blank=True, related_name="chaired")
    secretary = models.ForeignKey(Person, verbose_name=_("sekreterare"), on_delete=models.PROTECT, null=True, blank=True, related_name="recorded")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    day = models.GeneratedField(expression=TruncDate("starts_at"), output_field=models.DateField(), db_persist=True)
    former_days = ArrayField(models.DateField(), default=list, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-starts_at"]
        constraints = [
            status_is_known("meeting", Status),
            models.CheckConstraint(
                name="a_meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Mötet måste sluta efter att det har börjat."),
            ),
            models.CheckConstraint(
                name="a_premeeting_comes_before_the_meeting",
                condition=Q(premeeting_at=None) | Q(premeeting_at__lt=F("starts_at")),
                violation_error_message=_("Förmötet måste börja före mötet."),
            ),
            models.UniqueConstraint(
                name="a_body_meets_once_a_day",
                fields=["body", "day"],
                condition=~Q(status="cancelled"),
                violation_error_message=_("Organet har redan ett möte den dagen."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.body}, {date_format(timezone.localtime(self.starts_at), 'j F Y')}"

    def get_absolute_url(self) -> str:
        return self.address("meeting")

    @property
    def calendar_url(self) -> str:
        """The meeting for one's own calendar."""
        return f"{self.get_absolute_url()}kalender.ics"

    @property
    def shows_agenda(self) -> bool:
        """Whether everybody may read the agenda: once the notice has gone out."""
        return self.status in SHOWS_AGENDA

    @property
    def on(self) -> date:
        """The day of the meeting, where it is held."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_open(self) -> bool:
        """Whether it lies ahead: planned or called."""
        return self.status in {Status.PLANNED, Status.CALLED}

    def address(self, name: str) -> str:
        """The address of one of the meeting's pages: the council's meetings are known by their day, other bodies' by the body too."""
        if self.body.kind == Body.Kind.COUNCIL and self.body.parent_id is None:
            return reverse(f"council:{name}", args=[self.on])
        return reverse(f"council:body_{name}", args=[self.body.slug, self.on])

    @property
    def is_recordable(self) -> bool:
        """Whether its agenda, attendance and outcomes may still be written: until the adjusters have the minutes."""
        return self.status != Status.CANCELLED and not (hasattr(self, "protocol") and self.protocol.status != "draft")

    def has_come(self, day: date) -> bool:
        """Whether the day of the meeting has come: what is said there can be written down."""
        return self.on <= day

    def call(self, *, by: "User") -> "MeetingEvent":
        """Send the notice, with the agenda as it is now; again when something has changed. Raises WrongStatus."""
        return self._become("call", by=by, sequence=self.sequence + 1)  # type: ignore[return-value]

    @transaction.atomic
    def hold(self, *, by: "User") -> None:
        """The meeting has been held: what was tabled returns to the next one. Raises WrongStatus."""
        self._become("hold", by=by)
        self.items.model.objects.take_up_tabled(self.body)

    @transaction.atomic
    def cancel(self, *, by: "User", note: str) -> None:
        """It will not be held; `note` says why, to those who were called. What was tabled goes on to the next one. Raises WrongStatus."""
        self._become("cancel", by=by, note=note, sequence=self.sequence + 1)
        self.items.model.objects.take_up_tabled(self.body)

    @transaction.atomic
    def move(self, *, by: "User", starts_at: datetime, ends_at: datetime, **changes: Any) -> None:
        """Another time, or another place too. The old day's address leads on to the new one, and who was called is told."""
        held = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        before = held.on
        for name, value in {"starts_at": starts_at, "ends_at": ends_at, **changes}.items():
            setattr(self, name, value)
        if self.on != before:
            self.former_days = [*held.former_days, before]
        self.sequence = held.sequence + 1
        self.save(update_fields=["starts_at", "ends_at", "former_days", "sequence", *changes])
        self.refresh_from_db(fields=["day"])
        self._record("move", by=by)


class MeetingEvent(Event):
    """Something that happened to a meeting; those who are called are mailed about it."""

    BELL = "council.deliver_mail"

    subject = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett möte")
        verbose_name_plural = _("händelser i möten")
