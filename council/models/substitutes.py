"""Substitutes are asked in turn, one at a time for a seat, until one says yes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.models.composition import Seat
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person
from council.models.reading import reader
from council.models.replies import AnswersClosed, Reply, in_turn
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, ring, status_is_known
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

PATIENCE, SHORTEST = timedelta(hours=24), timedelta(hours=1)
"""How long somebody has to answer: a day, a quarter of the time that is left when that is less, and at least an hour."""


class Status(models.TextChoices):
    """How it stands with a substitute who has been asked."""

    ASKED = "asked", _("har fått frågan")
    ACCEPTED = "accepted", _("kommer i stället")
    DECLINED = "declined", _("kan inte")
    EXPIRED = "expired", _("svarade inte i tid")
    RELEASED = "released", _("behövs inte")


TRANSITIONS: Transitions = {
    "ask": ({Status.RELEASED}, Status.ASKED),
    "accept": ({Status.ASKED, Status.EXPIRED, Status.DECLINED}, Status.ACCEPTED),
    "decline": ({Status.ASKED, Status.EXPIRED, Status.ACCEPTED}, Status.DECLINED),
    "expire": ({Status.ASKED}, Status.EXPIRED),
    "release": ({Status.ASKED, Status.ACCEPTED}, Status.RELEASED),
    "clear": ({Status.ASKED, Status.ACCEPTED, Status.DECLINED, Status.EXPIRED}, Status.RELEASED),
}


class NotNeeded(ValidationError):
    """Somebody else was quicker, or the member comes after all."""

    def __init__(self) -> None:
        super().__init__(_("Tack, men ingen ersättare behövs längre: någon annan hann före, eller så kommer ledamoten själv."), code="not_needed")


def answer_by(now: datetime, starts_at: datetime) -> datetime:
    """Until when somebody who is asked now has to answer."""
    return min(now + min(PATIENCE, max(SHORTEST, (starts_at - now) / 4)), starts_at)


class SubstituteRequestQuerySet(models.QuerySet["SubstituteRequest"]):
    def engaged(self) -> Self:
        """Those who have been asked and may still answer, and those who have said yes."""
        return self.filter(status__in=[Status.ASKED, Status.ACCEPTED])

    def accepted(self) -> Self:
        """Those who come."""
        return self.filter(status=Status.ACCEPTED)

    def call(self, now: datetime) -> int:
        """Go on to the next where the time is out, and ask for every seat whose member is away. Safe to repeat; returns how many are asked."""
        for late in self.filter(status=Status.ASKED, answer_by__lte=now):
            late.expire(now=now)
        away = Reply.objects.called(now).away().standing().exclude(requests__status__in=[Status.ASKED, Status.ACCEPTED])
        return sum(self.ask_next(reply, now) for reply in away.order_by("answered_at", "pk"))

    @transaction.atomic
    def ask_next(self, reply: Reply, now: datetime) -> bool:
        """Ask the next substitute for the member's seat, unless one is asked already; returns whether anybody was."""
        meeting = in_turn(reply.meeting_id)
        reply.refresh_from_db(fields=["status"])
        if not reply.is_away or self.filter(meeting=meeting, seat=reply.seat_id).engaged().exists():
            return False
        person = next(candidates(reply), None)
        if person is None:
            return False
        until = answer_by(now, meeting.starts_at)
        again = self.filter(meeting=meeting, seat=reply.seat_id, person=person).first()
        if again is not None:
            again._become("ask", by=None, reply=reply, asked_at=now, answer_by=until)
        else:
            made = self.create(meeting=meeting, seat_id=reply.seat_id, person=person, reply=reply, asked_at=now, answer_by=until)
            made._record("ask", by=None)
        return True


def candidates(reply: Reply) -> Iterator[Person]:
    """Who may be asked, the nearest first: the seat's own substitute, then others of the sector, of the group, of the side.

    Not those who sit at the meeting themselves, who have been asked about it already, or whom the portal cannot mail.
    """
    meeting = reply.meeting
    seats = list(meeting.body.seats.on(meeting.on).with_holders(meeting.on))
    own = next((seat for seat in seats if seat.pk == reply.seat_id), None)
    if own is None:
        return
    taken = {seat.holder.pk for seat in seats if seat.holder}
    asked = SubstituteRequest.objects.filter(meeting=meeting).exclude(status=Status.RELEASED)
    taken |= set(asked.values_list("person", flat=True))
    near = sorted((rank, seat.number, seat) for seat in seats if (rank := distance(own, seat)) is not None)
    for _rank, _number, seat in near:
        person = seat.substitute
        if person is not None and person.pk not in taken and reader(person) is not None:
            yield person


