"""The register: which parties are affiliated, on any day."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Version
from council.models import Meeting
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time


class AffiliationQuerySet(DatedQuerySet):
    def in_force(self, day: date) -> Self:
        """The affiliations that hold on `day`, with their parties in Swedish order."""
        return self.on(day).select_related("party__sector", "party__district").order_by("party__sort_name", "party_id")

    def former(self, day: date) -> Self:
        """Those that have ended by `day`."""
        return self.filter(period__fully_lt=(day, None), period__upper_inf=False)


@pghistory.track(model_name="AffiliationChange")
class Affiliation(Dated):
    """A party stands behind a version of the agreement, from a day on and as long as it wishes."""

    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="affiliations")
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="affiliations")
    application = models.OneToOneField(
        "affiliation.Application",
        verbose_name=_("ansökan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="affiliation",
    )
    decided_by = models.CharField(
        _("partens eget beslut fattades av"), max_length=120, help_text=_("Till exempel styrelsen, årsmötet eller nämnden.")
    )
    decided_on = models.DateField(_("partens beslut"))
    decided_paragraph = models.CharField(_("paragraf i partens protokoll"), max_length=20, blank=True)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("godkänd på möte"), on_delete=models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    paragraph = models.CharField(_("paragraf i Idékoms protokoll"), max_length=20, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("anslutning")
        verbose_name_plural = _("anslutningar")
        ordering = ["-period"]
        constraints = [
            *Dated.Meta.constraints,
            one_at_a_time("a_party_is_affiliated_once_at_a_time", "party", _("Parten är redan ansluten under den tiden.")),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.from_on})"
