"""Suggestions of what is wrong in the register. Nothing changes before the secretariat has said yes."""

from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import District, Party, Sector
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", _("väntar")
    APPROVED = "approved", _("införd")
    DECLINED = "declined", _("inte införd")


TRANSITIONS: Transitions = {
    "approve": ({Status.OPEN}, Status.APPROVED),
    "decline": ({Status.OPEN}, Status.DECLINED),
}


@pghistory.track(exclude=["email"], model_name="CorrectionChange")
class Correction(Stateful):
    """Somebody says that a party's entry is wrong, and how it should read."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    class Field(models.TextChoices):
        NAME = "name", _("namnet")
        WEBSITE = "website", _("webbplatsen")
        DESCRIPTION = "description", _("beskrivningen")
        SECTOR = "sector", _("sektorn")
        DISTRICT = "district", _("stadsområdet")
        OTHER = "other", _("något annat")

    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(_("vad är fel"), max_length=16, choices=Field)
    value = models.TextField(_("så ska det stå"), max_length=1000)
    comment = models.TextField(_("hur ni vet det"), max_length=1000, blank=True)
    email = models.EmailField(_("e-postadress"), blank=True)
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN, editable=False)
    suggested_at = models.DateTimeField(_("föreslagen"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rättelse")
        verbose_name_plural = _("rättelser")
        ordering = ["-suggested_at", "-pk"]
        constraints = [
            status_is_known("correction", Status),
            models.CheckConstraint(
                name="correction_field_is_known",
                condition=models.Q(field__in=["name", "website", "description", "sector", "district", "other"]),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_field_display()}"

    @classmethod
    @transaction.atomic
    def suggest(cls, party: Party, **fields: Any) -> "Correction":
        """Keep a suggestion, and tell the secretariat."""
        made = cls.objects.create(party=party, **fields)
        made._record("suggest", by=None)
        return made

    @transaction.atomic
    def approve(self, *, by: "User") -> None:
        """Write it into the register; raises ValidationError when the value is none that the field can have."""
        self._become("approve", by=by)
        if self.field == self.Field.OTHER:
            return
        party = Party.objects.select_for_update(of=("self",)).get(pk=self.party_id)
        setattr(party, self.field, self._meant())
        party.full_clean()
        party.save()

    def decline(self, *, by: "User", note: str = "") -> None:
        """Leave the register as it is."""
        self._become("decline", by=by, note=note)

    def _meant(self) -> object:
        """The value in the field's own terms: sectors and districts are named."""
        models_of: dict[str, type[Sector] | type[District]] = {"sector": Sector, "district": District}
        model = models_of.get(self.field)
        if model is None:
            return self.value
        found = model.objects.filter(name__iexact=self.value.strip()).order_by("-pk").first()
        if found is None:
            raise ValidationError(_("Det finns inget val med det namnet. Rätta parten för hand i stället."))
        return found


class CorrectionEvent(Event):
    """Something that happened to a suggestion; the secretariat and whoever suggested are mailed about it."""

    BELL = "affiliation.deliver_mail"

    subject = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en rättelse")
        verbose_name_plural = _("händelser i rättelser")
