"""The external evaluation: who makes it, which years it looks at, and its way from plan over draft to final."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreement.models import Version
from followup.models.compilations import Compilation
from followup.models.rounds import Round
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where an evaluation stands."""

    PLANNED = "planned", _("planerad")
    DRAFT = "draft", _("skrivs")
    OPEN = "open", _("öppen för synpunkter")
    FINAL = "final", _("slutlig")


TRANSITIONS: Transitions = {
    "start": ({Status.PLANNED}, Status.DRAFT),
    "open_for_comment": ({Status.DRAFT}, Status.OPEN),
    "make_final": ({Status.OPEN}, Status.FINAL),
}


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def public(self) -> "EvaluationQuerySet":
        """Those that everybody may read: open for comment, or final."""
        return self.filter(status__in=[Status.OPEN, Status.FINAL])

    def written_by(self, user: "User") -> "EvaluationQuerySet":
        """Those that the user is an evaluator of."""
        return self.filter(evaluators=user)


@pghistory.track(model_name="EvaluationChange")
class Evaluation(Stateful):
    """One external evaluation of a period of years."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    version = models.ForeignKey(Version, verbose_name=_("version av överenskommelsen"), on_delete=models.PROTECT, related_name="evaluations")
    from_year = models.PositiveSmallIntegerField(_("från år"))
    to_year = models.PositiveSmallIntegerField(_("till år"))
    evaluator = models.CharField(_("utvärderare"), max_length=160, help_text=_("Organisationen som utvärderar, till exempel ett universitet."))
    evaluators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("konton som får läsa och skriva"),
        blank=True,
        editable=False,
        related_name="evaluations",
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    comments_from = models.DateField(_("synpunkter från"), null=True, editable=False)
    comments_until = models.DateField(_("synpunkter till och med"), null=True, editable=False)
    final_on = models.DateField(_("slutlig"), null=True, editable=False)
    summary = models.TextField(_("sammanfattning"), max_length=4000, blank=True)
    introduction = models.TextField(_("inledning"), max_length=40_000, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("utvärdering")
        verbose_name_plural = _("utvärderingar")
        ordering = ["-year"]
        constraints = [
            status_is_known("evaluation", Status),
            models.CheckConstraint(
                name="an_evaluation_looks_at_years_that_have_been",
                condition=Q(from_year__lte=F("to_year")) & Q(to_year__lte=F("year")),
                violation_error_message=_("Perioden måste sluta samma år som den börjar eller senare, och senast det år då utvärderingen görs."),
            ),
            models.CheckConstraint(
                name="comments_end_after_they_begin",
                condition=Q(comments_from=None) & Q(comments_until=None) | Q(comments_until__gte=F("comments_from")),
            ),
            models.CheckConstraint(
                name="an_evaluation_that_is_out_has_had_days_for_comments",
                condition=Q(status__in=["planned", "draft"]) | Q(comments_until__isnull=False),
            ),
            models.CheckConstraint(name="a_final_evaluation_has_its_day", condition=~Q(status="final") | Q(final_on__isnull=False)),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Protect(
                name="a_final_evaluation_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status = 'final' AND (OLD.summary, OLD.introduction, OLD.year, OLD.version_id)"
                    " IS DISTINCT FROM (NEW.summary, NEW.introduction, NEW.year, NEW.version_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("followup:evaluation", args=[self.year])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.status in {Status.OPEN, Status.FINAL}

    def takes_comments(self, day: date) -> bool:
        """Whether comments are taken in on `day`."""
        first, last = self.comments_from, self.comments_until
        return self.status == Status.OPEN and first is not None and last is not None and first <= day <= last

    def is_writable(self, day: date) -> bool:
        """Whether the evaluators may write on `day`: not while others comment on what they have written."""
        over = self.comments_until is not None and day > self.comments_until
        return self.status == Status.DRAFT or (self.status == Status.OPEN and over)

    def start(self, *, by: "User") -> None:
        """Let the evaluators begin to write."""
        self._become("start", by=by)

    @transaction.atomic
    def open_for_comment(self, *, by: "User", first: date, last: date) -> None:
        """Show the draft to everybody and take comments in from `first` up to and including `last`."""
        if last < first:
            raise ValidationError(_("Sista dagen för synpunkter måste komma efter den första."), code="wrong_days")
        if not self.findings.exists():
            raise ValidationError(_("Utvärderingen har inga iakttagelser än, så det finns inget att lämna synpunkter på."), code="empty")
        self._become("open_for_comment", by=by, comments_from=first, comments_until=last)

    def make_final(self, *, by: "User", day: date) -> None:
        """The evaluation is finished: from now on its text stands. Not before the days for comments are over."""
        if self.status == Status.OPEN and not self.is_writable(day):
            raise ValidationError(_("Tiden för synpunkter är inte slut än."), code="too_early")
        self._become("make_final", by=by, final_on=day)

    @transaction.atomic
    def write(self, *, summary: str, introduction: str, day: date) -> None:
        """Keep the evaluators' own beginning of the report; raises WrongStatus when the text stands."""
        self.hold(day)
        self.summary, self.introduction = summary, introduction
        self.save(update_fields=["summary", "introduction"])

    def hold(self, day: date) -> None:
        """Keep others from changing the evaluation until the transaction ends; raises WrongStatus when its text stands."""
        if not Evaluation.objects.select_for_update(of=("self",)).get(pk=self.pk).is_writable(day):
            raise WrongStatus

    @transaction.atomic
    def invite(self, email: str, *, by: "User", language: str = "sv") -> None:
        """Let somebody read the period and write; a mail tells where. Nobody of the secretariat: who is evaluated does not evaluate."""
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=self.pk)
        user = get_user_model().objects.with_email(email, language=language)
        if user.is_staff:
            raise ValidationError(_("Adressen hör till någon på kansliet. Den som utvärderar får inte ha kansliets rättigheter."), code="staff")
        if held.evaluators.filter(pk=user.pk).exists():
            return
        held.evaluators.add(user)
        self.events.create(action="invite", actor=by, invited=user)
        ring(EvaluationEvent.BELL)

    @transaction.atomic
    def dismiss(self, user: "User", *, by: "User") -> None:
        """Close an evaluator's account off from the evaluation."""
        if self.evaluators.filter(pk=user.pk).exists():
            self.evaluators.remove(user)
            self.events.create(action="dismiss", actor=by, invited=user)

    @property
    def rounds(self) -> "models.QuerySet[Round]":
        """The period's follow-ups, the first first."""
        return Round.objects.public().filter(year__range=(self.from_year, self.to_year)).order_by("year")

    def books(self) -> "models.QuerySet[Compilation]":
        """The newest edition of each of the period's books, the first year first."""
        newest = Compilation.objects.published().order_by("round__year", "-revision").distinct("round__year")
        return newest.filter(round__year__range=(self.from_year, self.to_year)).select_related("round")


class EvaluationEvent(Event):
    """Something that happened to an evaluation; somebody who is invited to it gets a mail."""

    BELL = "followup.deliver_mail"

    invited = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    subject = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
