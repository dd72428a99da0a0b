"""What the council proposes. It binds nobody: a party is bound by its own decision alone, and until then it is called a proposal."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Party
from council.models.agenda import AgendaItem, Stays
from council.models.meetings import Meeting
from council.models.minutes import Minutes
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far a proposal has come in the council."""

    DRAFT = "draft", _("utkast")
    READY = "ready", _("klart för rådet")
    ON_AGENDA = "on_agenda", _("på dagordningen")
    ADOPTED = "adopted", _("rådets förslag")
    REJECTED = "rejected", _("inte antaget av rådet")
    WITHDRAWN = "withdrawn", _("tillbakadraget")


TRANSITIONS: Transitions = {
    "make_ready": ({Status.DRAFT}, Status.READY),
    "rework": ({Status.READY}, Status.DRAFT),
    "put_on_agenda": ({Status.READY, Status.ON_AGENDA}, Status.ON_AGENDA),
    "take_off_agenda": ({Status.ON_AGENDA}, Status.READY),
    "adopt": ({Status.ON_AGENDA}, Status.ADOPTED),
    "reject": ({Status.ON_AGENDA}, Status.REJECTED),
    "withdraw": ({Status.DRAFT, Status.READY, Status.ON_AGENDA}, Status.WITHDRAWN),
}
BEFORE_THE_COUNCIL = Status.DRAFT, Status.READY, Status.WITHDRAWN
"""So far it stands under no item, or need not."""


class Addressed(models.TextChoices):
    """Whom a proposal is for."""

    ALL = "all", _("alla anslutna parter")
    CITY = "city", _("de anslutna på Stadens sida")
    CIVIL_SOCIETY = "civil_society", _("de anslutna på civilsamhällets sida")
    CHOSEN = "chosen", _("de parter som väljs nedan")


class Choice(models.TextChoices):
    """What the council decided on it."""

    ADOPT = "adopt", _("antas som rådets förslag")
    REJECT = "reject", _("antas inte")


class NotAnchored(ValidationError):
    """Somebody must have been asked before a proposal is ready."""

    def __init__(self) -> None:
        super().__init__(_("Skriv först i förankringsloggen vem som är tillfrågad. Sedan kan förslaget bli klart."), code="not_anchored")


