"""The yearly question to each party: is what the register says of you still right?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.affiliations import Affiliation
from idekom.lib.dated import today
from idekom.lib.history import Outgoing, WrongStatus
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

ANSWER_DAYS = 60
"""How long a party has to answer before the register says that its entry is not confirmed."""


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def ask(self, day: date) -> int:
        """Ask every affiliated party that has been so for a year, and has not been asked for a year; returns how many. Safe to repeat."""
        asked_lately = self.filter(asked_on__gt=_a_year_before(day)).values("affiliation")
        due = Affiliation.objects.on(day).filter(period__startswith__lte=_a_year_before(day)).exclude(pk__in=asked_lately)
        new = [self.model(affiliation=affiliation, asked_on=day) for affiliation in due.order_by("pk")]
        return len(self.bulk_create(new, ignore_conflicts=True))

    def unanswered(self, affiliation: Affiliation) -> "ConfirmationQuerySet":
        """The questions to a party that wait for its answer, the newest first."""
        return self.filter(affiliation=affiliation, confirmed_at=None)

    @transaction.atomic
    def mark_unanswered(self, day: date) -> int:
        """Let the register say "not confirmed" of those that have not answered in time; returns how many. Nothing is removed."""
        late = self.filter(confirmed_at=None, asked_on__lte=day - timedelta(days=ANSWER_DAYS)).values("affiliation")
        return Affiliation.objects.on(day).filter(pk__in=late, unconfirmed_since=None).update(unconfirmed_since=day)


class Confirmation(Outgoing):
    """One year's question to a party, and its answer."""

    affiliation = models.ForeignKey(Affiliation, verbose_name=_("anslutning"), on_delete=models.PROTECT, related_name="confirmations")
    asked_on = models.DateField(_("frågad"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    confirmed_at = models.DateTimeField(_("bekräftad"), null=True, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bekräftelse")
        verbose_name_plural = _("bekräftelser")
        ordering = ["-asked_on", "-pk"]
        constraints = [models.UniqueConstraint(name="a_party_is_asked_once_a_day", fields=["affiliation", "asked_on"])]

    def __str__(self) -> str:
        return f"{self.affiliation} {self.asked_on}"

    @transaction.atomic
    def confirm(self, *, by: "User | None" = None) -> None:
        """Everything is right, which answers every question that waits. Twice is as once. Raises WrongStatus of one that has left."""
        if not Affiliation.objects.on(today()).filter(pk=self.affiliation_id).exists():
            raise WrongStatus
        type(self).objects.unanswered(self.affiliation).update(confirmed_at=timezone.now(), confirmed_by=by)
        Affiliation.objects.filter(pk=self.affiliation_id).update(unconfirmed_since=None)
        self.refresh_from_db()


def _a_year_before(day: date) -> date:
    return day - timedelta(days=365)
