"""A party's report for a year: one answer per commitment that concerns it."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Party
from followup.models.rounds import Round
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("utkast")
    SUBMITTED = "submitted", _("inlämnad")


TRANSITIONS: Transitions = {"submit": ({Status.DRAFT}, Status.SUBMITTED)}


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: "User") -> "ReportQuerySet":
        """The reports of the parties that the user may act for today, in rounds that have opened."""
        parties = Party.objects.represented_by(user, today())
        return self.filter(party__in=parties).exclude(round__status=Round.Status.PLANNED)

    def submitted(self) -> "ReportQuerySet":
        """Those that have been sent in."""
        return self.filter(status=Report.Status.SUBMITTED)


@pghistory.track(model_name="ReportChange")
class Report(Stateful):
    """What one party tells about one year."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    round = models.ForeignKey(Round, verbose_name=_("omgång"), on_delete=models.PROTECT, related_name="reports")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    submitted_at = models.DateTimeField(_("inlämnad"), null=True, editable=False)

    events: "models.Manager[ReportEvent]"
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        ordering = ["-round__year", "party__sort_name"]
        constraints = [
            status_is_known("report", Status),
            models.UniqueConstraint(fields=["round", "party"], name="a_party_has_one_report_in_a_round"),
            models.CheckConstraint(name="a_submitted_report_has_its_time", condition=Q(status="draft") | Q(submitted_at__isnull=False)),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.party} {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("followup:report", args=[self.round.year, self.party.slug])


class ReportEvent(Event):
    """Something that happened to a report; the one who filed it gets a receipt by mail."""

    BELL = "followup.deliver_mail"

    subject = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")


class Progress(models.TextChoices):
    """How far a commitment has come, in the party's own view. "No opinion" is an answer of its own, kept apart from the others."""

    NOT_STARTED = "not_started", _("Inte påbörjat")
    STARTED = "started", _("Påbörjat")
    WELL_UNDER_WAY = "well_under_way", _("På god väg")
    DONE = "done", _("Genomfört eller löpande")
    NO_OPINION = "no_opinion", _("Ingen åsikt")


class Answer(models.Model):
    """What a party says about one commitment."""

    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="answers")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, related_name="answers")
    progress = models.CharField(_("hur långt har det kommit"), max_length=16, choices=Progress)
    done = models.TextField(_("vad har ni gjort"), max_length=3000, blank=True)
    example = models.TextField(_("ett exempel att sprida"), max_length=3000, blank=True)
    plan = models.TextField(_("plan för nästa år"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["report", "commitment__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "commitment"], name="one_answer_per_commitment_in_a_report"),
            models.CheckConstraint(name="progress_is_known", condition=Q(progress__in=Progress.values)),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.commitment}"
