"""A year's round of reports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from affiliation.models import Affiliation
from agreement.models import Party, Side, Version
from followup.models.questions import QuestionSet
from idekom.lib.dated import today
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

    def open(self) -> "RoundQuerySet":
        """The rounds in which reports are written now."""
        return self.filter(status=Round.Status.OPEN)


@dataclass(frozen=True)
class Turnout:
    """How many of a side's parties have reported, of those that were asked."""

    side: Side
    asked: int
    reported: int

    @property
    def not_yet(self) -> int:
        """How many reports have not come in."""
        return self.asked - self.reported


class Round(Stateful):
    """One year's follow-up: when it opens, when the reports are due, and when the dialogue forum is held."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    version = models.ForeignKey(Version, verbose_name=_("version av överenskommelsen"), on_delete=models.PROTECT, related_name="rounds")
    questions = models.ForeignKey(QuestionSet, verbose_name=_("frågor"), on_delete=models.PROTECT, related_name="rounds")
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    opens_on = models.DateField(_("öppnar"))
    due_on = models.DateField(_("sista dag att rapportera"))
    forum_on = models.DateField(_("dialogforum"), null=True, blank=True)
    summary = models.TextField(
        _("sammanfattning"),
        max_length=20_000,
        blank=True,
        help_text=_("Årets sammanfattning på lätt svenska, i Markdown. Den står först i boken och på årets sida."),
    )

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

    @transaction.atomic
    def open(self, *, by: "User") -> None:
        """Let the parties report: each that is affiliated on the opening day gets a draft."""
        self._become("open", by=by)
        self.add_missing_reports()

    def close(self, *, by: "User") -> None:
        """No more reports are taken in."""
        self._become("close", by=by)

    def add_missing_reports(self) -> None:
        """A draft for each party affiliated on the opening day, or since, up to the last day to report. Safe to repeat."""
        if self.status != Status.OPEN:
            return
        days = {self.opens_on, min(max(self.opens_on, today()), self.due_on)}
        parties = {affiliation.party_id for day in days for affiliation in Affiliation.objects.in_force(day).only("party_id").select_related(None)}
        known = set(self.reports.values_list("party_id", flat=True))
        drafts = [self.reports.model(round=self, party_id=party) for party in sorted(parties - known)]
        self.reports.bulk_create(drafts, ignore_conflicts=True)

    def turnout(self) -> list[Turnout]:
        """For each side: how many parties were asked, and how many have reported."""
        of_the_city = Q(party__kind=Party.Kind.CITY_BODY)
        reported = Q(status="submitted")
        rows = {Side.CITY: self.reports.filter(of_the_city), Side.CIVIL_SOCIETY: self.reports.exclude(of_the_city)}
        return [Turnout(side, reports.count(), reports.filter(reported).count()) for side, reports in rows.items()]


class RoundEvent(Event):
    """Something that happened to a round."""

    subject = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
