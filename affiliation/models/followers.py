"""Following the register by mail without an account."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from idekom.lib.history import Outgoing, ring
from idekom.lib.tokens import new_token

UNCONFIRMED_DAYS = 7
"""How long an address is kept that never confirms: this is told on the privacy page."""
AGAIN_AFTER = timedelta(minutes=10)
"""A stranger's address is not mailed more often than this, however often somebody types it."""


class FollowerQuerySet(models.QuerySet["Follower"]):
    def active(self) -> "FollowerQuerySet":
        """Those that have confirmed and not stopped."""
        return self.exclude(confirmed_at=None)

    def untold(self, moment: datetime) -> "FollowerQuerySet":
        """Those that have not been told of what is new at `moment`, and whose mail has not just failed."""
        return self.active().filter(told_until__lt=moment, retry_at__lte=moment).order_by("told_until", "pk")

    def forget_unconfirmed(self, now: datetime) -> int:
        """Delete the addresses that have not confirmed in time; returns how many."""
        return self.filter(confirmed_at=None, asked_at__lt=now - timedelta(days=UNCONFIRMED_DAYS)).delete()[0]


class Follower(Outgoing):
    """An address that wants to know of new parties. It gets nothing before it has confirmed; the row is deleted when it stops."""

    BELL = "affiliation.deliver_mail"

    email = models.EmailField(_("e-postadress"))
    language = models.CharField(_("språk"), max_length=2, default="sv")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("anmäld"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("bekräftad"), null=True, editable=False)
    told_until = models.DateTimeField(null=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("följare")
        verbose_name_plural = _("följare")
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="an_address_follows_once")]

    def __str__(self) -> str:
        return self.email

    def get_absolute_url(self) -> str:
        """The page to start and stop on: whoever has this address may do both."""
        return reverse("affiliation:following", args=[self.token])

    @property
    def is_active(self) -> bool:
        """Whether it has confirmed."""
        return self.confirmed_at is not None

    @classmethod
    def ask(cls, email: str, *, language: str) -> None:
        """Mail the address a link to confirm with, again when it has not; one that follows already gets nothing."""
        follower, is_new = cls.objects.get_or_create(email=email.strip().lower(), defaults={"language": language})
        if not is_new:
            now = timezone.now()
            waiting = cls.objects.filter(Q(notified_at=None) | Q(notified_at__lt=now - AGAIN_AFTER), pk=follower.pk, confirmed_at=None)
            waiting.update(notified_at=None, attempts=0, retry_at=now, asked_at=now, language=language)
        ring(cls.BELL)

    def confirm(self) -> None:
        """Start telling, from now on; twice changes nothing."""
        now = timezone.now()
        type(self).objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=now, told_until=now, attempts=0, retry_at=now)
        self.refresh_from_db()

    def stop(self) -> None:
        """Forget the address."""
        type(self).objects.filter(pk=self.pk).delete()
