"""What people say about the draft of an evaluation. The secretariat reads it first; nothing of it is ever changed or thrown away."""

from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models.evaluations import Evaluation
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class CommentStatus(models.TextChoices):
    """Whether a comment is shown."""

    WAITING = "waiting", _("väntar på läsning")
    SHOWN = "shown", _("visas")
    HELD_BACK = "held_back", _("visas inte")


COMMENT_TRANSITIONS: Transitions = {
    "show": ({CommentStatus.WAITING, CommentStatus.HELD_BACK}, CommentStatus.SHOWN),
    "hold_back": ({CommentStatus.WAITING, CommentStatus.SHOWN}, CommentStatus.HELD_BACK),
}


class NotOpen(ValidationError):
    """Comments are taken in while the draft is open for them."""

    def __init__(self) -> None:
        super().__init__(_("Utvärderingen tar inte emot synpunkter nu."), code="not_open")


class CommentQuerySet(models.QuerySet["EvaluationComment"]):
    def shown(self) -> "CommentQuerySet":
        """Those that everybody may read."""
        return self.filter(status=CommentStatus.SHOWN)

    def waiting(self) -> "CommentQuerySet":
        """Those that the secretariat has not read."""
        return self.filter(status=CommentStatus.WAITING)


class EvaluationComment(Stateful):
    """One person's or organisation's words about a draft."""

    Status = CommentStatus
    TRANSITIONS = COMMENT_TRANSITIONS

    evaluation = models.ForeignKey(Evaluation, verbose_name=_("utvärdering"), on_delete=models.PROTECT, related_name="comments")
    name = models.CharField(_("namn"), max_length=120, blank=True)
    text = models.TextField(_("synpunkt"), max_length=5000)
    sent_at = models.DateTimeField(_("lämnad"), default=timezone.now, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=CommentStatus, default=CommentStatus.WAITING, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt")
        verbose_name_plural = _("synpunkter")
        ordering = ["sent_at", "pk"]
        constraints = [status_is_known("evaluation_comment", CommentStatus)]
        triggers = [
            only_legal_moves(COMMENT_TRANSITIONS),
            pgtrigger.Protect(name="a_comment_is_kept_for_ever", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_comment_keeps_its_words",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(OLD.name, OLD.text, OLD.sent_at, OLD.evaluation_id) IS DISTINCT FROM ROW(NEW.name, NEW.text, NEW.sent_at, NEW.evaluation_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.text[:60]}"

    @classmethod
    @transaction.atomic
    def leave(cls, evaluation: Evaluation, *, name: str, text: str, day: date) -> "EvaluationComment":
        """Take a comment in; raises NotOpen when the evaluation does not ask for any on `day`."""
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
        if not held.takes_comments(day):
            raise NotOpen
        return cls.objects.create(evaluation=held, name=name, text=text)

    def show(self, *, by: "User") -> None:
        """Let everybody read it."""
        self._become("show", by=by)

    def hold_back(self, *, by: "User", note: str = "") -> None:
        """Keep it without showing it."""
        self._become("hold_back", by=by, note=note)


class EvaluationCommentEvent(Event):
    """Something that happened to a comment."""

    subject = models.ForeignKey(EvaluationComment, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
