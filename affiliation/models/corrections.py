"""Suggestions of what is wrong in the register. Nothing changes before the secretariat has said yes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agreement.models import District, Party, Sector
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", _("väntar")
    APPROVED = "approved", _("införd")
    DECLINED = "declined", _("inte införd")


TONES = {Status.OPEN: "waiting", Status.APPROVED: "good", Status.DECLINED: "neutral"}
ADDRESS_DAYS = 30
"""How long the suggester's address is kept after the answer: this is told on the privacy page."""

TRANSITIONS: Transitions = {
    "approve": ({Status.OPEN}, Status.APPROVED),
    "decline": ({Status.OPEN}, Status.DECLINED),
}


def named(kind: str, name: str) -> Sector | District | None:
    """The sector or the district (`kind`) with this name in either language; of several, one that exists today."""
    model: Any = {"sector": Sector, "district": District}[kind]
    wanted = name.strip()
    found = list(model.objects.filter(Q(name_sv__iexact=wanted) | Q(name_en__iexact=wanted)).order_by("-pk"))
    return next((one for one in found if one.holds_on(today())), found[0] if found else None)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> "CorrectionQuerySet":
        """Those that wait for the secretariat, the oldest first."""
        return self.filter(status=Status.OPEN).order_by("suggested_at", "pk")

    def forget_addresses(self, now: datetime) -> int:
        """Take away the addresses of those who have had their answer; returns how many."""
        answered = CorrectionEvent.objects.filter(action__in=["approve", "decline"], notified_at__lt=now - timedelta(days=ADDRESS_DAYS))
        return self.exclude(email="").filter(pk__in=answered.values("subject")).update(email="")


@pghistory.track(exclude=["email", "seen"], model_name="CorrectionChange")
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
    seen = models.TextField(_("då stod det"), blank=True, editable=False)
    comment = models.TextField(_("hur ni vet det"), max_length=1000, blank=True)
    email = models.EmailField(_("e-postadress"), blank=True)
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN, editable=False)
    suggested_at = models.DateTimeField(_("föreslagen"), default=timezone.now, editable=False)

    objects = CorrectionQuerySet.as_manager()

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

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def stands(self) -> str:
        """What the entry says now, in Swedish; nothing for "something else"."""
        if self.field == self.Field.OTHER:
            return ""
        with translation.override("sv"):
            return str(getattr(self.party, self.field) or "")

    @property
    def has_moved(self) -> bool:
        """Whether the entry has been changed since the suggestion came."""
        return self.status == Status.OPEN and self.stands != self.seen

    @classmethod
    @transaction.atomic
    def suggest(cls, party: Party, **fields: Any) -> "Correction":
        """Keep a suggestion, and tell the secretariat. The same one that waits already is not kept twice."""
        same = {name: fields.get(name, "") for name in ("field", "value", "email")}
        waiting = cls.objects.open().filter(party=party, **same).first()
        if waiting is not None:
            return waiting
        made = cls(party=party, **fields)
        made.seen = made.stands
        made.save()
        made._record("suggest", by=None)
        return made

    @transaction.atomic
    def approve(self, *, by: "User", note: str = "") -> None:
        """Write it into the register; raises ValidationError when the value is none that the field can have, and then nothing has changed."""
        self._become("approve", by=by, note=note)
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
        if self.field not in {self.Field.SECTOR, self.Field.DISTRICT}:
            return self.value
        found = named(self.field, self.value)
        if found is None:
            raise ValidationError(_("Det finns inget val med det namnet. Rätta parten för hand i stället."))
        return found


class CorrectionEvent(Event):
    """Something that happened to a suggestion; the secretariat and whoever suggested are mailed about it."""

    BELL = "affiliation.deliver_mail"
    WORDS = {"suggest": _("Rättelsen föreslogs"), "approve": _("Rättelsen infördes"), "decline": _("Rättelsen infördes inte")}

    subject = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en rättelse")
        verbose_name_plural = _("händelser i rättelser")

    @property
    def text(self) -> str:
        """What the secretary wrote to whoever suggested it, if anything."""
        return self.note
