"""Chair and vice chair: one of each at a time, from different sides."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Side
from council.models.limits import OFFICE_WITHIN_MANDATE, office_on_mandate
from council.models.mandates import Mandate, by_hand_of
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time, period

if TYPE_CHECKING:
    from council.models.composition import Body
    from idekom.users.models import User

SAME_SIDE = _("Ordföranden och vice ordföranden ska komma från var sin sida. Välj någon från den andra sidan, eller andra dagar.")
OFFICE_TAKEN = _("Organet har redan någon i det uppdraget under en del av tiden. Avsluta det först, eller välj en senare dag.")


class OfficeRefused(ValidationError):
    """The office is taken, the other one is held from the same side, or the person does not sit that long. The message says which."""


class OfficeQuerySet(DatedQuerySet):
    def valid(self) -> Self:
        """Those that have not been voided."""
        return self.filter(voided_at=None)

    def through_time(self) -> Self:
        """The valid ones with who held them, the latest first."""
        return self.valid().select_related("mandate__person", "mandate__seat").order_by("-period", "role")


@pghistory.track(model_name="OfficeChange")
class Office(Dated):
    """Somebody who chairs a body, or is its vice chair, by a mandate they hold in it. Body and side are stored so that the database can compare."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("ordförande")
        VICE_CHAIR = "vice_chair", _("vice ordförande")

    body: "models.ForeignKey[Body, Body]" = models.ForeignKey(
        "council.Body", verbose_name=_("organ"), on_delete=models.PROTECT, related_name="offices"
    )
    mandate = models.ForeignKey(Mandate, verbose_name=_("mandat"), on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(_("uppdrag"), max_length=12, choices=Role)
    side = models.CharField(_("sida"), max_length=16, choices=Side, editable=False)
    voided_at = models.DateTimeField(_("ogiltigt sedan"), null=True, blank=True, editable=False)

    objects = OfficeQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("ordförandeskap")
        verbose_name_plural = _("ordförandeskap")
        ordering = ["body", "-period"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="office_role_is_known", condition=Q(role__in=["chair", "vice_chair"])),
            models.CheckConstraint(name="an_office_is_held_from_one_of_the_sides", condition=Q(side__in=Side.values)),
            one_at_a_time("a_body_has_one_chair_at_a_time", "body", OFFICE_TAKEN, Q(role="chair", voided_at=None)),
            one_at_a_time("a_body_has_one_vice_chair_at_a_time", "body", OFFICE_TAKEN, Q(role="vice_chair", voided_at=None)),
            one_at_a_time("the_city_has_one_of_the_two_offices", "body", SAME_SIDE, Q(side="city", voided_at=None)),
            one_at_a_time("civil_society_has_one_of_the_two_offices", "body", SAME_SIDE, Q(side="civil_society", voided_at=None)),
        ]
        triggers = [office_on_mandate()]

    def __str__(self) -> str:
        return f"{self.mandate.person}, {self.get_role_display()}"

    @classmethod
    @transaction.atomic
    def appoint(cls, mandate: Mandate, role: "Office.Role", *, from_on: date, until_on: date | None = None, by: "User | None" = None) -> "Office":
        """Give the holder of a mandate the office, at the longest for as long as they sit; raises OfficeRefused."""
        seat = mandate.seat
        type(seat).objects.locked(seat.pk)
        mandate.refresh_from_db()
        type(seat.body).objects.select_for_update(no_key=True).get(pk=seat.body_id)  # in turn
        until = until_on or mandate.until_on
        if not seat.side:
            raise OfficeRefused(_("Platsens sida är inte känd. Välj någon vars plats hör till en av sidorna."))
        if until is not None and until < from_on:
            raise OfficeRefused(_("Personen sitter inte i organet hela den tiden."))
        office = cls(body=seat.body, mandate=mandate, role=role, side=seat.side, period=period(from_on, until))
        with by_hand_of(by):
            return office._saved()

    def _saved(self) -> "Office":
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            if OFFICE_WITHIN_MANDATE in str(error):
                raise OfficeRefused(_("Personen sitter inte som ordinarie i organet hela den tiden.")) from error
            constraints = [one for one in self._meta.constraints if one.name in str(error)]
            if not constraints:
                raise
            raise OfficeRefused(str(constraints[0].violation_error_message)) from error
        return self

    @transaction.atomic
    def end(self, on: date, *, by: "User | None" = None) -> None:
        """`on` is the last day of the office; raises OfficeRefused when it is not held then."""
        self.refresh_from_db()
        if self.voided_at or not self.holds_on(on):
            raise OfficeRefused(_("Uppdraget pågår inte den dagen. Välj en dag då det pågår."))
        self.period = period(self.from_on, on)
        with by_hand_of(by):
            self.save(update_fields=["period"])

    def fit(self, mandate: Mandate) -> None:
        """Go no further than the mandate's days, as they are about to be; outside them all it is void."""
        from_on = max(self.from_on, mandate.from_on)
        untils = [day for day in (self.until_on, mandate.until_on) if day is not None]
        until_on = min(untils) if untils else None
        if until_on is not None and until_on < from_on:
            self.voided_at = timezone.now()
        else:
            self.period = period(from_on, until_on)
        self.save(update_fields=["period", "voided_at"])

    def carry_over(self, to: Mandate, until_on: date | None) -> None:
        """The office goes on by another mandate of the same person."""
        Office(body=self.body, mandate=to, role=self.role, side=self.side, period=period(to.from_on, until_on))._saved()
