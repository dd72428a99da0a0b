"""Signing ceremonies: many organisations sign on one evening, on their phones."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application
from idekom.lib.history import Outgoing
from idekom.lib.tokens import new_token

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on a screen far away."""
OPENS_BEFORE = timedelta(hours=2)
CLOSES_AFTER = timedelta(hours=6)


def new_code() -> str:
    """Six letters that can be typed from a screen: 31 ** 6 of them."""
    return "".join(secrets.choice(LETTERS) for _number in range(6))


class Ceremony(models.Model):
    """An evening on which organisations sign together. Its short address takes signatures around its hours."""

    name = models.CharField(_("namn"), max_length=120)
    code = models.CharField(_("kod i adressen"), max_length=12, unique=True, default=new_code, editable=False)
    place = models.CharField(_("plats"), max_length=160)
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

    def is_open(self, moment: datetime) -> bool:
        """Whether signatures are taken: from two hours before it starts to six hours after it ends."""
        return self.starts_at - OPENS_BEFORE <= moment <= self.ends_at + CLOSES_AFTER

    def signatures(self) -> "models.QuerySet[Application]":
        """The applications that carry the ceremony, the newest first."""
        return self.applications.visible_to_staff().order_by("-submitted_at", "-pk")

    @transaction.atomic
    def sign(self, draft_key: UUID, *, language: str, answers: dict[str, Any], invitation: "CeremonyInvitation | None" = None) -> Application:
        """An organisation signs: the whole application at once. The same form sent twice gives the same case.

        Raises Incomplete, and Version.DoesNotExist while there is no agreement to join.
        """
        case = Application.objects.begin(draft_key, language=language, answers={**answers, "ceremony": self, "source": Application.Source.CEREMONY})
        case.submit()
        if invitation is not None:
            CeremonyInvitation.objects.filter(pk=invitation.pk, application=None).update(application=case)
        return case


class CeremonyInvitation(Outgoing):
    """An organisation asked to sign at a ceremony, with a link of its own."""

    BELL = "affiliation.deliver_mail"

    ceremony = models.ForeignKey(Ceremony, verbose_name=_("underteckningskväll"), on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(_("organisationens namn"), max_length=160)
    email = models.EmailField(_("e-postadress"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    application = models.OneToOneField(
        Application, verbose_name=_("ansökan"), on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="ceremony_invitation"
    )
    invited_at = models.DateTimeField(_("inbjuden"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("inbjuden organisation")
        verbose_name_plural = _("inbjudna organisationer")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(name="an_address_is_invited_once_to_a_ceremony", fields=["ceremony", "email"])]

    def __str__(self) -> str:
        return self.name
