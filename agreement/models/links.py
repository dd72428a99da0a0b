"""Keeping an eye on the outside world: links, and in two lines why they are worth reading."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models.text import Commitment
from idekom.lib.dated import today


class LinkQuerySet(models.QuerySet["Link"]):
    def shown(self, day: date) -> Self:
        """Those whose day has come, the newest first."""
        return self.filter(published_on__lte=day).prefetch_related("commitments").order_by("-published_on", "-pk")

    def about(self, commitment: str) -> Self:
        """Those tagged with the commitment, in any version of the agreement: its address stays the same."""
        return self.filter(pk__in=Link.commitments.through.objects.filter(commitment__slug=commitment).values("link"))


class Link(models.Model):
    """Something to read elsewhere, and why."""

    url = models.URLField(_("adress"), max_length=500, unique=True)
    title = models.CharField(_("rubrik"), max_length=160)
    why = models.CharField(_("varför den är värd att läsa"), max_length=200, help_text=_("Två rader, högst 200 tecken."))
    commitments = models.ManyToManyField(Commitment, verbose_name=_("åtaganden"), blank=True, related_name="links")
    published_on = models.DateField(_("visas från"), default=today)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("länk i omvärldsbevakningen")
        verbose_name_plural = _("omvärldsbevakning")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_link_leads_to_the_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("Adressen börjar med https:// eller http://."),
            ),
            models.CheckConstraint(
                name="a_link_says_why",
                condition=~Q(why="") & ~Q(title=""),
                violation_error_message=_("Skriv en rubrik, och varför länken är värd att läsa."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """Whose page it is, as the reader knows it."""
        return self.url.split("/")[2].removeprefix("www.")
