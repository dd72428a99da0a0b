"""Reminders of what somebody has taken on: a week before, on the day, and then once a month as long as it is open."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.models.assignments import Assignment
from idekom.lib.history import Outgoing
from idekom.lib.tokens import new_token

AHEAD, EVERY = -7, 30


def step(due_on: date, day: date) -> int | None:
    """How many days after the last day the reminder that is current on `day` belongs to: -7, 0, 30, 60 …; None before the first."""
    days = (day - due_on).days
    if days < AHEAD:
        return None
    return AHEAD if days < 0 else days - days % EVERY


class AssignmentReminderQuerySet(models.QuerySet["AssignmentReminder"]):
    def make(self, day: date) -> int:
        """Make the reminders that are current on `day`, each once; returns how many assignments have one. Safe to repeat."""
        open_ones = Assignment.objects.open().filter(person__isnull=False, due_on__lte=day - timedelta(days=AHEAD))
        rows = [
            AssignmentReminder(assignment=one, due_on=one.due_on, step=which)
            for one in open_ones
            if one.due_on is not None and (which := step(one.due_on, day)) is not None
        ]
        self.bulk_create(rows, ignore_conflicts=True)
        return len(rows)


class AssignmentReminder(Outgoing):
    """A mail to somebody who has taken something on; its secret address lets them say that it is done."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    step = models.IntegerField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    objects = AssignmentReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("påminnelse om ett uppdrag")
        verbose_name_plural = _("påminnelser om uppdrag")
        constraints = [models.UniqueConstraint(name="an_assignment_is_reminded_of_once_a_step", fields=["assignment", "due_on", "step"])]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.step}"

    def get_absolute_url(self) -> str:
        return reverse("council:assignment", args=[self.token])
