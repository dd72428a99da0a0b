"""What comes of a recommendation: the answer of those it was made to, and whether it has been done. Nothing is taken out of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models.evaluations import Evaluation, Status
from followup.models.findings import Recommendation
from followup.models.standing import Kind, Reply, Standing

if TYPE_CHECKING:
    from idekom.users.models import User


class NotNow(ValidationError):
    """The line does not follow from what the ledger says already."""


class LedgerEntry(models.Model):
    """One line: an answer, or that the thing is done, or that it is taken up again. A newer line stands beside the older, never instead."""

    Kind = Kind
    Reply = Reply

    recommendation = models.ForeignKey(Recommendation, verbose_name=_("rekommendation"), on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(_("vad"), max_length=16, choices=Kind)
    reply = models.CharField(_("svar"), max_length=8, choices=Reply, blank=True)
    text = models.TextField(_("med egna ord"), max_length=4000, blank=True)
    by_whom = models.CharField(_("av vem"), max_length=160, blank=True)
    on = models.DateField(_("dag"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("inskrivet av"), on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("inskrivet"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rad i liggaren")
        verbose_name_plural = _("rader i liggaren")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="ledger_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="reply_is_known", condition=Q(reply__in=[*Reply.values, ""])),
            models.CheckConstraint(name="an_answer_and_nothing_else_has_a_reply", condition=Q(kind="answer") ^ Q(reply="")),
            models.CheckConstraint(name="an_answer_tells_whose_it_is", condition=~Q(kind="answer") | ~Q(by_whom="")),
        ]
        triggers = [pgtrigger.Protect(name="nothing_is_taken_out_of_the_ledger", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.kind} {self.on}"

    @classmethod
    @transaction.atomic
    def answer(cls, to: Recommendation, *, reply: str, text: str, by_whom: str, on: date, by: "User") -> "LedgerEntry":
        """Write down what those addressed say; raises NotNow before the evaluation is final."""
        _hold(to)
        return cls.objects.create(recommendation=to, kind=Kind.ANSWER, reply=reply, text=text, by_whom=by_whom, on=on, recorded_by=by)

    @classmethod
    @transaction.atomic
    def done(cls, to: Recommendation, *, text: str, on: date, by: "User") -> "LedgerEntry":
        """Write down that it has been done; raises NotNow unless the answer was yes or partly."""
        _hold(to)
        standing = Standing(cls.objects.filter(recommendation=to))
        if standing.is_done or standing.reply not in {Reply.YES, Reply.PARTLY}:
            raise NotNow(_("Bara det som fått svaret Ja eller Delvis, och som inte redan är gjort, kan bli gjort."), code="not_now")
        return cls.objects.create(recommendation=to, kind=Kind.DONE, text=text, on=on, recorded_by=by)

    @classmethod
    @transaction.atomic
    def take_up_again(cls, to: Recommendation, *, text: str, on: date, by: "User") -> "LedgerEntry":
        """Write down that it was not done after all; raises NotNow unless it stands as done."""
        _hold(to)
        if not Standing(cls.objects.filter(recommendation=to)).is_done:
            raise NotNow(_("Rekommendationen står inte som gjord."), code="not_now")
        return cls.objects.create(recommendation=to, kind=Kind.TAKEN_UP_AGAIN, text=text, on=on, recorded_by=by)


def _hold(recommendation: Recommendation) -> None:
    """Let one line be written at a time, and only to a recommendation that stands."""
    held = Recommendation.objects.select_for_update(of=("self",)).select_related("finding__evaluation").get(pk=recommendation.pk)
    if held.finding.evaluation.status != Status.FINAL:
        raise NotNow(_("Svar skrivs in när utvärderingen är slutlig."), code="not_final")


@dataclass(frozen=True)
class Tally:
    """How many recommendations stand where."""

    total: int
    answered: int
    accepted: int
    """Answered yes or partly."""
    done: int

    @classmethod
    def of(cls, recommendations: Iterable[Recommendation]) -> "Tally":
        """Count recommendations whose ledgers are at hand."""
        standings = [Standing(one.ledger.all()) for one in recommendations]
        accepted = sum(one.reply in {Reply.YES, Reply.PARTLY} for one in standings)
        return cls(len(standings), sum(bool(one.reply) for one in standings), accepted, sum(one.is_done for one in standings))

    @classmethod
    def by_evaluation(cls, evaluations: Iterable[Evaluation]) -> "dict[int, Tally]":
        """{the evaluation's key: its count}, asked for at once."""
        keys = [one.pk for one in evaluations]
        found: dict[int, list[Recommendation]] = {key: [] for key in keys}
        rows = Recommendation.objects.filter(finding__evaluation__in=keys).select_related("finding").prefetch_related("ledger")
        for one in rows:
            found[one.finding.evaluation_id].append(one)
        return {key: cls.of(recommendations) for key, recommendations in found.items()}

    @property
    def percent_done(self) -> int:
        """The share that is done, in whole percent."""
        return round(100 * self.done / self.total) if self.total else 0
