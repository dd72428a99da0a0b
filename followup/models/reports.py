"""A party's report for a year: one answer per commitment that concerns it."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Party, Representative
from followup.models.compilations import Compilation
from followup.models.rounds import Round
from idekom.lib.canonical import canonical, digest
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

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

    def writable_by(self, user: "User") -> "ReportQuerySet":
        """Those that the user may also fill in: a reader may only look."""
        writers = Representative.objects.on(today()).filter(user=user).exclude(role=Representative.Role.READER)
        return self.visible_to(user).filter(party__in=writers.values("party"))

    def submitted(self) -> "ReportQuerySet":
        """Those that have been sent in."""
        return self.filter(status=Report.Status.SUBMITTED)

    def published(self) -> "ReportQuerySet":
        """Those that everybody may read: sent in, and in a book that is out. The newest first."""
        books = Compilation.objects.published().filter(round=OuterRef("round"), taken_at__gte=OuterRef("submitted_at"))
        return self.submitted().filter(Exists(books)).order_by("-round__year")

    def not_yet_in(self) -> "ReportQuerySet":
        """Those that have not come in, the parties in Swedish order."""
        return self.filter(status=Report.Status.DRAFT).order_by("party__sort_name", "party_id")

    def with_progress(self) -> "ReportQuerySet":
        """Each with the number of commitments that it has an answer to, as `answered`."""
        return self.annotate(answered=Count("answers", filter=~Q(answers__progress="")))


@pghistory.track(model_name="ReportChange")
class Report(Stateful):
    """What one party tells about one year."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    round = models.ForeignKey(Round, verbose_name=_("omgång"), on_delete=models.PROTECT, related_name="reports")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    submitted_at = models.DateTimeField(_("inlämnad"), null=True, editable=False)

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

    @property
    def commitments(self) -> "models.QuerySet[Commitment]":
        """What the party reports about, in the agreement's order."""
        return self.round.version.commitments.concerning(self.party).order_by("number")

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in: a draft in a round that takes reports in."""
        return self.status == Status.DRAFT and self.round.status == Round.Status.OPEN

    def unanswered(self) -> "models.QuerySet[Commitment]":
        """The commitments on which nothing has been chosen yet."""
        answered = self.answers.exclude(progress="").values("commitment")
        return self.commitments.exclude(pk__in=answered)

    @transaction.atomic
    def answer(self, commitment: Commitment, *, progress: str, done: str = "", example: str = "", plan: str = "") -> "Answer":
        """Write down what the party says about a commitment; raises WrongStatus when the report is no longer a draft."""
        self._hold()
        texts = {"progress": progress, "done": done, "example": example, "plan": plan}
        return Answer.objects.update_or_create(report=self, commitment=commitment, defaults=texts)[0]

    @transaction.atomic
    def submit(self, *, by: "User") -> None:
        """Hand the report in; raises Unanswered while a commitment has no answer, WrongStatus when it is in already."""
        self._hold()
        if self.unanswered().exists():
            raise Unanswered
        self._become("submit", by=by, submitted_at=timezone.now())
        ring("followup.set_section", self.pk)

    def _hold(self) -> None:
        """Keep others from changing the report until the transaction ends."""
        held = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=self.pk)
        if not held.is_open:
            raise WrongStatus

    @property
    def digest(self) -> str:
        """The checksum (SHA-256) of the answers, by which a receipt can be compared with the report."""
        answers = self.answers.order_by("commitment__number").values("commitment__number", "progress", "done", "example", "plan")
        return digest(canonical({"year": self.round.year, "party": self.party.slug, "answers": list(answers)}))


class Unanswered(ValidationError):
    """A report can be handed in when every commitment has an answer."""

    def __init__(self) -> None:
        super().__init__(_("Välj hur långt ni har kommit på varje åtagande. Ni kan också välja Ingen åsikt."), code="unanswered")


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
    """What a party says about one commitment. Progress is empty until something has been chosen."""

    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="answers")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, related_name="answers")
    progress = models.CharField(_("hur långt har det kommit"), max_length=16, choices=Progress, blank=True)
    done = models.TextField(_("vad har ni gjort"), max_length=3000, blank=True)
    example = models.TextField(_("ett exempel att sprida"), max_length=3000, blank=True)
    plan = models.TextField(_("plan för nästa år"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["report", "commitment__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "commitment"], name="one_answer_per_commitment_in_a_report"),
            models.CheckConstraint(name="progress_is_known", condition=Q(progress__in=[*Progress.values, ""])),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_report_handed_in_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM followup_report WHERE id = COALESCE(NEW.report_id, OLD.report_id) AND status = 'submitted') THEN
                        RAISE EXCEPTION 'a report that has been handed in never changes';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.commitment}"
