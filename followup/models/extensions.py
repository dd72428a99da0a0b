"""More time for a report: a party asks, the secretariat grants or declines."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from followup.models.reports import Report
from followup.models.rounds import Round
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

MOST_DAYS = 60
"""How long after the round's last day a report may be given time."""


class Status(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("väntar på svar")
    GRANTED = "granted", _("beviljad")
    DECLINED = "declined", _("inte beviljad")


TRANSITIONS: Transitions = {
    "grant": ({Status.ASKED}, Status.GRANTED),
    "decline": ({Status.ASKED}, Status.DECLINED),
}


class AskedAlready(ValidationError):
    """One request at a time."""

    def __init__(self) -> None:
        super().__init__(_("Ni har redan bett om mer tid. Vänta på kansliets svar, så kan ni sedan be igen."), code="asked_already")


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def waiting(self) -> "ExtensionQuerySet":
        """Those that the secretariat has not answered and that still matter, the oldest first."""
        reports = Report.objects.not_yet_in().filter(round__status=Round.Status.OPEN)
        return self.filter(status=Status.ASKED, report__in=reports.order_by().values("pk")).order_by("asked_on", "pk")

    @transaction.atomic
    def ask(self, report: Report, *, until_on: date, by: "User", why: str = "", day: date | None = None) -> "Extension":
        """A party asks for more time. Raises WrongStatus when nobody waits for the report, AskedAlready, or an error about the day."""
        held = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=report.pk)
        if not can_be_extended(held):
            raise WrongStatus
        if held.extensions.filter(status=Status.ASKED).exists():
            raise AskedAlready
        first, last = days_to_choose(held, day or today())
        if not first <= until_on <= last:
            raise ValidationError({"until_on": outside(first, last)})
        made = self.create(report=held, until_on=until_on, why=why, asked_by=by, asked_on=day or today())
        made._record("ask", by=by)
        return made


def can_be_extended(report: Report) -> bool:
    """Whether somebody waits for the report: it is not in, and its round is open."""
    return Report.objects.not_yet_in().filter(pk=report.pk, round__status=Round.Status.OPEN).exists()


def days_to_choose(report: Report, day: date) -> tuple[date, date]:
    """The first and the last day that may be asked for on `day`; the first comes after the last when there is no more time to give."""
    return max(day, report.due_on) + timedelta(days=1), report.round.due_on + timedelta(days=MOST_DAYS)


def outside(first: date, last: date) -> str:
    """What is wrong with a day that may not be asked for."""
    return _now("Välj en dag från och med den %(first)s till och med den %(last)s.") % {
        "first": date_format(first, "j F Y"),
        "last": date_format(last, "j F Y"),
    }


class Extension(Stateful):
    """A party asks for more time for its report, until a day; once granted, the day is the report's own last day."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="extensions")
    until_on = models.DateField(_("till och med"))
    why = models.TextField(_("varför"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ASKED, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("begärd"), default=today, editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("begäran om mer tid")
        verbose_name_plural = _("begäran om mer tid")
        ordering = ["asked_on", "pk"]
        constraints = [
            status_is_known("extension", Status),
            models.UniqueConstraint(name="a_report_has_one_open_request_for_more_time", fields=["report"], condition=Q(status="asked")),
            models.CheckConstraint(name="more_time_is_until_a_day_to_come", condition=Q(until_on__gt=F("asked_on"))),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.report}: {self.until_on}"

    @transaction.atomic
    def grant(self, *, by: "User", note: str = "", day: date | None = None) -> None:
        """Give the time. Raises WrongStatus when it is answered, or nobody waits for the report; an error when the day has been."""
        self._must_matter()
        if self.until_on < (day or today()):
            raise ValidationError(_("Dagen har redan varit. Svara nej, så kan de be om en ny dag."), code="past")
        self._become("grant", by=by, note=note)

    @transaction.atomic
    def decline(self, *, by: "User", note: str = "") -> None:
        """The last day stays as it is. Raises WrongStatus when it is answered, or nobody waits for the report."""
        self._must_matter()
        self._become("decline", by=by, note=note)

    @property
    def answer(self) -> "ExtensionEvent | None":
        """The secretariat's answer."""
        return self.events.filter(action__in=list(TRANSITIONS)).first()

    def _must_matter(self) -> None:
        Round.objects.select_for_update().get(reports=self.report_id)
        if not can_be_extended(self.report):
            raise WrongStatus


class ExtensionEvent(Event):
    """Something that happened to a request; the secretariat and who asked are mailed about it."""

    BELL = "followup.deliver_mail"

    subject = models.ForeignKey(Extension, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en begäran om mer tid")
        verbose_name_plural = _("händelser i begäran om mer tid")
