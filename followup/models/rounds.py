"""A year's round of reports."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreement.models import Version
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("planerad")
    OPEN = "open", _("öppen")
    CLOSED = "closed", _("avslutad")


TRANSITIONS: Transitions = {
    "open": ({Status.PLANNED}, Status.OPEN),
    "close": ({Status.OPEN}, Status.CLOSED),
}


class RoundQuerySet(models.QuerySet["Round"]):
    def public(self) -> "RoundQuerySet":
        """The rounds that have opened, the newest first."""
        return self.exclude(status=Round.Status.PLANNED).order_by("-year")


class Round(Stateful):
    """One year's follow-up: when it opens, when the reports are due, and when the dialogue forum is held."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    version = models.ForeignKey(Version, verbose_name=_("version av överenskommelsen"), on_delete=models.PROTECT, related_name="rounds")
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    opens_on = models.DateField(_("öppnar"))
    due_on = models.DateField(_("sista dag att rapportera"))
    forum_on = models.DateField(_("dialogforum"), null=True, blank=True)

    events: "models.Manager[RoundEvent]"
    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("omgång")
        verbose_name_plural = _("omgångar")
        ordering = ["-year"]
        constraints = [
            status_is_known("round", Status),
            models.CheckConstraint(
                name="reports_are_due_after_the_round_opens",
                condition=Q(due_on__gt=F("opens_on")),
                violation_error_message=_("Sista dagen måste vara efter den dag då omgången öppnar."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("followup:year", args=[self.year])


class RoundEvent(Event):
    """Something that happened to a round."""

    subject = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
