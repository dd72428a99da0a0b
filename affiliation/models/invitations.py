"""Letting more people in to act for a party."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Representative
from idekom.lib.dated import today
from idekom.lib.history import Outgoing, ring
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User

VALID_DAYS = 30


class InvitationClosed(ValidationError):
    """The invitation has been used, taken back or has run out."""

    def __init__(self) -> None:
        super().__init__(_("Inbjudan gäller inte längre. Be den som bjöd in att skicka en ny."), code="closed")


class AlreadyActing(ValidationError):
    """Whoever acts for the party has a role there, which can be changed."""

    def __init__(self) -> None:
        super().__init__(_("Personen företräder parten redan. Ändra rollen i listan i stället."), code="already_acting")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, day: date) -> "InvitationQuerySet":
        """Those that can be accepted on `day`."""
        return self.filter(accepted_at=None, revoked_at=None, expires_on__gte=day)


class Invitation(Outgoing):
    """A mailed invitation to act for a party in a role."""

    BELL = "affiliation.deliver_mail"

    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-postadress"))
    role = models.CharField(_("roll"), max_length=16, choices=Representative.Role, default=Representative.Role.REPORTER)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("inbjuden av"), on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("inbjuden"), default=timezone.now, editable=False)
    expires_on = models.DateField(_("gäller till och med"))
    accepted_at = models.DateTimeField(_("antagen"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("återtagen"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="invitation_role_is_known", condition=Q(role__in=Representative.Role.values)),
            models.UniqueConstraint(
                "party", Lower("email"), name="an_address_is_invited_once_at_a_time", condition=Q(accepted_at=None, revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.party}"

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted today."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_on >= today()

    @classmethod
    @transaction.atomic
    def invite(cls, party: Party, email: str, role: Representative.Role, *, by: "User") -> "Invitation":
        """Invite somebody; an earlier invitation to the same address that waits is replaced. Raises AlreadyActing."""
        Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        if Representative.objects.on(today()).filter(party=party, user__email__iexact=email.strip()).exists():
            raise AlreadyActing
        cls.objects.filter(party=party, email__iexact=email.strip(), accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
        made = cls.objects.create(party=party, email=email.strip().lower(), role=role, invited_by=by, expires_on=today() + timedelta(days=VALID_DAYS))
        ring(cls.BELL)
        return made

    @transaction.atomic
    def accept(self, *, language: str) -> Representative:
        """Whoever has the invited address acts for the party from today, in the role; `language` is what a new user reads.

        A role that they got meanwhile is changed to this one. Raises InvitationClosed, and LastAdministrator.
        """
        if type(self).objects.waiting(today()).filter(pk=self.pk).update(accepted_at=timezone.now()) == 0:
            raise InvitationClosed
        role = Representative.Role(self.role)
        user = get_user_model().objects.with_email(self.email, language=language)
        representative = Representative.appoint(self.party, user, from_on=today(), role=role)
        if representative.role != role:
            representative.change_role(role, today())
        return representative

    def revoke(self) -> None:
        """Take it back; raises InvitationClosed when it has been used, or is taken back already."""
        if type(self).objects.filter(pk=self.pk, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now()) == 0:
            raise InvitationClosed
