"""The register: which parties are affiliated, on any day."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from affiliation.models.decisions import Decision
from agreement.models import Party, Version
from council.models import Meeting
from idekom.lib.dated import Dated, DatedQuerySet, one_at_a_time, period, today
from idekom.lib.history import Event, Recorded, WrongStatus

if TYPE_CHECKING:
    from idekom.users.models import User


class AffiliationQuerySet(DatedQuerySet):
    def in_force(self, day: date) -> Self:
        """The affiliations that hold on `day`, with their parties in Swedish order."""
        return self.on(day).select_related("party__sector", "party__district").order_by("party__sort_name", "party_id")

    def administered_by(self, user: "User", day: date) -> Self:
        """Those that hold on `day`, of the parties whose entry the user may change."""
        return self.on(day).filter(party__in=Party.objects.administered_by(user, day)).select_related("party", "version")

    def former(self, day: date) -> Self:
        """Those that have ended by `day`."""
        return self.filter(period__fully_lt=(day, None), period__upper_inf=False)

    def announce(self, day: date, moment: datetime) -> int:
        """Note that those who are new, and hold on `day`, are told about from `moment` on; returns how many. Each is announced once in its life,
        whenever it was registered and whatever day it starts. A party that goes on under another version is not new."""
        earlier = Affiliation.objects.filter(
            party=OuterRef("party"), period__adjacent_to=OuterRef("period"), period__startswith__lt=OuterRef("period__startswith")
        )
        return self.on(day).filter(announced_at=None).exclude(Exists(earlier)).update(announced_at=moment)

    def announced(self, day: date, *, after: datetime, until: datetime) -> Self:
        """What has been announced since `after`, and holds on `day`, in Swedish order."""
        return self.in_force(day).filter(announced_at__gt=after, announced_at__lte=until)


class TooEarly(ValidationError):
    """Leaving can be told for today or for a day to come, not for days that have been."""

    def __init__(self) -> None:
        super().__init__(_("Sista dagen kan vara i dag eller senare."), code="too_early")


@pghistory.track(exclude=["unconfirmed_since", "announced_at"], model_name="AffiliationChange")
class Affiliation(Dated, Recorded):
    """A party stands behind a version of the agreement, from a day on and as long as it wishes."""

    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="affiliations")
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="affiliations")
    application = models.OneToOneField(
        "affiliation.Application",
        verbose_name=_("ansökan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="affiliation",
    )
    decided_by = models.CharField(
        _("partens eget beslut fattades av"), max_length=120, help_text=_("Till exempel styrelsen, årsmötet eller nämnden.")
    )
    decided_on = models.DateField(_("partens beslut"))
    decided_paragraph = models.CharField(_("paragraf i partens protokoll"), max_length=20, blank=True)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("godkänd på möte"), on_delete=models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    paragraph = models.CharField(_("paragraf i Idékoms protokoll"), max_length=20, blank=True)
    idekom_decided_on = models.DateField(_("Idékoms beslut"), null=True, blank=True)
    is_delegated = models.BooleanField(_("delegationsbeslut"), default=False, help_text=_("Beslutat enligt delegation, utan möte."))
    unconfirmed_since = models.DateField(_("inte bekräftad sedan"), null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(_("meddelad till följare"), null=True, blank=True, editable=False)

    objects = AffiliationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("anslutning")
        verbose_name_plural = _("anslutningar")
        ordering = ["-period"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="a_delegated_affiliation_has_no_meeting",
                condition=Q(is_delegated=False) | Q(meeting=None),
                violation_error_message=_("Ett delegationsbeslut fattas utan möte. Välj ett av dem."),
            ),
            one_at_a_time("a_party_is_affiliated_once_at_a_time", "party", _("Parten är redan ansluten under den tiden.")),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.from_on})"

    @property
    def is_leaving(self) -> bool:
        """Whether a last day has been told."""
        return self.until_on is not None

    @property
    def decision(self) -> Decision | None:
        """Idékom's decision, when it is known."""
        return Decision.of(self)

    @transaction.atomic
    def leave(self, *, by: "User", last_day: date) -> None:
        """The party leaves after `last_day`, for no reason that anybody asks. Raises TooEarly, and WrongStatus when it is leaving already."""
        if last_day < today():
            raise TooEarly
        self._end_with(period(self.from_on, last_day), was_open=True)
        self._record("leave", by=by, note=last_day.isoformat())

    @transaction.atomic
    def stay(self, *, by: "User") -> None:
        """The party takes its leaving back, which it may as long as the last day has not been."""
        if self.until_on is None or self.until_on < today():
            raise WrongStatus
        self._end_with(DateRange(self.from_on, None), was_open=False)
        self._record("stay", by=by)

    def _end_with(self, new: DateRange, *, was_open: bool) -> None:
        """Move the end in one conditional UPDATE, so that of two who do it at once one is told; a last day that has been stays."""
        still_so = (
            type(self).objects.filter(pk=self.pk, period__upper_inf=was_open).filter(Q(period__upper_inf=True) | Q(period__endswith__gt=today()))
        )
        if still_so.update(period=new) == 0:
            raise WrongStatus
        self.period = new


class AffiliationEvent(Event):
    """Something that happened to an affiliation; the party and the secretariat are mailed about it."""

    BELL = "affiliation.deliver_mail"
    WORDS = {"leave": _("Parten meddelade att den lämnar"), "stay": _("Parten ångrade att den lämnar")}

    subject = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en anslutning")
        verbose_name_plural = _("händelser i anslutningar")

    @property
    def last_day(self) -> date:
        """The last day that was told when the party said it leaves."""
        return date.fromisoformat(self.note)
