"""When the council meets."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from council.models.composition import Body


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def coming(self, moment: datetime) -> Self:
        """Those that end after `moment`, the nearest first."""
        return self.filter(ends_at__gt=moment).order_by("starts_at")


class Meeting(models.Model):
    """A meeting of a body, at a place and a time."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("lokal"), max_length=160)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="a_meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("Mötet måste sluta efter att det har börjat."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {date_format(timezone.localtime(self.starts_at), 'j F Y')}"
