"""What the nominating body and the secretariat are told about seats: that a mandate runs out, that a seat is vacant.

Each is told once of each step, whatever the clock does.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Representative
from council.models.composition import Seat
from council.models.mandates import Mandate
from idekom.lib.history import Outgoing, ring

if TYPE_CHECKING:
    from idekom.users.models import User

WITHIN = timedelta(days=60)
"""How long before its last day a mandate is told about."""
ENDING_STEPS = (60, 14)
"""Days before the last day of a mandate when it is told about."""
VACANT_STEPS = (0, 30)
"""Days that a seat has been vacant when it is told about."""


class SeatNoticeQuerySet(models.QuerySet["SeatNotice"]):
    def make(self, day: date) -> int:
        """Make the notices that are due on `day`; returns how many are new. Safe to repeat, also after days without a run."""
        before = self.count()
        self.bulk_create([*_of_mandates(day), *_of_vacancies(day)], ignore_conflicts=True)
        ring(SeatNotice.BELL)
        return self.count() - before


class SeatNotice(Outgoing):
    """One mail about one seat to one address: which day it is about, and at which step."""

    BELL: ClassVar[str] = "council.deliver_mail"

    class Kind(models.TextChoices):
        ENDING = "ending", _("uppdraget löper ut")
        VACANT = "vacant", _("platsen är vakant")

    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="notices")
    mandate = models.ForeignKey(Mandate, verbose_name=_("mandat"), on_delete=models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(_("om"), max_length=8, choices=Kind)
    due_on = models.DateField(_("gäller dagen"), help_text=_("Uppdragets sista dag, eller den första dagen utan ledamot."))
    days = models.PositiveSmallIntegerField(_("steg"))
    email = models.EmailField(_("till"))
    language = models.CharField(_("språk"), max_length=2, default="sv")

    objects = SeatNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mejl om en plats")
        verbose_name_plural = _("mejl om platser")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_notice_is_about_a_mandate_that_ends_or_a_vacancy",
                condition=Q(kind="ending", mandate__isnull=False) | Q(kind="vacant", mandate=None),
            ),
            models.UniqueConstraint(
                name="nobody_is_told_twice_of_the_same_seat", fields=["seat", "mandate", "kind", "due_on", "days", "email"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.kind} {self.due_on}"

    @property
    def is_to_secretariat(self) -> bool:
        """Whether it goes to the office itself."""
        return bool(self.email == settings.PORTAL["contact_email"])

    def is_stale(self, day: date) -> bool:
        """Whether it has been seen to: the mandate was prolonged or voided, or somebody sits there."""
        if self.kind == self.Kind.ENDING:
            return not any(found.pk == self.mandate_id and found.until_on == self.due_on for found in Mandate.objects.running_out(day, WITHIN))
        return not Seat.objects.vacant(day).filter(pk=self.seat_id).exists()


def _of_mandates(day: date) -> Iterator[SeatNotice]:
    for mandate in Mandate.objects.running_out(day, WITHIN):
        due_on = mandate.until_on
        if due_on is not None:
            days = min(step for step in ENDING_STEPS if due_on - timedelta(days=step) <= day)  # after days without a run, only the last one
            for email, language in _addresses(mandate.seat, day):
                yield SeatNotice(
                    seat=mandate.seat, mandate=mandate, kind=SeatNotice.Kind.ENDING, due_on=due_on, days=days, email=email, language=language
                )


def _of_vacancies(day: date) -> Iterator[SeatNotice]:
    past = Q(mandates__voided_at=None, mandates__role=Mandate.Role.ORDINARY, mandates__period__fully_lt=(day, None))
    for seat in Seat.objects.vacant(day).select_related("body").annotate(left_on=Max("mandates__period__endswith", filter=past)):
        since = max(seat.left_on or seat.from_on, seat.from_on)
        days = max((step for step in VACANT_STEPS if since + timedelta(days=step) <= day), default=0)
        for email, language in _addresses(seat, day):
            yield SeatNotice(seat=seat, kind=SeatNotice.Kind.VACANT, due_on=since, days=days, email=email, language=language)


def _addresses(seat: Seat, day: date) -> dict[tuple[str, str], None]:
    """(address, language) of everybody who is told about the seat: the nominating party's people, its contact address, and the secretariat."""
    people = Representative.objects.on(day).filter(party=seat.nominator_id, user__is_active=True).select_related("user") if seat.nominator_id else []
    users: list[User] = [one.user for one in people]
    told = [(user.email, user.language) for user in users]
    told += [(seat.nominator_email, "sv")] if seat.nominator_email and seat.nominator_email not in {email for email, _language in told} else []
    return dict.fromkeys([*told, (settings.PORTAL["contact_email"], "sv")])
