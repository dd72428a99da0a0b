"""Who holds a seat, from which day to which."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.models.limits import MANDATE_WITHIN_SEAT, mandate_within_seat, stays
from council.models.people import Person
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time, period

if TYPE_CHECKING:
    from council.models.composition import Seat
    from idekom.users.models import User

ONE_HOLDER = "a_seat_has_one_holder_at_a_time"
ONE_SUBSTITUTE = "a_seat_has_one_substitute_at_a_time"
TAKEN = _("Platsen har redan någon i den rollen under en del av tiden. Avsluta det uppdraget först, eller välj en senare dag.")


class SeatTaken(ValidationError):
    """Somebody else holds the seat during some of that time."""

    def __init__(self) -> None:
        super().__init__(TAKEN, code="seat_taken")


class OutsideSeat(ValidationError):
    """The mandate would reach outside the days on which its seat exists."""

    def __init__(self) -> None:
        super().__init__(_("Platsen finns inte under hela den tiden. Välj dagar då platsen finns."), code="outside_seat")


class NotThatDay(ValidationError):
    """A mandate is changed from a day after its first one, up to its last."""

    def __init__(self) -> None:
        super().__init__(
            _("Uppdraget pågår inte den dagen, eller börjar just då. Välj en annan dag. Är uppdraget fel från början: ogiltigförklara det."),
            code="not_that_day",
        )


class IsVoid(ValidationError):
    """A void mandate stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("Uppdraget är redan ogiltigförklarat."), code="is_void")


class NoReason(ValidationError):
    """What is declared void, or closed, has a reason that is kept."""

    def __init__(self) -> None:
        super().__init__(_("Skriv varför. Skälet sparas."), code="no_reason")


def by_hand_of(user: "User | None") -> AbstractContextManager[Any]:
    """What is changed within is kept in the history as done by the user."""
    return pghistory.context(**({"user": user.pk} if user else {}))


class MandateQuerySet(DatedQuerySet):
    def valid(self) -> Self:
        """Those that have not been voided."""
        return self.filter(voided_at=None)

    def through_time(self) -> Self:
        """The valid ones with seat and person, the latest first."""
        held = self.valid().select_related("person", "seat__body", "seat__group", "seat__sector", "seat__nominator")
        return held.order_by("-period", "seat__number", "role")

    def running_out(self, day: date, within: timedelta) -> list["Mandate"]:
        """Those in force on `day` that end `within` some days, while the seat goes on and nobody is seated after them."""
        ending = self.valid().on(day).filter(period__endswith__lte=day + within + timedelta(days=1)).select_related("seat__body", "person")
        after = Mandate.objects.valid().filter(
            seat=models.OuterRef("seat"), role=models.OuterRef("role"), period__contains=models.OuterRef("period__endswith")
        )
        goes_on = Q(seat__period__contains=models.F("period__endswith"))
        return list(ending.filter(goes_on).exclude(models.Exists(after)).order_by("period__endswith", "seat__number"))


