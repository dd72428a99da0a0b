"""What each party has decided about a proposal of the council. The council binds nobody: a row that says yes does."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import ActionPlan, Activity, Party, Side, Version
from council.models.proposals import Proposal
from council.models.stances import NOTHING, Given, Stance, Stand
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves

if TYPE_CHECKING:
    from idekom.users.models import User

_ANY = set(Stance.values)
VERBS = {
    Stance.YES: "say_yes",
    Stance.CHANGED: "say_yes_with_change",
    Stance.NO: "say_no",
    Stance.NOT_FOR_US: "say_not_for_us",
}
TRANSITIONS: Transitions = {
    "say_yes": (_ANY, Stance.YES),
    "say_yes_with_change": (_ANY, Stance.CHANGED),
    "say_no": (_ANY, Stance.NO),
    "say_not_for_us": (_ANY, Stance.NOT_FOR_US),
    "take_back": (_ANY - {Stance.OPEN}, Stance.OPEN),
}
PAUSE = timedelta(days=14)
"""A party is not reminded again within this time."""


class NotTheirs(PermissionDenied):
    """Only a party's own administrators decide for it, or the secretary from a paper that says so."""


class NotFromPaper(ValidationError):
    """The office takes back only what the office has entered."""

    def __init__(self) -> None:
        super().__init__(_("Parten har svarat själv. Bara parten kan ta bort svaret."), code="not_from_paper")


class Earlier(ValidationError):
    """A new decision is not older than the one that it replaces."""

    def __init__(self) -> None:
        told = _("Dagen är före ert tidigare beslut. Är det rätt dag, kryssa i att det som står är fel.")
        super().__init__({"decided_on": told}, code="earlier")


class RemindedLately(ValidationError):
    """There is a pause between reminders."""

    def __init__(self) -> None:
        super().__init__(_("Parten fick mejl om förslaget för mindre än två veckor sedan. Vänta lite."), code="reminded_lately")


class PartyDecisionQuerySet(models.QuerySet["PartyDecision"]):
    @transaction.atomic
    def address(self, proposal: Proposal, parties: Iterable[Party], *, on: date, by: "User | None" = None) -> int:
        """Lay an adopted proposal before the parties, each once; returns how many are new. Raises WrongStatus. Safe to repeat."""
        held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if held.status != Proposal.Status.ADOPTED:
            raise WrongStatus
        known = set(self.filter(proposal=held).values_list("party", flat=True))
        new = [party for party in parties if party.pk not in known]
        for party in new:
            self.create(proposal=held, party=party, addressed_on=on)._record("address", by=by)
        Proposal.objects.filter(pk=held.pk, addressed_on=None).update(addressed_on=on)
        proposal.refresh_from_db(fields=["addressed_on"])
        return len(new)

    def open(self) -> Self:
        """Those that wait for the party, of proposals that stand."""
        return self.filter(status=Stance.OPEN)

    def waiting_for(self, user: "User", day: date) -> Self:
        """Those that wait for a party whose administrator the user is on `day`."""
        return self.open().filter(party__in=Party.objects.administered_by(user, day)).select_related("party", "proposal")

    def of_side(self, side: str) -> Self:
        """The parties of one side."""
        city = Q(party__kind=Party.Kind.CITY_BODY)
        return self.filter(city if side == Side.CITY else ~city)

    def with_story(self) -> Self:
        """With parties in Swedish order, and everything that has happened to each."""
        return self.select_related("party", "proposal").prefetch_related("events").order_by("party__sort_name", "party_id")


