"""What an election fills: seats of the council, each as ordinary or as substitute."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from affiliation.models.candidates import Candidate
from council.models import Mandate, Nomination, Seat


class PlaceQuerySet(models.QuerySet["ElectionPlace"]):
    def in_order(self) -> Self:
        """The ordinary places first, then the substitutes', by the number of the seat."""
        first = Case(When(role=Mandate.Role.ORDINARY, then=Value(0)), default=Value(1), output_field=models.IntegerField())
        return self.select_related("seat__body", "elected", "nomination").order_by(first, "seat__number", "pk")


class ElectionPlace(models.Model):
    """A seat to fill in an election, as ordinary or as substitute."""

    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="places")
    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("roll"), max_length=12, choices=Mandate.Role, default=Mandate.Role.ORDINARY)
    elected = models.OneToOneField(Candidate, verbose_name=_("vald"), on_delete=models.PROTECT, null=True, editable=False, related_name="place")
    nomination = models.OneToOneField(
        Nomination, verbose_name=_("nominering"), on_delete=models.PROTECT, null=True, editable=False, related_name="election_place"
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats att välja till")
        verbose_name_plural = _("platser att välja till")
        constraints = [
            models.UniqueConstraint(name="a_place_is_filled_once_in_an_election", fields=["election", "seat", "role"]),
            models.CheckConstraint(name="election_place_role_is_known", condition=Q(role__in=Mandate.Role.values)),
            models.CheckConstraint(
                name="who_is_elected_is_nominated", condition=Q(elected=None, nomination=None) | Q(elected__isnull=False, nomination__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} ({self.get_role_display()})"

    def clean(self) -> None:
        if self.seat_id and self.role == Mandate.Role.SUBSTITUTE and not self.seat.has_substitute:
            raise ValidationError({"role": _("Platsen har ingen ersättare. Välj ordinarie.")})

    @property
    def is_ordinary(self) -> bool:
        """Whether it is an ordinary place."""
        return self.role == Mandate.Role.ORDINARY
