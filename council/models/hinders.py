"""The one gentle question, after ninety days, to those that have not handled a proposal: is something in the way?"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from council.models.decisions import PartyDecision
from idekom.lib.history import Outgoing, WrongStatus
from idekom.lib.tokens import new_token

AFTER = timedelta(days=90)


class HinderQuerySet(models.QuerySet["Hinder"]):
    def ask(self, day: date, parties: "Iterable[Party] | models.QuerySet[Party]") -> int:
        """Ask those of the parties that have had a proposal for ninety days and not handled it; returns how many. Each once, ever."""
        due = PartyDecision.objects.open().filter(party__in=parties, addressed_on__lte=day - AFTER, hinder=None)
        new = [self.model(decision=one, asked_on=day) for one in due.order_by("pk")]
        return len(self.bulk_create(new, ignore_conflicts=True))


class Hinder(Outgoing):
    """The question to a party, and its answer in a sentence, for the secretariat alone."""

    decision = models.OneToOneField(PartyDecision, verbose_name=_("part och förslag"), on_delete=models.PROTECT, related_name="hinder")
    asked_on = models.DateField(_("frågad"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    answer = models.CharField(_("vad som hindrar"), max_length=400, blank=True, editable=False)
    answered_at = models.DateTimeField(_("svarade"), null=True, editable=False)

    objects = HinderQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga om hinder")
        verbose_name_plural = _("frågor om hinder")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_about_hinders_has_words", condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False))
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.asked_on}"

    def tell(self, words: str) -> None:
        """What is in the way. The first answer stands: raises WrongStatus when there is one."""
        if type(self).objects.filter(pk=self.pk, answered_at=None).update(answer=words, answered_at=timezone.now()) == 0:
            raise WrongStatus
        self.refresh_from_db()
