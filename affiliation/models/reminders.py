"""Reminders of what waits: unfinished drafts, and cases that wait for either side. Each is made once, whatever the clock does."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application
from affiliation.models.status import DRAFT_DAYS, TRANSITIONS, UNDECIDED
from idekom.lib.history import Outgoing, WrongStatus, ring

DRAFT_STEPS = (7, DRAFT_DAYS - 14)
"""Days after a draft was begun when its owner is reminded: early, and two weeks before it is deleted."""
CASE_STEPS = (7, 14)
"""Days that a case has waited for one side when that side is reminded."""


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def make(self, day: date) -> int:
        """Make the reminders that are due on `day`; returns how many are new. Safe to repeat, also after days without a run."""
        before = self.count()
        self.bulk_create([*_of_drafts(day), *_of_cases(day)], ignore_conflicts=True)
        return self.count() - before

    @transaction.atomic
    def ask_for_link(self, draft: Application, email: str, day: date) -> None:
        """Mail the link to a draft, so that its owner can go on with it; the address is kept for reminders. Raises WrongStatus.

        However often it is asked for on a day, one mail goes to each address; the next day it can be asked for again.
        """
        if Application.objects.filter(pk=draft.pk, status=Application.Status.DRAFT).update(resume_email=email) == 0:
            raise WrongStatus
        link = Reminder(subject=draft, kind=Reminder.Kind.LINK, since_on=day, days=0, email=email)
        self.bulk_create([link], ignore_conflicts=True)
        ring(Reminder.BELL)


class Reminder(Outgoing):
    """One reminder: of what, about which wait, after how many days. A link that the owner of a draft asked for is one as well."""

    BELL: ClassVar[str] = "affiliation.deliver_mail"

    class Kind(models.TextChoices):
        DRAFT = "draft", _("utkast")
        COMPLETION = "completion", _("komplettering")
        DECISION = "decision", _("beslut")
        LINK = "link", _("länk till utkast")

    subject = models.ForeignKey(Application, verbose_name=_("ansökan"), on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(_("om"), max_length=12, choices=Kind)
    since_on = models.DateField(_("har väntat sedan"))
    days = models.PositiveSmallIntegerField(_("efter dagar"))
    email = models.EmailField(_("till"), blank=True, help_text=_("Tomt: till den som då väntas på."))
    made_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(name="reminder_kind_is_known", condition=Q(kind__in=["draft", "completion", "decision", "link"])),
            models.CheckConstraint(name="a_link_and_nothing_else_has_an_address_of_its_own", condition=Q(kind="link") ^ Q(email="")),
            models.UniqueConstraint(name="nobody_is_reminded_twice_of_the_same", fields=["subject", "kind", "since_on", "days", "email"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.days}"

    @property
    def is_stale(self) -> bool:
        """Whether what it reminds of waits no longer."""
        awaited = {
            self.Kind.DRAFT: [Application.Status.DRAFT],
            self.Kind.LINK: [Application.Status.DRAFT],
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
