"""Who stands in an election of a sector's representatives: nobody does without having said yes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from idekom.lib.history import Outgoing, WrongStatus, ring
from idekom.lib.mail import absolute
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from affiliation.models.elections import Election

ONCE = "a_person_stands_once_in_an_election"
YEAR = timedelta(days=365)
FORGOTTEN = "@borttagen.invalid"
"""Stands instead of the host of an address that has been forgotten; each row keeps one of its own."""


class AlreadyStanding(ValidationError):
    """The same person is named already."""

    def __init__(self) -> None:
        super().__init__({"email": _("Personen är redan nominerad i valet.")})


class NominationIsOver(ValidationError):
    """People are named until a day."""

    def __init__(self) -> None:
        super().__init__(_("Nomineringen är stängd. Det går inte längre att nominera någon i valet."), code="nomination_is_over")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def standing(self) -> Self:
        """Those who have said yes and are not struck off, by name."""
        return self.filter(withdrawn_at=None).exclude(agreed_at=None).order_by("name", "pk")

    def named(self) -> Self:
        """Those who are not struck off, whether they have answered or not."""
        return self.filter(withdrawn_at=None).select_related("party").order_by("name", "pk")

    def forget_contacts(self, moment: datetime) -> int:
        """Take away how to reach those who stood in elections that closed more than a year before; returns how many."""
        old = self.filter(election__closes_at__lt=moment - YEAR).exclude(email__endswith=FORGOTTEN)
        return old.update(email=Concat(F("pk"), Value(FORGOTTEN), output_field=models.EmailField()), phone="")

    def to_ask(self) -> Self:
        """Those who are to be asked."""
        return self.filter(agreed_at=None, withdrawn_at=None).select_related("election__sector", "party")

    def name_for(self, election: "Election", *, party: Party | None, moment: datetime, **fields: Any) -> "Candidate":
        """Name a person, who is then asked; raises NominationIsOver and AlreadyStanding. `party` None: the secretary does."""
        if not election.takes_names(moment):
            raise NominationIsOver
        candidate = Candidate(election=election, party=party, **fields)
        candidate.add()
        return candidate


class Candidate(Outgoing):
    """A person named for a sector's places in the council."""

    BELL = "affiliation.deliver_mail"

    election = models.ForeignKey("affiliation.Election", verbose_name=_("val"), on_delete=models.PROTECT, related_name="candidates")
    party = models.ForeignKey(Party, verbose_name=_("nominerad av"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("namn"), max_length=120)
    email = models.EmailField(_("e-postadress"), help_text=_("Dit skickas frågan om personen ställer upp. Adressen visas aldrig."))
    phone = models.CharField(_("telefon"), max_length=40, blank=True, help_text=_("Visas aldrig."))
    presentation = models.TextField(_("presentation"), max_length=1500, blank=True, help_text=_("Visas för alla när personen har sagt ja."))
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    agreed_at = models.DateTimeField(_("ställer upp"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("struken"), null=True, editable=False)
    is_on_ballot = models.BooleanField(_("står på valsedeln"), default=False, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("kandidat")
        verbose_name_plural = _("kandidater")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("election", Lower("email"), name=ONCE, condition=Q(withdrawn_at=None)),
            models.CheckConstraint(
                name="only_who_has_said_yes_is_on_the_ballot", condition=Q(is_on_ballot=False) | Q(agreed_at__isnull=False, withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the named person says yes: whoever has this address may."""
        return reverse("affiliation:candidacy", args=[self.token])

    @property
    def address(self) -> str:
        """That page in full, for the mail."""
        with translation.override(self.language):
            return absolute(self.get_absolute_url())

    def add(self) -> None:
        """Keep a new one, and ask the person; raises AlreadyStanding."""
        self.email = self.email.lower()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            if ONCE in str(error):
                raise AlreadyStanding from error
            raise
        ring(self.BELL)

    def agree(self) -> None:
        """The person says yes; twice is once. Raises WrongStatus when the election has opened, or they are struck off."""
        may = Candidate.objects.filter(pk=self.pk, withdrawn_at=None, election__status="planned", election__opens_at__gt=timezone.now())
        if not may.exists():
            raise WrongStatus
        may.filter(agreed_at=None).update(agreed_at=timezone.now())
        self.refresh_from_db()

    def strike(self) -> None:
        """Take the person off the list before the election opens; raises WrongStatus."""
        if not Candidate.objects.filter(pk=self.pk, withdrawn_at=None, election__status="planned").update(withdrawn_at=timezone.now()):
            raise WrongStatus
        self.refresh_from_db()
