"""Questions to a dialogue forum: asked from phones, liked, taken up, and answered by somebody by a day."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Party
from followup.models.forums import Forum
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a question stands."""

    NEW = "new", _("ny")
    SHOWN = "shown", _("visas")
    SET_ASIDE = "set_aside", _("visas inte")
    TAKEN_UP = "taken_up", _("väntar på svar")
    ANSWERED = "answered", _("besvarad")


TONES = {
    Status.NEW: "waiting",
    Status.SHOWN: "neutral",
    Status.SET_ASIDE: "neutral",
    Status.TAKEN_UP: "waiting",
    Status.ANSWERED: "good",
}

TRANSITIONS: Transitions = {
    "show": ({Status.NEW, Status.SET_ASIDE}, Status.SHOWN),
    "set_aside": ({Status.NEW, Status.SHOWN}, Status.SET_ASIDE),
    "take_up": ({Status.NEW, Status.SHOWN, Status.TAKEN_UP}, Status.TAKEN_UP),  # again, with another owner or day
    "answer": ({Status.TAKEN_UP, Status.ANSWERED}, Status.ANSWERED),  # again, in better words
}


class QuestionQuerySet(models.QuerySet["ForumQuestion"]):
    def on_screen(self) -> "QuestionQuerySet":
        """Those that everybody in the hall sees, the most liked first, each with its number of likes."""
        seen = self.filter(status__in=[Status.SHOWN, Status.TAKEN_UP, Status.ANSWERED])
        return seen.annotate(like_count=Count("likes")).order_by("-like_count", "asked_at", "pk")

    def in_the_ledger(self) -> "QuestionQuerySet":
        """Those that somebody has promised to answer, and the answered ones."""
        return self.filter(status__in=[Status.TAKEN_UP, Status.ANSWERED]).select_related("owner", "forum__round").order_by("due_on", "pk")

    def open(self) -> "QuestionQuerySet":
        """Those that wait for their answer, the one due first in front."""
        return self.in_the_ledger().filter(status=Status.TAKEN_UP)

    def overdue(self, day: date) -> "QuestionQuerySet":
        """Those whose day has passed."""
        return self.open().filter(due_on__lt=day)

    def waiting_before(self, year: int) -> "QuestionQuerySet":
        """Those from the forums of earlier years that still wait."""
        return self.open().filter(forum__round__year__lt=year)


class ForumQuestion(Stateful):
    """A question from the hall. It is never deleted: once taken up it stands until somebody has answered it."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    forum = models.ForeignKey(Forum, verbose_name=_("dialogforum"), on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("fråga"), max_length=400)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW, editable=False)
    asked_at = models.DateTimeField(_("ställd"), default=timezone.now, editable=False)
    owner = models.ForeignKey(Party, verbose_name=_("part som svarar"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_words = models.CharField(_("någon annan som svarar"), max_length=160, blank=True)
    due_on = models.DateField(_("svar senast"), null=True, blank=True)
    answer_text = models.TextField(_("svar"), max_length=4000, blank=True)
    answered_on = models.DateField(_("besvarad"), null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga till forumet")
        verbose_name_plural = _("frågor till forumet")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            status_is_known("forum_question", Status),
            models.CheckConstraint(
                name="a_question_taken_up_has_one_who_answers_and_a_day",
                condition=~Q(status__in=["taken_up", "answered"]) | ((Q(owner__isnull=False) | ~Q(owner_words="")) & Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_answered_question_has_its_answer",
                condition=~Q(status="answered") | (~Q(answer_text="") & Q(answered_on__isnull=False)),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS), pgtrigger.Protect(name="a_question_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def who(self) -> str:
        """Who answers it."""
        return self.owner.name if self.owner else self.owner_words

    def is_overdue(self, day: date) -> bool:
        """Whether it waits although its day has passed."""
        return self.status == Status.TAKEN_UP and self.due_on is not None and self.due_on < day

    @classmethod
    @transaction.atomic
    def ask(cls, forum: Forum, text: str) -> "ForumQuestion":
        """Keep a question until the secretariat has read it. The same words twice, while they wait, are one question."""
        held = forum.hold()
        if not held.takes_questions(timezone.now()):
            raise QuestionsClosed
        same = cls.objects.filter(forum=held, text=text, status=Status.NEW).first()
        if same is not None:
            return same
        made = cls.objects.create(forum=held, text=text)
        made._record("ask", by=None)
        return made

    def show(self, *, by: "User") -> None:
        """Let everybody see it."""
        self._become("show", by=by)

    def set_aside(self, *, by: "User") -> None:
        """Do not show it; it is kept."""
        self._become("set_aside", by=by)

    def take_up(self, *, by: "User", due_on: date, owner: Party | None = None, owner_words: str = "") -> None:
        """Somebody promises to answer it by a day."""
        if owner is None and not owner_words:
            raise ValidationError(_("Skriv vem som ska svara."), code="no_owner")
        words = "" if owner else owner_words
        note = f"{owner.name if owner else words}, {due_on.isoformat()}"
        self._become("take_up", by=by, note=note, owner=owner, owner_words=words, due_on=due_on)

    def answer(self, text: str, *, by: "User", day: date) -> None:
        """The answer, for everybody to read."""
        if not text.strip():
            raise ValidationError(_("Skriv svaret."), code="no_answer")
        self._become("answer", by=by, note=text, answer_text=text, answered_on=self.answered_on or day)

    @transaction.atomic
    def like(self, browser: UUID) -> None:
        """One like from one browser; twice is as once."""
        if self.status not in {Status.SHOWN, Status.TAKEN_UP}:
            raise WrongStatus
        if not self.forum.takes_questions(timezone.now()):
            raise QuestionsClosed
        ForumLike.objects.get_or_create(question=self, browser=browser)

    def unlike(self, browser: UUID) -> None:
        """Take the like back."""
        ForumLike.objects.filter(question=self, browser=browser).delete()


class QuestionsClosed(ValidationError):
    """The forum has been."""

    def __init__(self) -> None:
        super().__init__(_("Forumet har varit. Det går inte längre att ställa eller gilla frågor."), code="questions_closed")


class ForumLike(models.Model):
    """A like: the browser is a random number that says nothing of whose it is."""

    question = models.ForeignKey(ForumQuestion, on_delete=models.PROTECT, related_name="likes")
    browser = models.UUIDField()

    class Meta:
        verbose_name = _("gillande")
        verbose_name_plural = _("gillanden")
        constraints = [models.UniqueConstraint(fields=["question", "browser"], name="a_browser_likes_a_question_once")]

    def __str__(self) -> str:
        return f"{self.question_id}"


TITLES = {
    "ask": _("Frågan ställdes"),
    "show": _("Frågan visas"),
    "set_aside": _("Frågan visas inte"),
    "take_up": _("Någon ska svara"),
    "answer": _("Svaret skrevs"),
}


class ForumQuestionEvent(Event):
    """Something that happened to a question."""

    subject = models.ForeignKey(ForumQuestion, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")

    @property
    def title(self) -> str:
        """What happened, in words."""
        return str(TITLES[self.action])

    @property
    def text(self) -> str:
        """Who and when, or the answer as it was then."""
        return self.note