class PartyDecision(Stateful, Stand):
    """How a party stands to a proposal; the decision that holds now. What it has said before is in its events."""

    Status = Stance
    TRANSITIONS = TRANSITIONS

    proposal = models.ForeignKey(Proposal, verbose_name=_("förslag"), on_delete=models.PROTECT, related_name="decisions")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(_("hur parten står"), max_length=12, choices=Stance, default=Stance.OPEN, editable=False)
    addressed_on = models.DateField(_("fick förslaget"), editable=False)
    entered_at = models.DateTimeField(_("infört"), null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    activity = models.ForeignKey(
        Activity, verbose_name=_("aktivitet"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="decisions"
    )
    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="decisions"
    )

    objects = PartyDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("parts beslut om ett förslag")
        verbose_name_plural = _("parternas beslut om förslag")
        ordering = ["-proposal", "party__sort_name", "party_id"]
        constraints = [
            models.UniqueConstraint(name="a_party_has_one_row_for_a_proposal", fields=["proposal", "party"]),
            models.CheckConstraint(name="party_stance_is_known", condition=Q(status__in=Stance.values)),
            models.CheckConstraint(
                name="what_is_said_has_its_day",
                condition=Q(status="open", decided_on=None, entered_at=None)
                | (~Q(status="open") & Q(decided_on__isnull=False, entered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="nothing_is_decided_in_the_future", condition=Q(decided_on=None) | Q(decided_on__lte=TruncDate("entered_at"))
            ),
            models.CheckConstraint(
                name="a_yes_or_no_names_its_body",
                condition=(Q(status__in=["yes", "changed", "no"]) & ~Q(body="")) | Q(status__in=["open", "not_for_us"], body=""),
            ),
            models.CheckConstraint(
                name="a_yes_and_only_a_yes_binds_from_a_day",
                condition=Q(status__in=["yes", "changed"], binds_on__isnull=False, binds_on__gte=F("decided_on"))
                | (~Q(status__in=["yes", "changed"]) & Q(binds_on=None)),
            ),
            models.CheckConstraint(
                name="a_change_is_in_words", condition=(Q(status="changed") & ~Q(change="")) | (~Q(status="changed") & Q(change=""))
            ),
            models.CheckConstraint(name="only_a_yes_becomes_something", condition=Q(activity=None, version=None) | Q(status__in=["yes", "changed"])),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.party}: {self.proposal}"

    @property
    def binds(self) -> bool:
        """Whether the party has said yes, with or without a change."""
        return self.status in Stance.binding()

    @property
    def is_open(self) -> bool:
        """Whether the party has not said anything yet."""
        return self.status == Stance.OPEN

    @property
    def story(self) -> "Sequence[PartyDecisionEvent]":
        """The decisions that stand, the oldest first: what was a mistake is left out."""
        return standing(self.events.all())

    @transaction.atomic
    def decide(self, given: Given, *, by: "User", seen: int, corrects: bool = False) -> None:
        """Write down what the party has decided. `seen` is the revision that was read; `corrects`: what stands was a mistake.

        Raises NotTheirs, ValidationError by field, and WrongStatus when somebody else has written meanwhile.
        """
        given.check()
        held = self._lock(by, seen, from_paper=bool(given.paper_source.strip()))
        before = list(held.story)
        kept = before[-1] if corrects and before else None
        below = before[:-1] if kept else before
        columns = given.columns(today())
        if below and columns["decided_on"] < below[-1].decided_on:
            raise Earlier
        columns["document"] = _stored(given.document) if given.document else kept.document.name if kept else ""
        lost: dict[str, Any] = {} if given.stance in Stance.binding() else {"activity": None, "version": None}
        verb = VERBS[Stance(given.stance)]
        now = timezone.now()
        event = held._become(verb, by=by, revision=F("revision") + 1, entered_at=now, **columns, **lost)
        held.events.filter(pk=event.pk).update(**columns, stance=given.stance, corrects=kept is not None)
        self.refresh_from_db()

    @transaction.atomic
    def take_back(self, *, by: "User", seen: int, note: str = "", paper_source: str = "") -> None:
        """What was written was a mistake: the party has not handled it. Raises as `decide` does."""
        held = self._lock(by, seen, from_paper=bool(paper_source.strip()))
        if paper_source.strip() and not held.paper_source:
            raise NotFromPaper
        nothing = {**NOTHING, "activity": None, "version": None, "entered_at": None}
        held._become("take_back", by=by, note=note or paper_source, revision=F("revision") + 1, **nothing)
        self.refresh_from_db()

    def _lock(self, by: "User", seen: int, *, from_paper: bool) -> "PartyDecision":
        held = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        may = (
            by.has_perm("council.change_partydecision")
            if from_paper
            else Party.objects.administered_by(by, today()).filter(pk=self.party_id).exists()
        )
        if not may:
            raise NotTheirs
        if held.revision != seen:
            raise WrongStatus
        return held

    @transaction.atomic
    def remind(self, *, by: "User") -> None:
        """Tell the party's administrators once more. Raises WrongStatus when it has answered, and RemindedLately."""
        held = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not held.is_open:
            raise WrongStatus
        if held.events.filter(action__in=["address", "remind"], at__gt=timezone.now() - PAUSE).exists():
            raise RemindedLately
        held._record("remind", by=by)

    @transaction.atomic
    def begin_activity(self, plan: ActionPlan, *, by: "User") -> Activity:
        """Let the yes become an activity of a plan, to be filled in there. Raises WrongStatus."""
        note = str(_("Ur rådets förslag ”%(proposal)s”.") % {"proposal": self.proposal})
        activity = Activity.objects.begin(plan, self.proposal.title, by=by, commitments=self.proposal.commitments.all(), note=note)
        self._lead_to(by=by, action="begin_activity", activity=activity)
        return activity

    @transaction.atomic
    def join_activity(self, activity: Activity, *, by: "User") -> None:
        """Let the yes belong to an activity that there is. Raises WrongStatus."""
        self._lead_to(by=by, action="join_activity", activity=activity)

    @transaction.atomic
    def take_into_version(self, version: Version, *, by: "User") -> None:
        """Let the yes be part of the next version, while that is a draft. Raises WrongStatus."""
        if not version.may_change:
            raise WrongStatus
        self._lead_to(by=by, action="take_into_version", version=version)

    def _lead_to(self, *, by: "User", action: str, **become: Any) -> None:
        still = type(self).objects.filter(pk=self.pk, status__in=Stance.binding(), **dict.fromkeys(become))
        if still.update(**become) == 0:
            raise WrongStatus
        for name, value in become.items():
            setattr(self, name, value)
        self._record(action, by=by, note=", ".join(str(value) for value in become.values()))


class PartyDecisionEvent(Event, Stand):
    """Something that happened to a party's row; a decision stands here as it was given, also when another has replaced it."""

    BELL = "council.deliver_mail"
    WORDS = {
        "address": _("Förslaget lades fram för parten"),
        "remind": _("Parten fick en påminnelse"),
        "take_back": _("Det som stod togs bort: parten har inte behandlat förslaget"),
        "begin_activity": _("Svaret blev en aktivitet"),
        "join_activity": _("Svaret hör till en aktivitet"),
        "take_into_version": _("Svaret tas med i nästa version"),
        **dict.fromkeys(VERBS.values(), ""),
    }

    subject = models.ForeignKey(PartyDecision, on_delete=models.PROTECT, related_name="events")
    stance = models.CharField(max_length=12, choices=Stance, blank=True, editable=False)
    corrects = models.BooleanField(default=False, editable=False)

    class Meta(Event.Meta):
        verbose_name = _("händelse i en parts beslut")
        verbose_name_plural = _("händelser i parternas beslut")

    @property
    def title(self) -> str:
        """What happened, in words."""
        return str(self.WORDS.get(self.action) or self.get_stance_display().capitalize())


def standing(events: Iterable[PartyDecisionEvent]) -> list[PartyDecisionEvent]:
    """Of everything that has happened, the decisions that stand, in the order of their days."""
    found: list[PartyDecisionEvent] = []
    for event in sorted(events, key=lambda one: one.pk):
        if event.action == "take_back":
            found = []
        elif event.stance:
            found = [*(found[:-1] if event.corrects else found), event]
    return found


def _stored(file: "File[Any]") -> str:
    """The name under which a new document is kept."""
    field: Any = PartyDecision._meta.get_field("document")
    return str(field.storage.save(field.generate_filename(None, "decision.pdf"), file))
