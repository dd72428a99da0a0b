"""The communication plan: to whom, why, what, how, by whom and when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from idekom.lib.dated import today


class CommunicationQuerySet(models.QuerySet["Communication"]):
    def in_order(self) -> Self:
        """What remains by its day, then what is done, the latest first."""
        return self.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")

    def overdue(self, day: date) -> Self:
        """What should have been done before `day` and is not."""
        return self.filter(done_on=None, due_on__lt=day)

    def finish(self, day: date) -> int:
        """Note what remains of these as done; returns how many."""
        return self.filter(done_on=None).update(done_on=day)


class Communication(models.Model):
    """One row of the plan."""

    audience = models.CharField(_("målgrupp"), max_length=160)
    purpose = models.CharField(_("syfte"), max_length=300)
    content = models.CharField(_("innehåll"), max_length=500)
    channel = models.CharField(_("kanal"), max_length=160, help_text=_("Till exempel nyhetsbrev, möte eller affisch."))
    who = models.CharField(_("vem gör det"), max_length=160, help_text=_("Visas för alla. Skriv en funktion hellre än ett namn."))
    due_on = models.DateField(_("senast"))
    done_on = models.DateField(_("gjort"), null=True, blank=True)

    objects = CommunicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad i kommunikationsplanen")
        verbose_name_plural = _("kommunikationsplan")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_communication_says_to_whom_why_what_and_how",
                condition=~Q(audience="") & ~Q(purpose="") & ~Q(content="") & ~Q(channel="") & ~Q(who=""),
                violation_error_message=_("Fyll i målgrupp, syfte, innehåll, kanal och vem."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.content}"

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < today()
