"""The glossary: the words that the parties use, and what they mean here."""

from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from idekom.lib.text import swedish_order


class TermQuerySet(models.QuerySet["Term"]):
    def in_order(self) -> "TermQuerySet":
        """In Swedish order."""
        return self.order_by(Collate(swedish_order("word"), "C"))


class Term(models.Model):
    """A word, and what it means in the work with the agreement."""

    slug = models.SlugField(_("adress"), unique=True)
    word = models.CharField(_("ord"), max_length=60)
    meaning = models.CharField(_("betydelse"), max_length=400)

    forms = models.CharField(
        _("böjningar"), max_length=300, blank=True, help_text=_("Ordets andra former med komma emellan. De förklaras på sidorna som ordet självt.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("ord i ordlistan")
        verbose_name_plural = _("ordlista")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    @property
    def spellings(self) -> list[str]:
        """The word and its other forms, the longest first."""
        told = (one.strip() for one in f"{self.word},{self.forms or ''}".split(","))
        return sorted({one for one in told if one}, key=len, reverse=True)
