"""What somebody has taken on at a meeting: it lives on from meeting to meeting until it is done."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.models.agenda import AgendaItem
from council.models.composition import Body
from council.models.people import Person
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How it stands."""

    OPEN = "open", _("pågår")
    DONE = "done", _("klart")
    DROPPED = "dropped", _("avslutat utan att bli klart")


TRANSITIONS: Transitions = {
    "finish": ({Status.OPEN}, Status.DONE),
    "drop": ({Status.OPEN}, Status.DROPPED),
    "take_up_again": ({Status.DONE, Status.DROPPED}, Status.OPEN),
}


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> Self:
        """Those that somebody has still to do, the nearest due first."""
        return self.filter(status=Status.OPEN).order_by("due_on", "pk")

    def of_body(self, body: Body) -> Self:
        """Those that were given at the body's meetings."""
        return self.filter(item__meeting__body=body)

    def overdue(self, day: date) -> Self:
        """The open ones whose day has been."""
        return self.open().filter(due_on__lt=day)

    def public(self) -> Self:
        """Those that were given under an item that anyone may read of, in adjusted minutes."""
        return self.filter(item__in=AgendaItem.objects.public().order_by().values("pk"), item__meeting__protocol__status="adjusted")


class Assignment(Stateful):
    """Something to do: what, who does it, for whom, and until when."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    item = models.ForeignKey(AgendaItem, verbose_name=_("punkt"), on_delete=models.PROTECT, related_name="assignments")
    what = models.CharField(_("vad som ska göras"), max_length=240)
    person = models.ForeignKey(Person, verbose_name=_("vem som gör det"), on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    doer = models.CharField(_("eller med ord"), max_length=120, blank=True, help_text=_("Till exempel kansliet eller en förvaltning."))
    for_whom = models.CharField(_("till vem"), max_length=120, blank=True)
    due_on = models.DateField(_("senast"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["due_on", "pk"]
        constraints = [
            status_is_known("assignment", Status),
            models.CheckConstraint(
                name="an_assignment_is_somebodys",
                condition=Q(person__isnull=False) | ~Q(doer=""),
                violation_error_message=_("Välj vem som gör det, eller skriv det med ord."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.what

    @property
    def who(self) -> str:
        """Who does it, in words."""
        return self.person.name if self.person else self.doer

    def is_overdue(self, day: date) -> bool:
        """Whether it is open and its day has been."""
        return self.status == Status.OPEN and self.due_on is not None and self.due_on < day

    def finish(self, *, by: "User | None", note: str) -> None:
        """It is done; `note` says what came of it. Raises WrongStatus."""
        self._become("finish", by=by, note=note)

    def drop(self, *, by: "User", note: str) -> None:
        """It will not be done; `note` says why. Raises WrongStatus."""
        self._become("drop", by=by, note=note)

    def take_up_again(self, *, by: "User", note: str = "") -> None:
        """It was not done after all. Raises WrongStatus."""
        self._become("take_up_again", by=by, note=note)


class AssignmentEvent(Event):
    """Something that happened to an assignment."""

    BELL = "council.deliver_mail"

    subject = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett uppdrag")
        verbose_name_plural = _("händelser i uppdrag")
