"""The one door for every change of status, the events that tell about it, and the outbox that mails about it.

A model says its rules in a literal TRANSITIONS dict and has one public verb for each; the verb calls `_become`. The move is one
conditional UPDATE, so of two people who decide at once one wins and the other is told. The same transaction writes one event.
Events are also the outbox: `deliver` mails about those that have no `notified_at`, as often as needed, each once.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from idekom.users.models import User

logger = logging.getLogger(__name__)

Transitions = dict[str, tuple[set[str], str]]
"""{verb: (the statuses it may start from, the status it leads to)}"""


class WrongStatus(ValidationError):
    """The step is not possible from the status that the row has, or has got meanwhile by somebody else's hand."""

    def __init__(self) -> None:
        super().__init__(_("Det går inte längre: ärendet har ändrats sedan sidan visades. Läs om sidan och se hur det står."), code="wrong_status")


def only_legal_moves(transitions: Transitions) -> pgtrigger.FSM:
    """A trigger that refuses every change of `status` that `transitions` does not name, also from raw SQL."""
    moves = {(source, target) for sources, target in transitions.values() for source in sources if source != target}
    return pgtrigger.FSM(name="only_legal_moves", field="status", transitions=sorted(moves))


def status_is_known(table: str, statuses: type[models.TextChoices]) -> models.CheckConstraint:
    """A constraint: the status is one of the listed ones."""
    return models.CheckConstraint(name=f"{table}_status_is_known", condition=Q(status__in=statuses.values))


class Outgoing(models.Model):
    """Something to be mailed about once: `deliver` takes those without `notified_at`, and tries again later what failed."""

    notified_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    retry_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Event(Outgoing):
    """One thing that happened to a row: what, by whom, when. Never changed or deleted; `notified_at` says that the mail has gone.

    A concrete event has a foreign key `subject` with related_name "events", and names its mail task in BELL.
    """

    BELL: ClassVar[str] = ""
    WORDS: "ClassVar[Mapping[str, str | Promise]]" = {}
    """{action: what happened, in words}"""

    action = models.CharField(_("händelse"), max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("när"), default=timezone.now, db_index=True)
    note = models.TextField(_("anteckning"), blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"

    @property
    def title(self) -> str:
        """What happened, in words."""
        return str(self.WORDS.get(self.action, self.action))


class Recorded(models.Model):
    """A row whose story is told by events."""

    events: Any  # the related manager of the concrete event

    class Meta:
        abstract = True

    def _record(self, action: str, *, by: "User | None", note: str = "") -> Event:
        """Write one event, and ring the mail task's bell once the transaction is through."""
        event: Event = self.events.create(action=action, actor=by, note=note)
        ring(event.BELL)
        return event


class Stateful(Recorded):
    """A row with a status that changes through verbs only."""

    TRANSITIONS: ClassVar[Transitions] = {}
    status: Any  # a CharField of the concrete model

    class Meta:
        abstract = True

    def may(self, verb: str) -> bool:
        """Whether the status allows the verb."""
        return self.status in self.TRANSITIONS[verb][0]

    @transaction.atomic
    def _become(self, verb: str, *, by: "User | None", note: str = "", **changes: Any) -> Event:
        """Move to the verb's status, with `changes` to other fields, and write one event; raises WrongStatus."""
        sources, target = self.TRANSITIONS[verb]
        if self.status not in sources:
            raise WrongStatus
        unmoved = type(self)._base_manager.filter(**{"pk": self.pk, "status": self.status})  # the status that was read
        rows = unmoved.update(**{"status": target, **changes})
        if rows == 0:
            raise WrongStatus
        for field, value in {"status": target, **changes}.items():
            setattr(self, field, value)
        return self._record(verb, by=by, note=note)


def ring(task: str, *args: Any) -> None:
    """Ask a worker to run `task` soon, after commit. The queue may be down: the schedule rings again."""
    if task:
        transaction.on_commit(lambda: current_app.send_task(task, args=args, ignore_result=True), robust=True)


def deliver(events: "models.Manager[Any] | models.QuerySet[Any]", notify: Callable[[Any], None], *, now: datetime | None = None) -> int:
    """Mail about every event, or other Outgoing row, that waits; returns how many went. Safe to run twice and by several workers at once.

    A mail that fails is tried again after 1, 2, 4 … minutes, at the longest 6 hours; the event waits for as long as it takes.
    """
    sent = 0
    moment = now or timezone.now()
    while True:
        with transaction.atomic():
            event = events.select_for_update(skip_locked=True, of=("self",)).filter(notified_at=None, retry_at__lte=moment).order_by("pk").first()
            if event is None:
                return sent
            try:
                with transaction.atomic():
                    notify(event)
            except Exception:
                logger.exception("mail about %s %s failed", type(event).__name__, event.pk)
                event.attempts += 1
                event.retry_at = moment + min(timedelta(minutes=2 ** (event.attempts - 1)), timedelta(hours=6))
            else:
                event.notified_at = timezone.now()
                sent += 1
            event.save(update_fields=["notified_at", "attempts", "retry_at"])
