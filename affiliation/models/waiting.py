"""Decisions that a meeting has taken, and that count once its minutes are adjusted."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from affiliation.models.applications import Application
from affiliation.models.decisions import Decision
from affiliation.models.status import UNDECIDED
from council.models import Meeting, Minutes
from idekom.lib.history import Outgoing, WrongStatus, ring

if TYPE_CHECKING:
    from idekom.users.models import User


class Choice(models.TextChoices):
    """What was decided."""

    APPROVE = "approve", _("godkänns")
    DECLINE = "decline", _("avslås")


class WaitingDecisionQuerySet(models.QuerySet["WaitingDecision"]):
    def waiting(self) -> "WaitingDecisionQuerySet":
        """Those that have not been taken."""
        return self.filter(taken_at=None)

    def skipped(self) -> "WaitingDecisionQuerySet":
        """Those that could not be taken when the time came."""
        return self.exclude(skipped_because="")

    @transaction.atomic
    def keep(self, case: Application, meeting: Meeting, choice: str, *, by: "User", note: str = "", paragraph: str = "") -> "WaitingDecision":
        """Keep a decision until the meeting's minutes are adjusted, instead of what was kept before. Raises WrongStatus."""
        Application.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)  # in turn: two who choose at once
        if not Application.objects.filter(pk=case.pk, status__in=UNDECIDED).exists():
            raise WrongStatus
        self.let_go([case])
        kept = self.create(case=case, meeting=meeting, choice=choice, by=by, note=note, paragraph=paragraph)
        ring("affiliation.decide_adjusted")
        return kept

    def let_go(self, cases: list[Application]) -> None:
        """What was kept for the cases does not wait any more: they are decided in another way, or not yet."""
        self.waiting().filter(case__in=cases).delete()

    def take_adjusted(self) -> int:
        """Take each decision whose minutes are adjusted; returns how many. Safe to repeat and with several workers at once."""
        taken = 0
        while True:
            with transaction.atomic():
                due = self.waiting().filter(meeting__in=Minutes.objects.adjusted().values("meeting"))
                one = due.select_for_update(skip_locked=True, of=("self",)).select_related("case", "meeting", "by").order_by("pk").first()
                if one is None:
                    return taken
                taken += one.take()


class WaitingDecision(Outgoing):
    """What a meeting decided about one case, kept until its minutes are adjusted."""

    BELL: ClassVar[str] = "affiliation.deliver_mail"

    Choice = Choice

    case = models.ForeignKey(Application, verbose_name=_("ansökan"), on_delete=models.PROTECT, related_name="waiting_decisions")
    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="waiting_decisions")
    choice = models.CharField(_("beslut"), max_length=8, choices=Choice)
    note = models.TextField(_("skäl"), blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)
    skipped_because = models.TextField(blank=True, editable=False)

    objects = WaitingDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("beslut som väntar på justering")
        verbose_name_plural = _("beslut som väntar på justering")
        ordering = ["case__submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_waiting_decision_per_case", fields=["case"], condition=Q(taken_at=None)),
            models.CheckConstraint(name="waiting_decision_is_a_yes_or_a_no", condition=Q(choice__in=Choice.values)),
            models.CheckConstraint(name="a_no_that_waits_has_a_reason", condition=~Q(choice="decline") | ~Q(note="")),
            models.CheckConstraint(name="only_what_was_due_is_skipped", condition=Q(skipped_because="") | Q(taken_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_choice_display()}"

    @property
    def decision(self) -> Decision:
        """When and where it was taken: at the meeting."""
        return Decision(on=self.meeting.on, meeting=self.meeting, paragraph=self.paragraph)

    def take(self) -> bool:
        """Decide the case now. False when it cannot be decided any more: then the row says why, and the secretariat is told."""
        try:
            with transaction.atomic():
                if self.choice == Choice.APPROVE:
                    self.case.approve(by=self.by, decision=self.decision)
                else:
                    self.case.decline(by=self.by, decision=self.decision, note=self.note)
        except WrongStatus:
            self.case.refresh_from_db()
            self.skipped_because = _t("Ansökan är %(status)s.") % {"status": self.case.get_status_display()}
        except ValidationError as error:
            self.skipped_because = " ".join(error.messages)
        self.taken_at = timezone.now()
        self.save(update_fields=["taken_at", "skipped_because"])
        if self.skipped_because:
            ring(self.BELL)
        return not self.skipped_because
