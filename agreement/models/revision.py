"""A revision round: the draft of a new version is shown to everybody, who may say something about each paragraph of it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreement.models.text import Version
from agreement.models.wordings import Passage, Wording
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

ADDRESS_DAYS, UNANSWERED_DAYS = 30, 365
"""How long an address is kept: after the answer was mailed, and after the round's last day where nobody answered."""


class NotOpen(ValidationError):
    """Comments are taken in from the round's first day to its last."""

    def __init__(self) -> None:
        super().__init__(_("Revisionsrundan tar inte emot synpunkter nu."), code="not_open")


class RevisionRoundQuerySet(models.QuerySet["RevisionRound"]):
    def public(self, day: date) -> "RevisionRoundQuerySet":
        """Those whose first day has come: the draft stays shown after the last."""
        return self.filter(opens_on__lte=day)


class RevisionRound(models.Model):
    """The days between which everybody may say something about a draft. From the first day on the draft is public."""

    version = models.OneToOneField(Version, verbose_name=_("utkast"), on_delete=models.PROTECT, related_name="revision_round")
    opens_on = models.DateField(_("första dagen"))
    closes_on = models.DateField(_("sista dagen"), help_text=_("Synpunkter tas emot till och med den dagen."))
    introduction = models.TextField(_("inledning"), max_length=8000, blank=True, help_text=_("Markdown: varför texten ändras, och vad ni vill veta."))

    objects = RevisionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("revisionsrunda")
        verbose_name_plural = _("revisionsrundor")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_revision_round_ends_after_it_begins",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Sista dagen är före den första. Ändra en av dem."),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_revision_round_keeps_its_draft",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.version_id IS DISTINCT FROM NEW.version_id"),
            )
        ]

    def __str__(self) -> str:
        return str(_("Synpunkter på %(version)s") % {"version": self.version})

    def get_absolute_url(self) -> str:
        return reverse("agreement:revision", args=[self.version.slug])

    def clean(self) -> None:
        """Only a draft whose official text is fixed can be shown: what people comment on must not change."""
        version = Version.objects.filter(pk=self.version_id).first()
        if version and not self.pk and not version.may_change:
            raise ValidationError({"version": _("Versionen är inget utkast. Välj ett utkast.")})
        if version and self.wording is None:
            raise ValidationError({"version": _("Utkastet har ingen fastställd text på svenska. Läs in texten och fastställ den först.")})

    @property
    def answers_url(self) -> str:
        """The table of what came of the comments."""
        return reverse("agreement:revision_answers", args=[self.version.slug])

    @property
    def wording(self) -> Wording | None:
        """The text that is commented on."""
        fixed = Wording.objects.filter(version_id=self.version_id, status=Wording.Status.FIXED, language=Wording.Language.SWEDISH)
        return fixed.first()

    def takes_comments(self, day: date) -> bool:
        """Whether comments are taken in on `day`."""
        return self.opens_on <= day <= self.closes_on

    def is_over(self, day: date) -> bool:
        """Whether its last day has been."""
        return day > self.closes_on


class CommentStatus(models.TextChoices):
    """How far a comment has come."""

    WAITING = "waiting", _("väntar på läsning")
    SHOWN = "shown", _("visas")
    HELD_BACK = "held_back", _("visas inte")
    ANSWERED = "answered", _("besvarad")


COMMENT_TRANSITIONS: Transitions = {
    "show": ({CommentStatus.WAITING, CommentStatus.HELD_BACK}, CommentStatus.SHOWN),
    "hold_back": ({CommentStatus.WAITING, CommentStatus.SHOWN}, CommentStatus.HELD_BACK),
    "answer": ({CommentStatus.SHOWN, CommentStatus.ANSWERED}, CommentStatus.ANSWERED),
}


class Outcome(models.TextChoices):
    """What came of a comment."""

    TAKEN = "taken", _("tas in")
    PARTLY = "partly", _("tas in delvis")
    NOT = "not", _("tas inte in")


class RevisionCommentQuerySet(models.QuerySet["RevisionComment"]):
    def public(self) -> "RevisionCommentQuerySet":
        """Those that everybody may read, with the paragraph that each is about."""
        return self.filter(status__in=[CommentStatus.SHOWN, CommentStatus.ANSWERED]).select_related("passage")

    def waiting(self) -> "RevisionCommentQuerySet":
        """Those that the secretariat has not read."""
        return self.filter(status=CommentStatus.WAITING)

    def unanswered(self, day: date) -> "RevisionCommentQuerySet":
        """Those that are shown without an answer, although their round is over."""
        return self.filter(status=CommentStatus.SHOWN, round__closes_on__lt=day)

    def forget_addresses(self, now: datetime) -> int:
        """Take away the addresses of those who have had their answer, or will not get one; returns how many."""
        told = RevisionCommentEvent.objects.filter(action="answer", notified_at__lt=now - timedelta(days=ADDRESS_DAYS))
        long_ago = timezone.localdate(now) - timedelta(days=UNANSWERED_DAYS)
        over = Q(pk__in=told.values("subject")) | (~Q(status=CommentStatus.ANSWERED) & Q(round__closes_on__lt=long_ago))
        return self.exclude(email="").filter(over).update(email="")


