"""Who is mailed about an election, and about what: each address once about each thing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Representative
from idekom.lib.dated import today
from idekom.lib.history import Outgoing, ring

if TYPE_CHECKING:
    from affiliation.models.elections import Election

VOTING_ROLES = (Representative.Role.ADMINISTRATOR, Representative.Role.REPORTER)
"""Those who vote for a party."""


YEAR = timedelta(days=365)


class ElectionNoticeQuerySet(models.QuerySet["ElectionNotice"]):
    def tell_voters(self, election: "Election", kind: "ElectionNotice.Kind", *, parties: "models.QuerySet[Party] | None" = None) -> int:
        """A mail to everybody who votes for a party on the roll, or for one of `parties`; returns how many are new."""
        voters = Party.objects.filter(pk__in=election.roll.values("party")) if parties is None else parties
        people = Representative.objects.on(today()).filter(party__in=voters, role__in=VOTING_ROLES)
        return self.tell(election, kind, people.values_list("user__email", "user__language"))

    def tell(self, election: "Election", kind: "ElectionNotice.Kind", readers: Iterable[tuple[str, str]]) -> int:
        """A mail to each (address, language); returns how many are new."""
        known = set(self.filter(election=election, kind=kind).values_list("email", flat=True))
        wanted = {email.lower(): language for email, language in readers}
        made = [ElectionNotice(election=election, kind=kind, email=email, language=wanted[email]) for email in sorted(wanted) if email not in known]
        self.bulk_create(made, ignore_conflicts=True)
        ring(ElectionNotice.BELL)
        return len(made)

    def forget(self, moment: datetime) -> int:
        """Delete the mails of elections that closed more than a year before; returns how many."""
        return self.filter(election__closes_at__lt=moment - YEAR).delete()[0]


class ElectionNotice(Outgoing):
    """A mail about an election to one address."""

    BELL = "affiliation.deliver_mail"

    class Kind(models.TextChoices):
        OPENED = "opened", _("valet har öppnat")
        REMINDER = "reminder", _("påminnelse")
        RESULT = "result", _("resultat")
        CANCELLED = "cancelled", _("inställt")

    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    email = models.EmailField(_("e-postadress"))
    language = models.CharField(_("språk"), max_length=2, default="sv")

    objects = ElectionNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mejl om ett val")
        verbose_name_plural = _("mejl om val")
        constraints = [
            models.UniqueConstraint(name="an_address_is_told_once_of_each_thing_in_an_election", fields=["election", "kind", "email"]),
            models.CheckConstraint(name="election_notice_kind_is_known", condition=Q(kind__in=["opened", "reminder", "result", "cancelled"])),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_kind_display()}"

    @property
    def is_needless(self) -> bool:
        """Whether everybody that the reader votes for has voted meanwhile: then there is nothing to remind of."""
        roles = Representative.objects.on(today()).filter(user__email__iexact=self.email, role__in=VOTING_ROLES)
        waits = self.election.roll.filter(has_voted=False, party__in=roles.values("party"))
        return self.kind == self.Kind.REMINDER and not waits.exists()