@pghistory.track(model_name="MandateChange")
class Mandate(Dated):
    """A person holding a seat, as ordinary or substitute, for a time. A wrong one is voided, never deleted."""

    class Role(models.TextChoices):
        ORDINARY = "ordinary", _("ordinarie")
        SUBSTITUTE = "substitute", _("ersättare")

    seat: "models.ForeignKey[Seat, Seat]" = models.ForeignKey(
        "council.Seat", verbose_name=_("plats"), on_delete=models.PROTECT, related_name="mandates"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("roll"), max_length=12, choices=Role)
    voided_at = models.DateTimeField(_("ogiltigt sedan"), null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ogiltigförklarat av"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    void_reason = models.TextField(_("varför det är ogiltigt"), blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("mandat")
        verbose_name_plural = _("mandat")
        ordering = ["seat", "role", "period"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="mandate_role_is_known", condition=Q(role__in=["ordinary", "substitute"])),
            models.CheckConstraint(name="a_void_mandate_and_no_other_has_a_reason", condition=Q(voided_at=None) ^ ~Q(void_reason="")),
            one_at_a_time(ONE_HOLDER, "seat", TAKEN, Q(role="ordinary", voided_at=None)),
            one_at_a_time(ONE_SUBSTITUTE, "seat", TAKEN, Q(role="substitute", voided_at=None)),
        ]
        triggers = [
            mandate_within_seat(),
            stays("a_mandate_keeps_its_seat_person_and_role", "seat_id", "person_id", "role"),
            pgtrigger.Protect(name="a_mandate_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def clean(self) -> None:
        if self.role == self.Role.SUBSTITUTE and self.seat_id and not self.seat.has_substitute:
            raise ValidationError({"role": _("Platsen har ingen ersättare. Välj ordinarie, eller ändra platsen först.")})
        if self.seat_id and self.period and self.period.lower and not self.seat.covers(self):
            raise ValidationError({"period": OutsideSeat().messages})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Overlaps are looked for also by a form that leaves out the seat or the role, since they are known all the same."""
        super().validate_constraints({"period"} & set(exclude or ()))

    @transaction.atomic
    def take_effect(self) -> "Mandate":
        """Save the mandate, new or with other days; raises SeatTaken when it overlaps somebody else's, OutsideSeat when its seat is not there."""
        type(self.seat).objects.locked(self.seat_id)  # in turn: claims that meet in the constraint's index deadlock
        self._fit_offices()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            if ONE_HOLDER in str(error) or ONE_SUBSTITUTE in str(error):
                raise SeatTaken from error
            if MANDATE_WITHIN_SEAT in str(error):
                raise OutsideSeat from error
            raise
        return self

    def _fit_offices(self) -> None:
        """Offices that rest on the mandate go no further than it does."""
        for office in self.offices.filter(voided_at=None) if self.pk else []:
            office.fit(self)

    @transaction.atomic
    def correct(self, *, from_on: date, until_on: date | None, by: "User | None" = None) -> "Mandate":
        """Other days than were written; raises IsVoid, SeatTaken and OutsideSeat."""
        self._latest()
        self.period = period(from_on, until_on)
        with by_hand_of(by):
            return self.take_effect()

    @transaction.atomic
    def end(self, on: date, *, by: "User | None" = None) -> None:
        """`on` is their last day; raises NotThatDay when the mandate has ended by then, or not begun."""
        self._latest()
        if not self.holds_on(on):
            raise NotThatDay
        self.period = period(self.from_on, on)
        with by_hand_of(by):
            self.take_effect()

    @transaction.atomic
    def split(self, on: date, *, by: "User | None" = None) -> "Mandate":
        """From `on` the same person holds the seat by a mandate of its own, with the offices they had; returns it. Raises NotThatDay."""
        self._latest()
        self._begun_before(on)
        until_on, offices = self.until_on, [office for office in self.offices.filter(voided_at=None) if office.holds_on(on)]
        untils = [office.until_on for office in offices]
        self.end(on - timedelta(days=1), by=by)
        with by_hand_of(by):
            rest = Mandate(seat=self.seat, person=self.person, role=self.role, period=period(on, until_on)).take_effect()
            for office, until in zip(offices, untils, strict=True):
                office.carry_over(rest, until)
        return rest

    @transaction.atomic
    def move(self, to: "Seat", on: date, *, by: "User | None" = None) -> "Mandate":
        """From `on` the person holds another seat instead, for what was left of the time; raises NotThatDay, SeatTaken and OutsideSeat."""
        for pk in sorted({self.seat_id, to.pk}):  # always in the same order
            type(to).objects.locked(pk)
        self._latest()
        self._begun_before(on)
        until_on = self.until_on
        self.end(on - timedelta(days=1), by=by)
        with by_hand_of(by):
            return to.appoint(self.person, role=Mandate.Role(self.role), from_on=on, until_on=until_on)

    @transaction.atomic
    def void(self, *, by: "User | None" = None, reason: str) -> None:
        """Declare that this mandate never held: a mistake. Its row, the reason and its history stay. Raises IsVoid and NoReason."""
        if not reason.strip():
            raise NoReason
        type(self.seat).objects.locked(self.seat_id)
        self._latest()
        self.offices.filter(voided_at=None).update(voided_at=timezone.now())
        with by_hand_of(by):
            self.voided_at, self.voided_by, self.void_reason = timezone.now(), by, reason
            self.save(update_fields=["voided_at", "voided_by", "void_reason"])

    def _latest(self) -> None:
        """As it stands under the seat's lock; raises IsVoid."""
        type(self.seat).objects.locked(self.seat_id)
        self.refresh_from_db()
        if self.voided_at is not None:
            raise IsVoid

    def _begun_before(self, on: date) -> None:
        if not (self.from_on < on and self.holds_on(on)):
            raise NotThatDay