class RevisionComment(Stateful):
    """What somebody says about a paragraph of a draft, and what the secretariat answers."""

    Status = CommentStatus
    Outcome = Outcome
    TRANSITIONS = COMMENT_TRANSITIONS

    round = models.ForeignKey(RevisionRound, verbose_name=_("revisionsrunda"), on_delete=models.PROTECT, related_name="comments")
    passage = models.ForeignKey(Passage, verbose_name=_("stycke"), on_delete=models.PROTECT, related_name="comments")
    name = models.CharField(_("namn"), max_length=120, blank=True)
    email = models.EmailField(_("e-post"), max_length=254, blank=True)
    language = models.CharField(_("språk"), max_length=2, choices=[("sv", _("svenska")), ("en", _("engelska"))], default="sv", editable=False)
    text = models.TextField(_("synpunkt"), max_length=5000)
    sent_at = models.DateTimeField(_("lämnad"), default=timezone.now, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=CommentStatus, default=CommentStatus.WAITING, editable=False)
    outcome = models.CharField(_("svar"), max_length=8, choices=Outcome, blank=True, editable=False)
    reason = models.TextField(_("skäl"), max_length=4000, blank=True, editable=False)
    answered_at = models.DateTimeField(_("besvarad"), null=True, editable=False)

    objects = RevisionCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt på ett utkast")
        verbose_name_plural = _("synpunkter på utkast")
        ordering = ["passage__position", "sent_at", "pk"]
        constraints = [
            status_is_known("revision_comment", CommentStatus),
            models.CheckConstraint(name="revision_comment_outcome_is_known", condition=Q(outcome="") | Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="an_answered_comment_has_an_answer_with_a_reason",
                condition=~Q(status="answered") | (~Q(outcome="") & ~Q(reason="") & Q(answered_at__isnull=False)),
            ),
        ]
        triggers = [
            only_legal_moves(COMMENT_TRANSITIONS),
            pgtrigger.Protect(name="a_revision_comment_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_revision_comment_keeps_its_words",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(OLD.name, OLD.text, OLD.sent_at, OLD.round_id, OLD.passage_id)"
                    " IS DISTINCT FROM ROW(NEW.name, NEW.text, NEW.sent_at, NEW.round_id, NEW.passage_id)"
                ),
            ),
            pgtrigger.Trigger(
                name="a_comment_is_about_its_rounds_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM agreement_passage p JOIN agreement_wording w ON w.id = p.wording_id
                        JOIN agreement_revisionround r ON r.version_id = w.version_id
                        WHERE p.id = NEW.passage_id AND r.id = NEW.round_id AND w.status = 'fixed'
                    ) THEN RAISE EXCEPTION 'a comment is about its round''s draft'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)

    @classmethod
    @transaction.atomic
    def leave(cls, round: RevisionRound, passage: Passage, *, text: str, name: str, email: str, language: str, day: date) -> "RevisionComment":
        """Take a comment in; raises NotOpen when the round takes none on `day`."""
        held = RevisionRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
        if not held.takes_comments(day):
            raise NotOpen
        return cls.objects.create(round=held, passage=passage, text=text, name=name, email=email, language=language)

    def show(self, *, by: "User") -> None:
        """Let everybody read it."""
        self._become("show", by=by)

    def hold_back(self, *, by: "User", note: str = "") -> None:
        """Keep it without showing it."""
        self._become("hold_back", by=by, note=note)

    def answer(self, *, by: "User", outcome: str, reason: str) -> None:
        """Say what came of it, and why; whoever left an address gets a mail."""
        self._become("answer", by=by, outcome=outcome, reason=reason, answered_at=timezone.now())


class RevisionCommentEvent(Event):
    """Something that happened to a comment; an answer is mailed."""

    BELL = "agreement.deliver_mail"

    subject = models.ForeignKey(RevisionComment, on_delete=models.PROTECT, related_name="events")

    TITLES = {"show": _("Synpunkten visas"), "hold_back": _("Synpunkten visas inte"), "answer": _("Synpunkten är besvarad")}

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")

    @property
    def title(self) -> str:
        """What happened, in words."""
        return str(self.TITLES.get(self.action, self.action))