def distance(own: Seat, seat: Seat) -> int | None:
    """How near a seat's substitute stands to another seat; None: they speak for the other side."""
    if seat.pk == own.pk:
        return 0
    if own.sector_id is not None and seat.sector_id == own.sector_id:
        return 1
    if seat.group_id == own.group_id:
        return 2
    return 3 if seat.side == own.side else None


class SubstituteRequest(Stateful):
    """A substitute who is asked to serve for a seat at a meeting."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="requests")
    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, verbose_name=_("ersättare"), on_delete=models.PROTECT, related_name="requests")
    reply = models.ForeignKey(Reply, verbose_name=_("i stället för"), on_delete=models.PROTECT, related_name="requests")
    status = models.CharField(_("svar"), max_length=8, choices=Status, default=Status.ASKED, editable=False)
    asked_at = models.DateTimeField(_("frågades"), editable=False)
    answer_by = models.DateTimeField(_("svar senast"), editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    objects = SubstituteRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga till ersättare")
        verbose_name_plural = _("frågor till ersättare")
        ordering = ["meeting", "seat__number", "asked_at", "pk"]
        constraints = [
            status_is_known("substitute_request", Status),
            models.UniqueConstraint(name="a_substitute_is_asked_once_for_a_seat", fields=["meeting", "seat", "person"]),
            models.UniqueConstraint(name="a_seat_has_one_accepted_substitute", fields=["meeting", "seat"], condition=Q(status="accepted")),
            models.UniqueConstraint(name="one_substitute_is_asked_at_a_time", fields=["meeting", "seat"], condition=Q(status="asked")),
            models.UniqueConstraint(
                name="a_substitute_is_asked_for_one_seat_at_a_time", fields=["meeting", "person"], condition=Q(status__in=["asked", "accepted"])
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("council:substitute", args=[self.token])

    def stands(self) -> bool:
        """Whether the person is a substitute in the body on the day of the meeting."""
        held = Mandate.objects.valid().on(self.meeting.on).filter(person=self.person_id, seat__body=self.meeting.body_id)
        return held.filter(role=Mandate.Role.SUBSTITUTE).exists()

    def is_needed(self) -> bool:
        """Whether a yes would still count: the member is away, and nobody else has said it."""
        others = type(self).objects.filter(meeting=self.meeting_id).exclude(pk=self.pk)
        taken = others.filter(seat=self.seat_id).accepted() | others.filter(person=self.person_id).engaged()
        return self.may("accept") and self.reply.is_away and not taken.exists()

    @transaction.atomic
    def accept(self, *, by: "User | None", now: datetime | None = None) -> None:
        """They serve for the seat; whoever else was asked for it is told. Raises AnswersClosed and NotNeeded."""
        self._turn(now)
        if self.status == Status.ACCEPTED:
            return
        if not self.is_needed() or not self.stands():
            raise NotNeeded
        for other in type(self).objects.filter(meeting=self.meeting_id, seat=self.seat_id).exclude(pk=self.pk).engaged():
            other.release(by=by)
        self._become("accept", by=by)

    @transaction.atomic
    def decline(self, *, by: "User | None", now: datetime | None = None) -> None:
        """They cannot, or can no longer: the next one is asked. Raises AnswersClosed."""
        self._turn(now)
        if self.may("decline"):
            self._become("decline", by=by)
            ring("council.sweep")

    @transaction.atomic
    def expire(self, *, now: datetime) -> None:
        """They have not answered in time. They may still say yes as long as nobody else has."""
        self._turn(now, late=True)
        if self.status == Status.ASKED and self.answer_by <= now:
            self._become("expire", by=None)

    def release(self, *, by: "User | None") -> None:
        """They are not needed any more. Raises WrongStatus."""
        self._become("release", by=by)

    def clear(self) -> None:
        """What they said was about another time. Raises WrongStatus."""
        self._become("clear", by=None)

    def _turn(self, now: datetime | None, *, late: bool = False) -> None:
        meeting, moment = in_turn(self.meeting_id), now or timezone.now()
        self.refresh_from_db(fields=["status", "answer_by"])
        self.reply.refresh_from_db(fields=["status"])
        if not late and (not meeting.is_open or meeting.starts_at <= moment):
            raise AnswersClosed


class SubstituteEvent(Event):
    """Something that happened to a question to a substitute; they are mailed about it."""

    BELL = "council.deliver_mail"

    subject = models.ForeignKey(SubstituteRequest, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en fråga till ersättare")
        verbose_name_plural = _("händelser i frågor till ersättare")
