"""Who was in the room: for which seat, from when to when, and which voices were missing. Only those who serve count."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from agreement.models import Sector, Side
from council.models.agenda import LOCKED
from council.models.composition import Seat
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.people import Person


class Capacity(models.TextChoices):
    """As what somebody is in the room."""

    ORDINARY = "ordinary", _("ordinarie")
    SUBSTITUTE = "substitute", _("ersättare")
    CO_OPTED = "co_opted", _("adjungerad")
    SECRETARY = "secretary", _("sekreterare")
    GUEST = "guest", _("gäst")


SEATED = Capacity.ORDINARY, Capacity.SUBSTITUTE


def _one_point(key: str) -> Func:
    return Func(F(key), F(key), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def serving(self) -> Self:
        """Those who hold a seat at the meeting, as ordinary or as the substitute who serves."""
        return self.filter(serves=True)

    def note(self, meeting: Meeting, present: "list[Attendance]") -> dict[int, ValidationError]:
        """Let these, and nobody else, have been at the meeting. Returns what is wrong by its place in the list, and then changes nothing.

        Raises WrongStatus when the meeting is cancelled or its minutes are adjusted.
        """
        wrong: dict[int, ValidationError] = {}
        with Meeting.objects.being_recorded(meeting.pk):
            known = {one.facts: one.pk for one in self.filter(meeting=meeting)}
            wanted = {one.facts for one in present}
            self.filter(pk__in=[pk for facts, pk in known.items() if facts not in wanted]).delete()  # first: others may take their seats
            for place, one in enumerate(present):
                try:
                    if one.facts not in known:
                        one.full_clean()
                        one.save()
                except ValidationError as error:
                    wrong[place] = error
            transaction.set_rollback(bool(wrong))
        return wrong


@pghistory.track(model_name="AttendanceChange")
class Attendance(models.Model):
    """Somebody at a meeting. A substitute serves for a seat, or only listens."""

    Capacity = Capacity

    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="attendances")
    capacity = models.CharField(_("som"), max_length=12, choices=Capacity)
    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    serves = models.BooleanField(_("tjänstgör"), default=False)
    words = models.CharField(_("som företräder"), max_length=160, blank=True, help_text=_("För adjungerade och gäster: organisation eller uppgift."))
    arrived_at = models.DateTimeField(_("kom"), null=True, blank=True, help_text=_("Bara för den som kom sent."))
    left_at = models.DateTimeField(_("gick"), null=True, blank=True, help_text=_("Bara för den som gick tidigt."))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("närvarande")
        verbose_name_plural = _("närvarande")
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(name="attendance_capacity_is_known", condition=Q(capacity__in=Capacity.values)),
            models.UniqueConstraint(
                name="a_person_is_at_a_meeting_once",
                fields=["meeting", "person"],
                violation_error_message=_("Personen är redan antecknad som närvarande."),
            ),
            models.CheckConstraint(
                name="who_serves_has_a_seat_and_who_has_none_does_not_serve",
                condition=Q(capacity="ordinary", seat__isnull=False, serves=True)
                | Q(capacity="substitute", seat__isnull=False)
                | (Q(capacity__in=["co_opted", "secretary", "guest"]) & Q(seat=None, serves=False)),
                violation_error_message=_("Ordinarie och ersättare har en plats. Adjungerade, gäster och sekreteraren har ingen."),
            ),
            models.CheckConstraint(
                name="who_leaves_has_come",
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gt=F("arrived_at")),
                violation_error_message=_("Tiden då personen gick måste komma efter tiden då personen kom."),
            ),
            ExclusionConstraint(
                name="a_seat_is_served_by_one_at_a_time",
                index_type="GIST",
                expressions=[
                    (_one_point("meeting"), RangeOperators.OVERLAPS),
                    (_one_point("seat"), RangeOperators.OVERLAPS),
                    (Func(F("arrived_at"), F("left_at"), function="tstzrange", output_field=DateTimeRangeField()), RangeOperators.OVERLAPS),
                ],
                condition=Q(serves=True),
                violation_error_message=_("Någon tjänstgör redan för den platsen under den tiden. Skriv när den ena gick och den andra kom."),
            ),
        ]
        triggers = [LOCKED]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_capacity_display()})"

    @property
    def facts(self) -> tuple[object, ...]:
        """All that is noted about somebody, to know whether it has changed."""
        return self.person_id, self.capacity, self.seat_id, self.serves, self.words, self.arrived_at, self.left_at

    def clean(self) -> None:
        if self.seat is not None and self.meeting_id and self.seat.body_id != self.meeting.body_id:
            raise ValidationError({"seat": _("Platsen hör till ett annat organ.")})


@dataclass(frozen=True)
class Place:
    """A seat at a meeting: who holds it that day, and who was there for it."""

    seat: Seat
    present: list[Attendance]
    sector: Sector | None = None
    """The seat's sector, by its name of that day."""

    @property
    def served_by(self) -> list[Attendance]:
        """Those who served for it, one after the other."""
        return [one for one in self.present if one.serves]

    @property
    def absent(self) -> list[Mandate]:
        """The mandates that hold that day and whose people were not there."""
        here = {one.person_id for one in self.present}
        return [mandate for mandate in self.seat.serving if mandate.person_id not in here]

    @property
    def voice(self) -> str:
        """The sector or the office that the seat speaks for."""
        return str(self.sector or self.seat.label)


@dataclass(frozen=True)
class Room:
    """Everybody at a meeting, seat by seat, and those without a seat."""

    places: list[Place]
    others: list[Attendance]

    @classmethod
    def of(cls, meeting: Meeting) -> "Room":
        """The room of a meeting: the seats that the body has that day, and who was noted as present."""
        attendances = list(meeting.attendances.select_related("person", "seat__group", "seat__sector"))
        seats = list(meeting.body.seats.on(meeting.on).with_holders(meeting.on))
        known = {seat.pk for seat in seats}
        names = Sector.objects.as_of(meeting.on)
        places = [Place(seat, [one for one in attendances if one.seat_id == seat.pk], names.get(seat.sector_id)) for seat in seats]
        return cls(places, [one for one in attendances if one.seat_id not in known])

    def of_side(self, side: Side) -> list[Place]:
        """The seats of one side."""
        return [place for place in self.places if place.seat.side == side]

    @property
    def served(self) -> int:
        """How many seats somebody serves for. Who is there without a seat does not count."""
        return sum(bool(place.served_by) for place in self.places)

    def voices(self, places: "Iterable[Place] | None" = None) -> list[tuple[str, bool]]:
        """The representation meter: each sector and office that has a seat, and whether anyone serves for it."""
        heard: dict[str, bool] = {}
        for place in self.places if places is None else places:
            heard[place.voice] = heard.get(place.voice, False) or bool(place.served_by)
        return list(heard.items())

    @property
    def missing(self) -> list[str]:
        """The sectors and offices that nobody serves for."""
        return [voice for voice, is_heard in self.voices() if not is_heard]
