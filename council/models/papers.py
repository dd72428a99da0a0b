"""The documents that belong to the items of an agenda."""

import secrets
from typing import Self

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.models.agenda import AgendaItem
from council.models.meetings import Meeting


def paper_name(instance: models.Model, filename: str) -> str:
    """Where a paper is kept: a random name, nothing of what the user called it."""
    return f"papers/{secrets.token_hex(16)}.pdf"


class PaperQuerySet(models.QuerySet["Paper"]):
    def public(self) -> Self:
        """Those that anyone may read: they are not internal, and stand on an agenda that everybody may read."""
        return self.filter(is_internal=False, item__in=AgendaItem.objects.shown().order_by().values("pk"))


class Paper(models.Model):
    """A document that belongs to an item: a PDF that goes with the notice."""

    item = models.ForeignKey(AgendaItem, verbose_name=_("punkt"), on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(_("namn"), max_length=120)
    file = models.FileField(_("fil"), upload_to=paper_name)
    is_internal = models.BooleanField(_("bara för ledamöter"), default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("underlag")
        verbose_name_plural = _("underlag")
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council:paper", args=[self.pk])

    @property
    def size(self) -> int | None:
        """In bytes; None when the file is gone."""
        try:
            return int(self.file.size)
        except OSError:
            return None

    def remove(self) -> None:
        """Take it away from its item. Raises WrongStatus."""
        with Meeting.objects.being_recorded(self.item.meeting_id):
            type(self).objects.filter(pk=self.pk).delete()
            self.throw_away()

    def throw_away(self) -> None:
        """Delete the file, once the row is gone for good."""
        transaction.on_commit(lambda: self.file.storage.delete(str(self.file.name)), robust=True)
