"""Another grouping of the commitments than the agreement's own: the areas that action plans have put them in, with dates."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreement.models.text import Commitment, Version
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time


class CommitmentArea(Dated):
    """A group of commitments that belong together in the action plans of a time."""

    slug = models.SlugField(_("adress"), unique=True)
    number = models.PositiveSmallIntegerField(_("ordning"))
    name = models.CharField(_("namn"), max_length=120)
    source = models.CharField(_("källa"), max_length=160, blank=True, help_text=_("Var indelningen kommer ifrån."))
    crosses_all = models.BooleanField(_("går genom alla områden"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("område för åtaganden")
        verbose_name_plural = _("områden för åtaganden")
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.name


class PlacementQuerySet(DatedQuerySet):
    def of(self, version: Version, day: date) -> Self:
        """Where the version's commitments are on `day`."""
        return self.on(day).filter(commitment__version=version, area__period__contains=day).select_related("area")


class Placement(Dated):
    """That a commitment is in an area, from one day to another."""

    area = models.ForeignKey(CommitmentArea, verbose_name=_("område"), on_delete=models.PROTECT, related_name="placements")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, related_name="placements")

    objects = PlacementQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("placering av åtagande")
        verbose_name_plural = _("placeringar av åtaganden")
        ordering = ["area__number", "commitment__number"]
        constraints = [
            *Dated.Meta.constraints,
            one_at_a_time(
                "a_commitment_is_in_one_area_at_a_time", "commitment", _("Åtagandet är redan i ett område under den tiden. Avsluta det först.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.area}"