ANCHORED = pgtrigger.Trigger(
    name="nothing_is_ready_that_is_not_anchored",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF NEW.status = 'ready' AND (TG_OP = 'INSERT' OR OLD.status = 'draft')
            AND NOT EXISTS (SELECT 1 FROM council_anchoring WHERE proposal_id = NEW.id)
        THEN RAISE EXCEPTION 'nothing_is_ready_that_is_not_anchored' USING ERRCODE = 'check_violation'; END IF;
        RETURN NEW;
    """,
)
WORDS_STAND = pgtrigger.Protect(
    name="the_words_stand_once_it_is_ready",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.status <> 'draft' AND (OLD.title, OLD.slug, OLD.aim, OLD.text, OLD.addressed)"
        " IS DISTINCT FROM (NEW.title, NEW.slug, NEW.aim, NEW.text, NEW.addressed)"
    ),
)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def shown(self) -> Self:
        """Those that everybody may read: they stand on a public agenda, or the council has decided on them."""
        decided = Q(status__in=[Status.ADOPTED, Status.REJECTED], item__in=AgendaItem.objects.public().order_by().values("pk"))
        waiting = Q(status=Status.ON_AGENDA, item__in=AgendaItem.objects.shown().order_by().values("pk"))
        return self.filter(decided | waiting)

    def adopted(self) -> Self:
        """Those that everybody may read and that the parties have before them."""
        return self.shown().filter(status=Status.ADOPTED)

    def in_the_making(self) -> Self:
        """Those that the council's members may still anchor, the newest first."""
        return self.filter(status__in=[Status.DRAFT, Status.READY])

    def to_address(self) -> Self:
        """Those that the council has adopted and that no party has been given yet."""
        return self.filter(status=Status.ADOPTED, addressed_on=None).order_by("pk")

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
    Addressed = Addressed
    TRANSITIONS = TRANSITIONS

    title = models.CharField(_("rubrik"), max_length=160)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    aim = models.TextField(_("mål"), default="", help_text=_("Vad man vill nå, i en eller två meningar."))
    text = models.TextField(_("förslaget"), help_text=_("Vad parterna föreslås göra. Det går att skriva med rubriker och listor (Markdown)."))
    addressed = models.CharField(_("vem det riktar sig till"), max_length=16, choices=Addressed, default=Addressed.ALL)
    chosen = models.ManyToManyField(Party, verbose_name=_("valda parter"), blank=True, related_name="+")
    commitments = models.ManyToManyField(Commitment, verbose_name=_("åtaganden som det tjänar"), blank=True, related_name="proposals")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("punkt"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="proposals"
    )
    waiting = models.CharField(_("väntar på justering"), max_length=6, choices=Choice, blank=True, editable=False)
    decided_on = models.DateField(_("beslutat"), null=True, editable=False)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True, editable=False)
    addressed_on = models.DateField(_("lagt fram för parterna"), null=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("förslag")
        verbose_name_plural = _("förslag")
        ordering = ["-pk"]
        constraints = [
            status_is_known("proposal", Status),
            models.CheckConstraint(
                name="a_proposal_on_an_agenda_or_decided_has_its_item", condition=Q(status__in=BEFORE_THE_COUNCIL) | Q(item__isnull=False)
            ),
            models.CheckConstraint(
                name="a_decided_proposal_has_its_day", condition=~Q(status__in=["adopted", "rejected"]) | Q(decided_on__isnull=False, waiting="")
            ),
            models.CheckConstraint(name="proposal_choice_is_known", condition=Q(waiting__in=["", *Choice.values])),
            models.CheckConstraint(name="whom_it_addresses_is_known", condition=Q(addressed__in=Addressed.values)),
            models.CheckConstraint(name="only_what_is_adopted_is_addressed", condition=Q(addressed_on=None) | Q(status="adopted")),
            models.CheckConstraint(
                name="no_proposal_has_the_feeds_address",
                condition=~Q(slug="feed"),
                violation_error_message=_("Adressen ”feed” används redan. Välj en annan."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS), ANCHORED, WORDS_STAND]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("council:proposal", args=[self.slug])

    @property
    def is_editable(self) -> bool:
        """Whether its words may still change: the council has not had it before it."""
        return self.status == Status.DRAFT

    @property
    def may_be_anchored(self) -> bool:
        """Whether people may still be asked about it before the council has it."""
        return self.status in {Status.DRAFT, Status.READY}

    def make_ready(self, *, by: "User") -> None:
        """The words stand, and the council may take it up. Raises NotAnchored, or WrongStatus."""
        if self.may("make_ready") and not self.anchorings.exists():
            raise NotAnchored
        self._become("make_ready", by=by)

    def rework(self, *, by: "User", note: str = "") -> None:
        """Back to a draft whose words may change. Raises WrongStatus."""
        self._become("rework", by=by, note=note)

    @transaction.atomic
    def put_on_agenda(self, *, by: "User", meeting: Meeting) -> None:
        """Under an item of its own on the meeting's agenda; the item that it stood under is taken away. Raises WrongStatus, also when the
        meeting has been."""
        before = self._held().item
        if not meeting.is_open or not self.may("put_on_agenda"):
            raise WrongStatus
        if before is not None and before.meeting_id == meeting.pk:
            return
        self._become("put_on_agenda", by=by, item=AgendaItem.objects.add(meeting, title=self.title), waiting="")
        _take_away(before)

    @transaction.atomic
    def take_off_agenda(self, *, by: "User") -> None:
        """It waits for another meeting. Raises WrongStatus, also when the meeting has been: what it took up stands in its minutes."""
        before = self._held().item
        if before is None or not before.meeting.is_open:
            raise WrongStatus
        self._become("take_off_agenda", by=by, item=None, waiting="")
        _take_away(before)

    def _held(self) -> "Proposal":
        """The row, locked until the transaction's end. Raises WrongStatus when it is not as it was read."""
        held = type(self).objects.select_for_update(of=("self",)).select_related("item__meeting").get(pk=self.pk)
        if (held.status, held.item_id) != (self.status, self.item_id):
            raise WrongStatus
        return held

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

    @transaction.atomic
    def withdraw(self, *, by: "User", note: str = "") -> None:
        """It is taken back before the council has decided, and off an agenda that comes. Raises WrongStatus."""
        before = self._held().item
        leaves = before is not None and before.meeting.is_open
        self._become("withdraw", by=by, note=note, waiting="", **({"item": None} if leaves else {}))
        if leaves:
            _take_away(before)


def _take_away(item: AgendaItem | None) -> None:
    """Take the item that a proposal has left off a coming agenda, unless somebody has worked with it."""
    if item is None or not item.meeting.is_open or item.papers.exists() or item.parts.exists():
        return
    with suppress(Stays, WrongStatus):
        item.remove()


class ProposalEvent(Event):
    """Something that happened to a proposal."""

    subject = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett förslag")
        verbose_name_plural = _("händelser i förslag")
