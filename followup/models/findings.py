"""What an evaluation finds, what it recommends and to whom, and its marks for each commitment."""

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Party
from followup.models.evaluations import Evaluation
from followup.models.standing import Standing

LONGEST_TEXT = 6000


def stands_when_final(evaluation: str) -> pgtrigger.Trigger:
    """A trigger that keeps a row as it is once its evaluation is final. `evaluation` is SQL for the evaluation's key, `ROW` being the row."""
    keys = " ".join(f"OR id = ({evaluation.replace('ROW', row)})" for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="a_final_evaluation_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (SELECT 1 FROM followup_evaluation WHERE status = 'final' AND (FALSE {keys})) THEN
                RAISE EXCEPTION 'a final evaluation never changes: %', TG_TABLE_NAME;
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - the SQL is literal below
    )


class FindingQuerySet(models.QuerySet["Finding"]):
    def with_ledger(self) -> "FindingQuerySet":
        """Each with its commitment, its recommendations, and what has come of them."""
        recommendations = Recommendation.objects.select_related("party").prefetch_related("ledger")
        return self.select_related("commitment__version").prefetch_related(Prefetch("recommendations", recommendations))


@pghistory.track(model_name="FindingChange")
class Finding(models.Model):
    """Something that the evaluation has found."""

    evaluation = models.ForeignKey(Evaluation, verbose_name=_("utvärdering"), on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("rubrik"), max_length=160)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, null=True, blank=True, related_name="findings")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("iakttagelse")
        verbose_name_plural = _("iakttagelser")
        ordering = ["evaluation", "number"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="one_finding_per_number")]
        triggers = [stands_when_final("ROW.evaluation_id")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @classmethod
    @transaction.atomic
    def add(cls, evaluation: Evaluation, *, day: date, **told: Any) -> "Finding":
        """A finding after the others; raises WrongStatus when the evaluation's text stands."""
        evaluation.hold(day)
        last = evaluation.findings.aggregate(last=Max("number"))["last"] or 0
        return cls.objects.create(evaluation=evaluation, number=last + 1, **told)

    @transaction.atomic
    def rewrite(self, *, day: date, **told: Any) -> None:
        """Say it in other words; raises WrongStatus when the evaluation's text stands."""
        self.evaluation.hold(day)
        for field, value in told.items():
            setattr(self, field, value)
        self.save(update_fields=list(told))


class Addressee(models.TextChoices):
    """Whom a recommendation is for."""

    CITY = "city", _("Staden")
    CIVIL_SOCIETY = "civil_society", _("Civilsamhället")
    COUNCIL = "council", _("Idékom")
    PARTY = "party", _("En part")


@pghistory.track(model_name="RecommendationChange")
class Recommendation(models.Model):
    """What somebody ought to do about a finding, and by when."""

    Addressee = Addressee

    finding = models.ForeignKey(Finding, verbose_name=_("iakttagelse"), on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("nummer"))
    text = models.TextField(_("rekommendation"), max_length=LONGEST_TEXT)
    addressee = models.CharField(_("till"), max_length=16, choices=Addressee)
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations")
    due_on = models.DateField(_("bör vara gjort"))

    class Meta:
        verbose_name = _("rekommendation")
        verbose_name_plural = _("rekommendationer")
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="one_recommendation_per_number"),
            models.CheckConstraint(name="addressee_is_known", condition=Q(addressee__in=Addressee.values)),
            models.CheckConstraint(
                name="a_recommendation_to_a_party_names_it",
                condition=Q(addressee="party") & Q(party__isnull=False) | ~Q(addressee="party") & Q(party=None),
                violation_error_message=_("Välj vilken part rekommendationen är till."),
            ),
        ]
        triggers = [stands_when_final("SELECT evaluation_id FROM followup_finding WHERE id = ROW.finding_id")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:60]}"

    @property
    def reference(self) -> str:
        """The number that it is called by: the finding's and its own."""
        return f"{self.finding.number}.{self.number}"

    @property
    def standing(self) -> Standing:
        """What has come of it."""
        return Standing(self.ledger.all())

    @property
    def addressed_to(self) -> str:
        """Whom it is for, in words."""
        if self.party is not None:
            return self.party.name
        return str(settings.PORTAL["name"]) if self.addressee == Addressee.COUNCIL else str(Addressee(self.addressee).label)

    @classmethod
    @transaction.atomic
    def add(cls, finding: Finding, *, day: date, **told: Any) -> "Recommendation":
        """A recommendation after the others; raises WrongStatus when the evaluation's text stands."""
        finding.evaluation.hold(day)
        last = finding.recommendations.aggregate(last=Max("number"))["last"] or 0
        return cls.objects.create(finding=finding, number=last + 1, **told)

    @transaction.atomic
    def rewrite(self, *, day: date, **told: Any) -> None:
        """Say it in other words; raises WrongStatus when the evaluation's text stands."""
        self.finding.evaluation.hold(day)
        for field, value in told.items():
            setattr(self, field, value)
        self.save(update_fields=list(told))


class Completion(models.TextChoices):
    """How much of a commitment has been carried out, in the evaluator's judgement. The steps stand beside the parties' own."""

    NOT_STARTED = "not_started", _("Inte påbörjat")
    LIMITED = "limited", _("Genomfört till en liten del")
    SUBSTANTIAL = "substantial", _("Genomfört till stor del")
    COMPLETE = "complete", _("Genomfört")
    UNKNOWN = "unknown", _("Går inte att bedöma")


class Effect(models.TextChoices):
    """What difference a commitment has made, in the evaluator's judgement."""

    WORSE = "worse", _("Sämre än förut")
    NONE = "none", _("Ingen skillnad")
    MARGINAL = "marginal", _("Liten skillnad")
    MAJOR = "major", _("Stor skillnad")
    OUTSTANDING = "outstanding", _("Mycket stor skillnad")
    UNKNOWN = "unknown", _("Går inte att bedöma")


@pghistory.track(model_name="CommitmentMarkChange")
class CommitmentMark(models.Model):
    """The evaluator's two marks for a commitment, with the reasons."""

    evaluation = models.ForeignKey(Evaluation, verbose_name=_("utvärdering"), on_delete=models.PROTECT, related_name="marks")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, related_name="marks")
    completion = models.CharField(_("genomförande"), max_length=12, choices=Completion)
    effect = models.CharField(_("effekt"), max_length=12, choices=Effect)
    reasons = models.TextField(_("skäl"), max_length=LONGEST_TEXT)

    class Meta:
        verbose_name = _("bedömning av ett åtagande")
        verbose_name_plural = _("bedömningar av åtaganden")
        ordering = ["evaluation", "commitment__number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "commitment"], name="one_mark_per_commitment_in_an_evaluation"),
            models.CheckConstraint(name="completion_is_known", condition=Q(completion__in=Completion.values)),
            models.CheckConstraint(name="effect_is_known", condition=Q(effect__in=Effect.values)),
        ]
        triggers = [stands_when_final("ROW.evaluation_id")]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.commitment}"

    @classmethod
    @transaction.atomic
    def give(cls, evaluation: Evaluation, commitment: Commitment, *, day: date, **told: Any) -> "CommitmentMark":
        """Mark a commitment, or mark it anew; raises WrongStatus when the evaluation's text stands."""
        evaluation.hold(day)
        return cls.objects.update_or_create(evaluation=evaluation, commitment=commitment, defaults=told)[0]
