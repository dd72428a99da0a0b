"""Signing ceremonies: many organisations sign on one evening, on their phones."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application
from affiliation.models.status import Status
from idekom.lib.dated import hours_in_words
from idekom.lib.history import Outgoing, ring
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on a screen far away."""
OPENS_BEFORE = timedelta(hours=2)
CLOSES_AFTER = timedelta(hours=6)


def new_code() -> str:
    """Six letters that can be typed from a screen: 31 ** 6 of them."""
    return "".join(secrets.choice(LETTERS) for _number in range(6))


class CeremonyIsOver(ValidationError):
    """Nobody can sign at it any more, so nobody is invited to it."""

    def __init__(self) -> None:
        super().__init__(_("Kvällen är över. Det går inte att mejla inbjudningar till den."), code="ceremony_is_over")


class Ceremony(models.Model):
    """An evening on which organisations sign together. Its short address takes signatures around its hours."""

    name = models.CharField(_("namn"), max_length=120)
    code = models.CharField(_("kod i adressen"), max_length=12, unique=True, default=new_code, editable=False)
    place = models.CharField(_("lokal"), max_length=160)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))

    class Meta:
        verbose_name = _("underteckningskväll")
        verbose_name_plural = _("underteckningskvällar")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="a_ceremony_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Kvällen måste sluta efter att den har börjat."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The short address, behind the QR code."""
        return reverse("affiliation:ceremony", args=[self.code])

    @property
    def address(self) -> str:
        """The short address in full: the same one, whatever language it is shown in."""
        with translation.override(settings.LANGUAGE_CODE):
            return absolute(self.get_absolute_url())

    @property
    def typed_address(self) -> str:
        """The short address as one types it: without what browsers add by themselves."""
        return self.address.partition("://")[2].rstrip("/")

    @property
    def address_parts(self) -> list[str]:
        """The typed address in the parts between which it may be broken."""
        return re.findall(r"[^/]+/?", self.typed_address)

    @property
    def when(self) -> str:
        """Its hours in words."""
        return hours_in_words(self.starts_at, self.ends_at)

    @property
    def opens_at(self) -> datetime:
        """When the first signature is taken: two hours before it starts."""
        return self.starts_at - OPENS_BEFORE

    @property
    def closes_at(self) -> datetime:
        """When the last signature is taken: six hours after it ends."""
        return self.ends_at + CLOSES_AFTER

    def is_open(self, moment: datetime) -> bool:
        """Whether signatures are taken."""
        return self.opens_at <= moment <= self.closes_at

    def is_over(self, moment: datetime) -> bool:
        """Whether it takes no more signatures."""
        return moment > self.closes_at

    def signatures(self) -> "models.QuerySet[Application]":
        """The applications that carry the ceremony, the newest first."""
        return self.applications.visible_to_staff().order_by("-submitted_at", "-pk")

    def standing(self) -> "models.QuerySet[Application]":
        """The signatures that nobody has taken back or declined: those that the screen shows."""
        return self.signatures().exclude(status__in=[Status.WITHDRAWN, Status.DECLINED])

    def invite(self, rows: Iterable[tuple[str, str]]) -> int:
        """Put organisations on the list, (name, e-mail) each; returns how many are new. Nobody is mailed yet."""
        known = set(self.invitations.values_list("email", flat=True))
        new = [CeremonyInvitation(ceremony=self, name=name, email=email) for name, email in rows if email not in known]
        CeremonyInvitation.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may be adding the same list
        return len(new)

    def uninvite(self, invitation: int) -> bool:
        """Take one off the list; False when it has been mailed, or is none of this ceremony's."""
        return bool(self.invitations.filter(pk=invitation, invited_at=None, application=None).delete()[0])

    def send_invitations(self, moment: datetime) -> int:
        """Mail those on the list who have not been mailed; returns how many. Pressed twice, it mails each once; raises CeremonyIsOver."""
        if self.is_over(moment):
            raise CeremonyIsOver
        sent = self.invitations.filter(invited_at=None).update(invited_at=moment, retry_at=moment)
        ring(CeremonyInvitation.BELL)
        return sent

    @transaction.atomic
    def sign(self, draft_key: UUID, *, language: str, answers: dict[str, Any], invitation: "CeremonyInvitation | None" = None) -> Application:
        """An organisation signs: the whole application at once.

        Raises WrongStatus when a case has come of the key already, Incomplete, and Version.DoesNotExist while there is no
        agreement to join.
        """
        case = Application.objects.begin(draft_key, language=language, answers={**answers, "ceremony": self, "source": Application.Source.CEREMONY})
        case.submit()
        if invitation is not None:
            CeremonyInvitation.objects.filter(pk=invitation.pk, application=None).update(application=case)
        return case


class CeremonyInvitationQuerySet(models.QuerySet["CeremonyInvitation"]):
    def asked_for(self) -> "CeremonyInvitationQuerySet":
        """Those that the secretary has asked to be mailed; the others wait."""
        return self.exclude(invited_at=None)


class CeremonyInvitation(Outgoing):
    """An organisation asked to sign at a ceremony, with a link of its own."""

    BELL = "affiliation.deliver_mail"

    ceremony = models.ForeignKey(Ceremony, verbose_name=_("underteckningskväll"), on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(_("organisationens namn"), max_length=160)
    email = models.EmailField(_("e-postadress"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    application = models.OneToOneField(
        Application,
        verbose_name=_("ansökan"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="ceremony_invitation",
    )
    invited_at = models.DateTimeField(_("inbjuden"), null=True, editable=False)

    objects = CeremonyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjuden organisation")
        verbose_name_plural = _("inbjudna organisationer")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(name="an_address_is_invited_once_to_a_ceremony", fields=["ceremony", "email"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The invited organisation's own link to sign by."""
        return reverse("affiliation:ceremony_invited", args=[self.ceremony.code, self.token])

    @property
    def address(self) -> str:
        """The link in full, for the mail."""
        with translation.override(settings.LANGUAGE_CODE):
            return absolute(self.get_absolute_url())

    @property
    def draft_key(self) -> UUID:
        """The key of its signature: one invitation gives one case, however many at the organisation fill in the form."""
        return uuid5(NAMESPACE_URL, self.token)
