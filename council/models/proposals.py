"""What the council proposes. It binds nobody: a party is bound by its own decision alone, and until then it is called a proposal."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.models.agenda import AgendaItem
from council.models.meetings import Meeting
from council.models.minutes import Minutes
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far a proposal has come in the council."""

    DRAFT = "draft", _("utkast")
    ON_AGENDA = "on_agenda", _("på dagordningen")
    ADOPTED = "adopted", _("rådets förslag")
    REJECTED = "rejected", _("inte antaget av rådet")
    WITHDRAWN = "withdrawn", _("tillbakadraget")


TRANSITIONS: Transitions = {
    "put_on_agenda": ({Status.DRAFT, Status.ON_AGENDA}, Status.ON_AGENDA),
    "adopt": ({Status.ON_AGENDA}, Status.ADOPTED),
    "reject": ({Status.ON_AGENDA}, Status.REJECTED),
    "withdraw": ({Status.DRAFT, Status.ON_AGENDA}, Status.WITHDRAWN),
}


class Choice(models.TextChoices):
    """What the council decided on it."""

    ADOPT = "adopt", _("antas som rådets förslag")
    REJECT = "reject", _("antas inte")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def shown(self) -> Self:
        """Those that everybody may read: they stand on a public agenda, or the council has decided on them."""
        decided = Q(status__in=[Status.ADOPTED, Status.REJECTED], item__in=AgendaItem.objects.public().order_by().values("pk"))
        waiting = Q(status=Status.ON_AGENDA, item__in=AgendaItem.objects.shown().order_by().values("pk"))
        return self.filter(decided | waiting)

    def follow_tabled(self) -> int:
        """Let those whose item was tabled stand under the item that returned; returns how many moved."""
        moved = 0
        for proposal in self.filter(status=Status.ON_AGENDA, item__outcome=AgendaItem.Outcome.TABLED, item__returned__isnull=False):
            assert proposal.item is not None  # noqa: S101 - the filter says so
            moved += self.filter(pk=proposal.pk, item=proposal.item).update(item=proposal.item.returned, waiting="")
        return moved

    def take_adjusted(self) -> int:
        """Decide those whose decision waited for minutes that are adjusted now; returns how many. Safe to repeat, and by several workers."""
        taken = 0
        adjusted = Minutes.objects.adjusted().values("meeting")
        while True:
            with transaction.atomic():
                due = self.filter(status=Status.ON_AGENDA, item__meeting__in=adjusted).exclude(waiting="").order_by("pk")
                one = due.select_for_update(skip_locked=True, of=("self",)).select_related("item__meeting").first()
                if one is None:
                    return taken
                one._decide(one.waiting, by=None)
                taken += 1


@pghistory.track(model_name="ProposalChange")
class Proposal(Stateful):
    """A proposal of the council: aims, agreements or activities, for the parties to decide on."""

    Status = Status
    Choice = Choice
    TRANSITIONS = TRANSITIONS

    title = models.CharField(_("rubrik"), max_length=160)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    text = models.TextField(_("förslaget"), help_text=_("Vad parterna föreslås göra. Det går att skriva med rubriker och listor (Markdown)."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("punkt"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="proposals"
    )
    waiting = models.CharField(_("väntar på justering"), max_length=6, choices=Choice, blank=True, editable=False)
    decided_on = models.DateField(_("beslutat"), null=True, editable=False)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("förslag")
        verbose_name_plural = _("förslag")
        ordering = ["-pk"]
        constraints = [
            status_is_known("proposal", Status),
            models.CheckConstraint(
                name="a_proposal_on_an_agenda_or_decided_has_its_item", condition=Q(status__in=["draft", "withdrawn"]) | Q(item__isnull=False)
            ),
            models.CheckConstraint(
                name="a_decided_proposal_has_its_day", condition=~Q(status__in=["adopted", "rejected"]) | Q(decided_on__isnull=False, waiting="")
            ),
            models.CheckConstraint(name="proposal_choice_is_known", condition=Q(waiting__in=["", *Choice.values])),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("council:proposal", args=[self.slug])

    @property
    def is_editable(self) -> bool:
        """Whether its words may still change: the council has not had it before it."""
        return self.status == Status.DRAFT

    @transaction.atomic
    def put_on_agenda(self, *, by: "User", meeting: Meeting) -> None:
        """Under an item of its own on the meeting's agenda. Raises WrongStatus, also when the meeting has been."""
        if not meeting.is_open:
            raise WrongStatus
        item = AgendaItem.objects.add(meeting, title=self.title)
        self._become("put_on_agenda", by=by, item=item, waiting="")

    @transaction.atomic
    def decide(self, choice: str, *, by: "User", at_once: bool) -> None:
        """What the council decided: it counts at once, or when the minutes are adjusted. Raises WrongStatus."""
        held = type(self).objects.select_for_update(of=("self",)).select_related("item__meeting").get(pk=self.pk)
        if not held.may(choice):
            raise WrongStatus
        if at_once:
            held._decide(choice, by=by)
        else:
            held.waiting = choice
            held.save(update_fields=["waiting"])
            held._record("choose", by=by, note=str(Choice(choice).label))
        self.refresh_from_db()

    def _decide(self, choice: str, *, by: "User | None") -> None:
        item = self.item
        if item is None:
            raise WrongStatus
        on: date = item.meeting.on
        self._become(choice, by=by, decided_on=on, paragraph=item.meeting.items.numbers().get(item.pk, ""), waiting="")

    def withdraw(self, *, by: "User", note: str = "") -> None:
        """It is taken back before the council has decided. Raises WrongStatus."""
        self._become("withdraw", by=by, note=note, waiting="")


class ProposalEvent(Event):
    """Something that happened to a proposal."""

    subject = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett förslag")
        verbose_name_plural = _("händelser i förslag")
