"""What those who may write a report are told about time: that it waits for them, and when it is due. Each is told once, whatever the clock does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from affiliation.models import Affiliation
from agreement.models import Representative
from followup.models.reports import Report
from followup.models.rounds import Round
from idekom.lib.dated import today
from idekom.lib.history import Outgoing, ring

if TYPE_CHECKING:
    from idekom.users.models import User

STEPS = (-14, -7, -1, 0, 7)
"""Days from the report's last day when those who may write it are reminded."""


@dataclass(frozen=True)
class Recipient:
    """Somebody who may write a report that has not come in."""

    report: Report
    user: "User"
    due_on: date
    told_on: date | None

    @property
    def key(self) -> str:
        """How a form names them."""
        return f"{self.report.pk}-{self.user.pk}"

    def reminder(self, kind: str, day: date, **fields: Any) -> "ReportReminder":
        """A mail to them, not yet kept."""
        return ReportReminder(report=self.report, user=self.user, kind=kind, due_on=self.due_on, made_on=day, **fields)

    def is_told_on(self, day: date) -> bool:
        """Whether they have had a mail about the report that day: a second one is never made."""
        return self.told_on is not None and self.told_on >= day


class ReportReminderQuerySet(models.QuerySet["ReportReminder"]):
    def make(self, day: date) -> int:
        """Make what is due on `day`, in open rounds; returns how many are new. Safe to repeat, also after days without a run."""
        return self._add(_due(self.recipients(Report.objects.all(), day), day))

    def make_by_hand(self, recipients: Iterable[Recipient], day: date, *, by: "User") -> int:
        """The secretary reminds these; returns how many are new: nobody is mailed twice on one day about a report."""
        made = self._add(one.reminder(ReportReminder.Kind.BY_HAND, day, made_by=by) for one in recipients)
        ring(ReportReminder.BELL)
        return made

    def recipients(self, reports: "models.QuerySet[Report]", day: date) -> list[Recipient]:
        """Who may on `day` write those of the reports that have not come in, of parties still affiliated, and when they were last told."""
        waiting = _waited_for(day).filter(pk__in=reports.order_by().values("pk")).select_related("round", "party")
        counted = self.filter(Q(is_dropped=False) | Q(kind=ReportReminder.Kind.OPENED)).order_by()
        told = {(report, user): on for report, user, on in counted.values_list("report", "user").annotate(on=Max("made_on"))}
        writers: dict[int, list[User]] = {}
        for one in _writers(day).filter(party__in=waiting.order_by().values("party")).select_related("user").order_by("user__email"):
            if one.user not in writers.setdefault(one.party_id, []):
                writers[one.party_id].append(one.user)
        return [
            Recipient(report, user, report.own_due_on, told.get((report.pk, user.pk)))  # type: ignore[attr-defined]
            for report in waiting
            for user in writers.get(report.party_id, [])
        ]

    def mailed(self) -> "ReportReminderQuerySet":
        """Those that have gone out."""
        return self.filter(notified_at__isnull=False, is_dropped=False)

    def _add(self, rows: Iterable["ReportReminder"]) -> int:
        before = self.count()
        self.bulk_create(rows, ignore_conflicts=True)
        return self.count() - before


def _due(recipients: Iterable[Recipient], day: date) -> Iterator["ReportReminder"]:
    """First that the report waits; then the last step that has been passed since they were told anything."""
    for one in recipients:
        passed = [days for days in STEPS if one.due_on + timedelta(days=days) <= day]
        if one.told_on is None:
            yield one.reminder(ReportReminder.Kind.OPENED, day)
        elif passed and one.due_on + timedelta(days=passed[-1]) > one.told_on:
            yield one.reminder(ReportReminder.Kind.STEP, day, days=passed[-1])


def _waited_for(day: date) -> "models.QuerySet[Report]":
    """The reports that somebody waits for: those of parties that have left are waited for no more."""
    affiliated = Affiliation.objects.on(day).values("party")
    return Report.objects.not_yet_in().filter(round__status=Round.Status.OPEN, party__in=affiliated).with_due_on()


def _writers(day: date) -> "models.QuerySet[Representative]":
    found: models.QuerySet[Representative] = Representative.objects.on(day).exclude(role=Representative.Role.READER)
    return found.filter(user__is_active=True)


class ReportReminder(Outgoing):
    """One mail to one person about one report's time: it waits, it is soon due, or it has not come in yet."""

    BELL: ClassVar[str] = "followup.deliver_mail"

    class Kind(models.TextChoices):
        OPENED = "opened", _("omgången har öppnat")
        STEP = "step", _("påminnelse")
        BY_HAND = "by_hand", _("påminnelse från kansliet")

    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("till"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("slag"), max_length=8, choices=Kind)
    due_on = models.DateField(_("sista dag"))
    days = models.SmallIntegerField(_("dagar från sista dagen"), null=True, blank=True)
    made_on = models.DateField(_("skapad"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_dropped = models.BooleanField(_("behövdes inte"), default=False, editable=False)

    objects = ReportReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("påminnelse om rapport")
        verbose_name_plural = _("påminnelser om rapporter")
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(name="report_reminder_kind_is_known", condition=Q(kind__in=["opened", "step", "by_hand"])),
            models.CheckConstraint(name="a_step_and_nothing_else_has_its_days", condition=Q(kind="step") ^ Q(days__isnull=True)),
            models.CheckConstraint(name="what_the_secretary_sent_says_by_whom", condition=Q(kind="by_hand") ^ Q(made_by__isnull=True)),
            models.UniqueConstraint(name="nobody_is_mailed_twice_a_day_about_a_report", fields=["report", "user", "made_on"]),
            models.UniqueConstraint(name="nobody_is_told_twice_that_a_report_waits", fields=["report", "user"], condition=Q(kind="opened")),
            models.UniqueConstraint(name="nobody_is_reminded_twice_of_a_day", fields=["report", "user", "due_on", "days"], condition=Q(kind="step")),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.kind} {self.made_on}"

    @property
    def days_left(self) -> int:
        """Days from when it was made to the last day: 0 on that day, negative after it."""
        return (self.due_on - self.made_on).days

    @property
    def is_stale(self) -> bool:
        """Whether what it says is no longer so: the report has come in, the round has closed, the day has moved, or a newer one is made."""
        day = max(self.made_on, today())
        report = _waited_for(day).filter(pk=self.report_id).first()
        if report is None or not _writers(day).filter(party=report.party_id, user=self.user_id).exists():
            return True
        has_moved = self.kind != self.Kind.OPENED and report.own_due_on != self.due_on  # type: ignore[attr-defined]
        return has_moved or ReportReminder.objects.filter(report=self.report_id, user=self.user_id, pk__gt=self.pk).exists()

    def drop(self) -> None:
        """It is not mailed."""
        ReportReminder.objects.filter(pk=self.pk).update(is_dropped=True)
