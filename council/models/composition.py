"""Who sits where, on any day."""

from collections.abc import Collection
from datetime import date
from typing import Self

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Sector, Side
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time, period

ONE_HOLDER = "a_seat_has_one_holder_at_a_time"
ONE_SUBSTITUTE = "a_seat_has_one_substitute_at_a_time"
TAKEN = _("Platsen har redan någon i den rollen under en del av tiden. Avsluta det uppdraget först, eller välj en senare dag.")


class BodyQuerySet(DatedQuerySet):
    def council(self, day: date) -> "Body | None":
        """The cooperation council on `day`; None before there was one."""
        return self.on(day).filter(kind=Body.Kind.COUNCIL, parent=None).order_by("-period").first()


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

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="body_kind_is_known", condition=Q(kind__in=["council", "forum", "steering_group"])),
        ]

    def __str__(self) -> str:
        return self.name


class SeatGroup(models.Model):
    """Seats that belong together in a body: the politicians, civil society, the officials."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField(_("ordning"))
    name = models.CharField(_("namn"), max_length=80)
    side = models.CharField(_("sida"), max_length=16, choices=Side)

    class Meta:
        verbose_name = _("grupp av platser")
        verbose_name_plural = _("grupper av platser")
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_group_per_number_in_a_body"),
            models.CheckConstraint(name="group_side_is_known", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(DatedQuerySet):
    def with_holders(self, day: date) -> Self:
        """The seats, each with `serving`: the mandates that hold on `day`, with their people."""
        mandates = Mandate.objects.valid().on(day).select_related("person")
        seats = self.select_related("group", "sector", "nominator").order_by("group__number", "number")
        return seats.prefetch_related(Prefetch("mandates", queryset=mandates, to_attr="serving"))


class Seat(Dated):
    """A place in a body, for a group or a sector, that a nominating body proposes a person for."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="seats")
    group = models.ForeignKey(SeatGroup, verbose_name=_("grupp"), on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("nummer"))
    label = models.CharField(_("vad platsen är till för"), max_length=160)
    nominator = models.ForeignKey(Party, verbose_name=_("nominerande organ"), on_delete=models.PROTECT, related_name="nominated_seats")
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    has_substitute = models.BooleanField(_("har ersättare"), default=False)

    objects = SeatQuerySet.as_manager()
    serving: "list[Mandate]"

    class Meta(Dated.Meta):
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["body", "number"]
        constraints = [*Dated.Meta.constraints, models.UniqueConstraint(fields=["body", "number"], name="one_seat_per_number_in_a_body")]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    def clean(self) -> None:
        if self.group_id and self.body_id and self.group.body_id != self.body_id:
            raise ValidationError({"group": _("Gruppen hör till ett annat organ. Välj en av organets egna grupper.")})

    @property
    def side(self) -> Side:
        """Which of the two sides the seat belongs to."""
        return Side(self.group.side)

    @property
    def holder(self) -> "Person | None":
        """Who holds the seat, of those that `with_holders` fetched; None: it is vacant."""
        return self._serving_as(Mandate.Role.ORDINARY)

    @property
    def substitute(self) -> "Person | None":
        """Who steps in, of those that `with_holders` fetched."""
        return self._serving_as(Mandate.Role.SUBSTITUTE)

    def _serving_as(self, role: "Mandate.Role") -> "Person | None":
        return next((mandate.person for mandate in self.serving if mandate.role == role), None)

    def appoint(self, person: "Person", *, role: "Mandate.Role", from_on: date, until_on: date | None = None) -> "Mandate":
        """Seat the person from one day to another (that day included; None: no end yet); raises SeatTaken."""
        return Mandate(seat=self, person=person, role=role, period=period(from_on, until_on)).take_effect()


class SeatTaken(ValidationError):
    """Somebody else holds the seat during some of that time."""

    def __init__(self) -> None:
        super().__init__(TAKEN, code="seat_taken")


class Person(models.Model):
    """A person with a place in public life: only the name and the offices are told."""

    name = models.CharField(_("namn"), max_length=120)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    title = models.CharField(_("titel"), max_length=120, blank=True, help_text=_("Till exempel uppdrag och partibeteckning."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(DatedQuerySet):
    def valid(self) -> Self:
        """Those that have not been voided."""
        return self.filter(voided_at=None)


@pghistory.track(model_name="MandateChange")
class Mandate(Dated):
    """A person holding a seat, as ordinary or substitute, for a time. A wrong one is voided, never deleted."""

    class Role(models.TextChoices):
        ORDINARY = "ordinary", _("ordinarie")
        SUBSTITUTE = "substitute", _("ersättare")

    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("roll"), max_length=12, choices=Role)
    voided_at = models.DateTimeField(_("ogiltigt sedan"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("mandat")
        verbose_name_plural = _("mandat")
        ordering = ["seat", "role", "period"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="mandate_role_is_known", condition=Q(role__in=["ordinary", "substitute"])),
            one_at_a_time(ONE_HOLDER, "seat", TAKEN, Q(role="ordinary", voided_at=None)),
            one_at_a_time(ONE_SUBSTITUTE, "seat", TAKEN, Q(role="substitute", voided_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def clean(self) -> None:
        if self.role == self.Role.SUBSTITUTE and self.seat_id and not self.seat.has_substitute:
            raise ValidationError({"role": _("Platsen har ingen ersättare. Välj ordinarie, eller ändra platsen först.")})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Overlaps are looked for also by a form that leaves out the seat or the role, since they are known all the same."""
        super().validate_constraints({"period"} & set(exclude or ()))

    def take_effect(self) -> "Mandate":
        """Save the mandate, new or with other days; raises SeatTaken when it overlaps somebody else's."""
        try:
            with transaction.atomic():
                Seat.objects.select_for_update(no_key=True).get(pk=self.seat_id)  # in turn: claims that meet in the constraint's index deadlock
                self.save()
        except IntegrityError as error:
            if ONE_HOLDER in str(error) or ONE_SUBSTITUTE in str(error):
                raise SeatTaken from error
            raise
        return self

    def void(self) -> None:
        """Declare that this mandate never held: a mistake. Its row and its history stay."""
        Mandate.objects.filter(pk=self.pk, voided_at=None).update(voided_at=timezone.now())
        self.refresh_from_db(fields=["voided_at"])
