"""Reminders of what waits: unfinished drafts, and cases that wait for either side. Each is made once, whatever the clock does."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application
from affiliation.models.status import DRAFT_DAYS, TRANSITIONS, UNDECIDED
from idekom.lib.history import Outgoing

DRAFT_STEPS = (7, DRAFT_DAYS - 14)
"""Days after a draft was last touched, and after it was begun, when its owner is reminded."""
CASE_STEPS = (7, 14)
"""Days that a case has waited for one side when that side is reminded."""


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def make(self, day: date) -> int:
        """Make the reminders that are due on `day`; returns how many are new. Safe to repeat, also after days without a run."""
        before = self.count()
        self.bulk_create([*_of_drafts(day), *_of_cases(day)], ignore_conflicts=True)
        return self.count() - before


class Reminder(Outgoing):
    """One reminder: of what, about which wait, after how many days."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("utkast")
        COMPLETION = "completion", _("komplettering")
        DECISION = "decision", _("beslut")

    subject = models.ForeignKey(Application, verbose_name=_("ansökan"), on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(_("om"), max_length=12, choices=Kind)
    since_on = models.DateField(_("har väntat sedan"))
    days = models.PositiveSmallIntegerField(_("efter dagar"))
    made_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(name="reminder_kind_is_known", condition=Q(kind__in=["draft", "completion", "decision"])),
            models.UniqueConstraint(name="nobody_is_reminded_twice_of_the_same", fields=["subject", "kind", "since_on", "days"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.days}"

    @property
    def is_stale(self) -> bool:
        """Whether what it reminds of waits no longer."""
        awaited = {
            self.Kind.DRAFT: [Application.Status.DRAFT],
            self.Kind.COMPLETION: [Application.Status.NEEDS_COMPLETION],
            self.Kind.DECISION: UNDECIDED,
        }
        return self.subject.status not in awaited[self.Kind(self.kind)]


def _of_drafts(day: date) -> Iterator[Reminder]:
    drafts = Application.objects.filter(status=Application.Status.DRAFT).exclude(resume_email="", contact_email="")
    for draft in drafts:
        since = _local(draft.started_at)
        if (days := _step(DRAFT_STEPS, since, day)) is not None:
            yield Reminder(subject=draft, kind=Reminder.Kind.DRAFT, since_on=since, days=days)


def _of_cases(day: date) -> Iterator[Reminder]:
    waiting = (
        Application.objects.open()
        .exclude(status=Application.Status.ON_AGENDA)
        .annotate(since=Max("events__at", filter=Q(events__action__in=list(TRANSITIONS))))
    )
    for case in waiting:
        kind = Reminder.Kind.COMPLETION if case.status == Application.Status.NEEDS_COMPLETION else Reminder.Kind.DECISION
        since = _local(case.since)  # type: ignore[attr-defined]
        if (days := _step(CASE_STEPS, since, day)) is not None:
            yield Reminder(subject=case, kind=kind, since_on=since, days=days)


def _step(steps: tuple[int, ...], since: date, day: date) -> int | None:
    """The last step that has been passed: after days without a run only that one is due."""
    passed = [days for days in steps if since + timedelta(days=days) <= day]
    return passed[-1] if passed else None


def _local(moment: datetime) -> date:
    return timezone.localdate(moment)
