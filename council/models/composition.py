"""Bodies and their seats, on any day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Sector, Side
from council.models.limits import body_around_seats, seat_around_mandates, seat_within_body, stays
from council.models.mandates import Mandate, NoReason, NotThatDay, SeatTaken, by_hand_of
from council.models.offices import Office
from council.models.people import Person
from idekom.lib.dated import Dated, DatedQuerySet, period

if TYPE_CHECKING:
    from idekom.users.models import User

__all__ = ["AlreadyClosed", "Body", "Mandate", "Person", "Seat", "SeatGroup", "SeatTaken"]

DAY = timedelta(days=1)


class AlreadyClosed(ValidationError):
    """What has ended, or will end, is not closed again; what begins later cannot be closed before it begins."""


class BodyQuerySet(DatedQuerySet):
    def councils(self) -> Self:
        """The cooperation councils of all times, the first first."""
        return self.filter(kind=Body.Kind.COUNCIL, parent=None).order_by("period", "pk")

    def council(self, day: date) -> "Body | None":
        """The cooperation council on `day`; None before there was one, and between two."""
        return self.councils().on(day).last()

    def latest_council(self, day: date) -> "Body | None":
        """The council on `day`, or the one that ended last before it."""
        return self.council(day) or self.councils().filter(period__startswith__lte=day).order_by("period__endswith").last()


@pghistory.track(model_name="BodyChange", fields=["period", "closing_reason"])
class Body(Dated):
    """A body for cooperation: the council, a forum, a steering group. Bodies come and go, and follow each other."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("råd")
        FORUM = "forum", _("forum")
        STEERING_GROUP = "steering_group", _("styrgrupp")

    slug = models.SlugField(_("adress"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    description = models.TextField(_("beskrivning"), blank=True)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind)
    parent = models.ForeignKey("self", verbose_name=_("under"), on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    closing_reason = models.TextField(_("varför det avslutades"), blank=True)
    successors: "models.ManyToManyField[Body, models.Model]" = models.ManyToManyField(
        "self", verbose_name=_("följdes av"), symmetrical=False, blank=True, related_name="predecessors"
    )
    holders_are_known = models.BooleanField(
        _("vem som sitter på platserna är infört"),
        default=True,
        help_text=_("Om inte: en plats utan namn betyder att uppgift saknas, inte att den är vakant."),
    )

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="body_kind_is_known", condition=Q(kind__in=["council", "forum", "steering_group"])),
            models.CheckConstraint(
                name="a_closed_body_has_a_reason",
                condition=Q(period__upper_inf=True) | ~Q(closing_reason=""),
                violation_error_message=_("Skriv varför organet avslutades."),
            ),
        ]
        triggers = [body_around_seats()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council:body", args=[self.slug])

    @transaction.atomic
    def close(self, on: date, reason: str, *, followed_by: "Iterable[Body]" = (), by: "User | None" = None) -> None:
        """`on` is the last day of the body, its seats, their mandates and its working groups; others follow it. Raises AlreadyClosed and NoReason."""
        if not reason.strip():
            raise NoReason
        Body.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.refresh_from_db(fields=["period"])
        if not self.holds_on(on) or self.until_on is not None:
            raise AlreadyClosed(_("Organet är redan avslutat, eller har inte börjat den dagen."), code="already_closed")
        with by_hand_of(by):
            for seat in self.seats.filter(Q(period__upper_inf=True) | Q(period__endswith__gt=on + DAY)).order_by("pk"):
                seat.close(on, reason=reason, by=by)
            for group in self.working_groups.filter(Q(period__upper_inf=True) | Q(period__endswith__gt=on + DAY)):
                group.period = period(min(group.from_on, on), on)
                group.save(update_fields=["period"])
            self.period, self.closing_reason = period(self.from_on, on), reason
            self.save()
            self.successors.add(*followed_by)

    def office(self, role: Office.Role, day: date) -> Office | None:
        """Who has the office on `day`."""
        return self.offices.valid().on(day).filter(role=role).select_related("mandate__person").first()


class SeatGroup(models.Model):
    """Seats that belong together in a body: the politicians, civil society, the officials. No side: it is not known any more."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField(_("ordning"))
    name = models.CharField(_("namn"), max_length=80)
    side = models.CharField(_("sida"), max_length=16, choices=Side, blank=True, help_text=_("Lämna tomt bara om det inte går att få veta."))

    class Meta:
        verbose_name = _("grupp av platser")
        verbose_name_plural = _("grupper av platser")
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_group_per_number_in_a_body"),
            models.CheckConstraint(name="group_side_is_known", condition=Q(side__in=[*Side.values, ""])),
        ]
        triggers = [stays("a_group_keeps_its_body_and_side", "body_id", "side")]

    def __str__(self) -> str:
        return self.name

    @property
    def side_label(self) -> str:
        """The side in words."""
        return str(Side(self.side).label) if self.side else str(_("Uppgift saknas om sida"))


class SeatQuerySet(DatedQuerySet):
    def with_holders(self, day: date) -> Self:
        """The seats, each with `serving`: the mandates that hold on `day`, with their people."""
        mandates = Mandate.objects.valid().on(day).select_related("person")
        seats = self.select_related("body", "group", "sector", "nominator").order_by("group__number", "number")
        return seats.prefetch_related(Prefetch("mandates", queryset=mandates, to_attr="serving"))

    def seated(self, day: date) -> list["Seat"]:
        """The seats of `day` with their holders, and each with `sector_then`: the sector by its name of that day."""
        names, seats = Sector.objects.as_of(day), list(self.on(day).with_holders(day))
        for seat in seats:
            seat.sector_then = names.get(seat.sector_id)
        return seats

    def vacant(self, day: date) -> Self:
        """Those of `day` without an ordinary holder, in bodies whose holders are known."""
        held = Mandate.objects.valid().on(day).filter(role=Mandate.Role.ORDINARY).values("seat_id")
        return self.on(day).filter(body__holders_are_known=True).exclude(pk__in=held)

    def locked(self, pk: int) -> "Seat":
        """The seat, held until the transaction ends: those who change who sits in it take turns."""
        return self.select_for_update(no_key=True).get(pk=pk)  # type: ignore[no-any-return]


class Seat(Dated):
    """A place in a body, for a group or a sector, that a nominating body proposes a person for."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="seats")
    group = models.ForeignKey(SeatGroup, verbose_name=_("grupp"), on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("nummer"))
    label = models.CharField(_("vad platsen är till för"), max_length=160)
    nominator = models.ForeignKey(
        Party, verbose_name=_("nominerande organ"), on_delete=models.PROTECT, null=True, blank=True, related_name="nominated_seats"
    )
    nominator_email = models.EmailField(
        _("nominerande organs e-postadress"), blank=True, help_text=_("Dit går mejl om platsen. Bara för kansliet, visas aldrig för andra.")
    )
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    has_substitute = models.BooleanField(_("har ersättare"), default=False)

    objects = SeatQuerySet.as_manager()
    serving: "list[Mandate]"
    sector_then: Sector | None

    class Meta(Dated.Meta):
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["body", "number"]
        constraints = [*Dated.Meta.constraints, models.UniqueConstraint(fields=["body", "number"], name="one_seat_per_number_in_a_body")]
        triggers = [seat_within_body(), seat_around_mandates(), stays("a_seat_keeps_its_body_and_group", "body_id", "group_id")]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("council:body_seat", args=[self.body.slug, self.number])

    def clean(self) -> None:
        if self.group_id and self.body_id and self.group.body_id != self.body_id:
            raise ValidationError({"group": _("Gruppen hör till ett annat organ. Välj en av organets egna grupper.")})
        if self.body_id and self.period and self.period.lower and not self.body.covers(self):
            raise ValidationError({"period": _("Organet finns inte under hela den tiden. Välj dagar då organet finns.")})
        if self.pk and self.period and any(not self.covers(mandate) for mandate in self.mandates.filter(voided_at=None)):
            raise ValidationError({"period": _("Någon har platsen utanför de dagarna. Avsluta det uppdraget först.")})

    @property
    def side(self) -> Side | None:
        """Which of the two sides the seat belongs to; None: it is not known."""
        return Side(self.group.side) if self.group.side else None

    @property
    def holder(self) -> Person | None:
        """Who holds the seat, of those that `with_holders` fetched; None: it is vacant, or nobody knows."""
        return self._serving_as(Mandate.Role.ORDINARY)

    @property
    def substitute(self) -> Person | None:
        """Who steps in, of those that `with_holders` fetched."""
        return self._serving_as(Mandate.Role.SUBSTITUTE)

    def _serving_as(self, role: Mandate.Role) -> Person | None:
        return next((mandate.person for mandate in self.serving if mandate.role == role), None)

    def appoint(self, person: Person, *, role: Mandate.Role, from_on: date, until_on: date | None = None) -> Mandate:
        """Seat the person from one day to another (None: for as long as the seat exists); raises SeatTaken and OutsideSeat."""
        return Mandate(seat=self, person=person, role=role, period=period(from_on, until_on or self._last_day(from_on))).take_effect()

    def _last_day(self, from_on: date) -> date | None:
        """The seat's last day, if it has one after `from_on`."""
        return None if self.until_on is None or self.until_on < from_on else self.until_on

    def sitting(self, on: date, role: Mandate.Role) -> Mandate | None:
        """The mandate that holds on the day."""
        return self.mandates.filter(voided_at=None, role=role, period__contains=on).select_related("person").first()

    def takes_over_until(self, on: date, role: Mandate.Role) -> date | None:
        """How long whoever takes over on `on` sits: what is left of the time of whoever sits there, else until the next, or as long as the seat."""
        if sitting := self.sitting(on, role):
            return sitting.until_on
        coming = self.mandates.filter(voided_at=None, role=role, period__startswith__gt=on).order_by("period").first()
        return coming.from_on - DAY if coming else self._last_day(on)

    @transaction.atomic
    def pass_on(
        self, to: Person, *, on: date, role: Mandate.Role = Mandate.Role.ORDINARY, until_on: date | None = None, by: "User | None" = None
    ) -> Mandate:
        """The seat passes to somebody from `on`: whoever sits there has the day before as their last. Raises NotThatDay, SeatTaken, OutsideSeat."""
        Seat.objects.locked(self.pk)
        self.refresh_from_db(fields=["period"])
        until = until_on or self.takes_over_until(on, role)
        with by_hand_of(by):
            self._make_room(to, on, role, by)
            return self.appoint(to, role=role, from_on=on, until_on=until)

    def _make_room(self, to: Person, on: date, role: Mandate.Role, by: "User | None") -> None:
        sitting = self.sitting(on, role)
        if sitting is None:
            return
        if sitting.person == to:
            raise ValidationError(_("%(name)s har redan platsen den dagen.") % {"name": to}, code="sits_already")
        if sitting.from_on >= on:
            raise NotThatDay
        sitting.end(on - DAY, by=by)

    @transaction.atomic
    def vacate(self, on: date, *, role: Mandate.Role = Mandate.Role.ORDINARY, by: "User | None" = None) -> None:
        """Nobody has the seat from `on`: whoever sits there has the day before as their last. Raises NotThatDay when nobody does."""
        Seat.objects.locked(self.pk)
        sitting = self.sitting(on, role)
        if sitting is None or sitting.from_on >= on:
            raise NotThatDay
        sitting.end(on - DAY, by=by)

    @transaction.atomic
    def close(self, on: date, *, reason: str, by: "User | None" = None) -> None:
        """`on` is the seat's last day: mandates end then, and those that had not begun are void. Raises AlreadyClosed."""
        Seat.objects.locked(self.pk)
        self.refresh_from_db(fields=["period"])
        if not self.holds_on(on):
            words = _("%(seat)s finns inte den %(day)s. Ändra platsens dagar först, eller välj en annan dag.")
            raise AlreadyClosed(words % {"seat": self, "day": date_format(on, "j F Y")}, code="already_closed")
        for mandate in self.mandates.filter(Q(period__upper_inf=True) | Q(period__endswith__gt=on + DAY), voided_at=None).order_by("period"):
            if mandate.holds_on(on):
                mandate.end(on, by=by)
            else:
                mandate.void(by=by, reason=reason)
        self.period = period(self.from_on, on)
        self.save(update_fields=["period"])
