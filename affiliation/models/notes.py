"""The secretariat's own notes on a case."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application


class CaseNote(models.Model):
    """Something that the secretariat keeps in mind about a case. The applicant never sees it; the law may still make it public."""

    case = models.ForeignKey(Application, verbose_name=_("ärende"), on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("när"), default=timezone.now)
    text = models.TextField(_("anteckning"), max_length=4000)

    class Meta:
        verbose_name = _("intern anteckning")
        verbose_name_plural = _("interna anteckningar")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
