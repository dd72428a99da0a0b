"""What a meeting takes up, item by item, and what came of each. What is tabled returns to the next agenda by itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council.models.composition import Body
from council.models.meetings import SHOWS_AGENDA, Meeting
from council.models.people import Person
from council.models.words import IN_AGENDA, IN_MINUTES
from idekom.lib.text import in_threes

if TYPE_CHECKING:
    from idekom.users.models import User


class Kind(models.TextChoices):
    """What sort of item it is."""

    AGENDA = "agenda", _("godkännande av dagordningen")
    PREVIOUS_MINUTES = "previous_minutes", _("föregående protokoll")
    CHECK_IN = "check_in", _("avstämning av åtaganden och uppdrag")
    SUBJECT = "subject", _("ämne")
    CASES = "cases", _("ansökningar om anslutning")
    OTHER = "other", _("övriga frågor")


class Outcome(models.TextChoices):
    """What came of an item; empty until the meeting has taken it up."""

    APPROVED = "approved", _("godkändes")
    DECIDED = "decided", _("beslutades")
    NOTED = "noted", _("antecknades")
    TABLED = "tabled", _("bordlades")
    ASSIGNED = "assigned", _("gavs i uppdrag")
    REFERRED = "referred", _("lämnades till en arbetsgrupp")


LOCKED = pgtrigger.Trigger(
    name="sent_minutes_stand",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    declare=[("held", "record")],
    func="""
        IF TG_OP = 'DELETE' THEN held := OLD; ELSE held := NEW; END IF;
        IF EXISTS (SELECT 1 FROM council_minutes WHERE status <> 'draft' AND (meeting_id = held.meeting_id
            OR (TG_OP = 'UPDATE' AND meeting_id = OLD.meeting_id))) THEN
            RAISE EXCEPTION 'sent_minutes_stand' USING ERRCODE = 'check_violation';
        END IF;
        RETURN held;
    """,
)
"""What the adjusters read and approve does not change meanwhile, nor ever after: minutes can be taken back, or get addenda."""


class StandingItem(models.Model):
    """An item that every agenda of a body has from the start."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.CASCADE, related_name="standing_items")
    position = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("rubrik"), max_length=160)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind, default=Kind.SUBJECT)
    minutes = models.PositiveSmallIntegerField(_("minuter"), null=True, blank=True)

    class Meta:
        verbose_name = _("stående punkt")
        verbose_name_plural = _("stående punkter")
        ordering = ["body", "position"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_item_per_place",
                fields=["body", "position"],
                deferrable=models.Deferrable.DEFERRED,  # two may change places in one form
                violation_error_message=_("Två punkter har samma ordning. Ge dem olika nummer."),
            )
        ]

    def __str__(self) -> str:
        return self.title


USUAL = [
    (Kind.AGENDA, "Godkännande av dagordningen", 5),
    (Kind.PREVIOUS_MINUTES, "Föregående mötes protokoll", 5),
    (Kind.CHECK_IN, "Avstämning av åtaganden och uppdrag", 15),
    (Kind.OTHER, "Övriga frågor", 10),
]
"""What an agenda has from the start when the body has no standing items of its own: kind, heading, minutes."""


TURNS = {
    2: _("andra gången"), 3: _("tredje gången"), 4: _("fjärde gången"), 5: _("femte gången"), 6: _("sjätte gången"),
    7: _("sjunde gången"), 8: _("åttonde gången"), 9: _("nionde gången"), 10: _("tionde gången"),
}  # fmt: skip


def turn(time: int) -> str:
    """Which time something is taken up, in words: "tredje gången"."""
    return str(TURNS.get(time) or _("%(number)d:e gången") % {"number": time})


def anchor(number: str) -> str:
    """The id of an item on its meeting's page, and in the minutes: 4.1 is p4-1."""
    return f"p{number.replace('.', '-')}"


class Stays(ValidationError):
    """The item cannot be taken off the agenda."""


@dataclass(frozen=True)
class Numbered:
    """An item with its number on the agenda: "4", or "4.1" for a part of it."""

    number: str
    item: "AgendaItem"
    parts: "list[Numbered]"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def public(self) -> Self:
        """Those that anyone may read of; the parts of an internal item are internal too."""
        return self.filter(is_internal=False).exclude(parent__is_internal=True)

    def shown(self) -> Self:
        """Those that stand on an agenda which everybody may read."""
        return self.public().filter(meeting__status__in=SHOWS_AGENDA)

    def told(self) -> Self:
        """Those whose outcome everybody may read: it stands in adjusted minutes."""
        return self.public().filter(meeting__protocol__status="adjusted")

    def numbers(self) -> dict[int, str]:
        """{item: its number on the agenda} of whole meetings. What is internal keeps its number, so that the others keep theirs."""
        rows = list(self.order_by("meeting", "position").values_list("pk", "meeting_id", "parent_id"))
        counted: Counter[tuple[int, int | None]] = Counter()
        top: dict[int, str] = {}
        for pk, meeting, parent in rows:
            if parent is None:
                counted[meeting, None] += 1
                top[pk] = str(counted[meeting, None])
        parts: dict[int, str] = {}
        for pk, meeting, parent in rows:
            if parent is not None:
                counted[meeting, parent] += 1
                parts[pk] = f"{top[parent]}.{counted[meeting, parent]}"
        return top | parts

    def untaken(self, body: Body) -> Self:
        """The body's items that were tabled at a held meeting and stand on no other agenda yet, the oldest first."""
        waiting = self.filter(meeting__body=body, meeting__status=Meeting.Status.HELD, outcome=Outcome.TABLED, returned=None)
        return waiting.order_by("meeting__starts_at", "position")

    def stranded(self, body: Body) -> Self:
        """The body's items that had returned to a meeting which was cancelled, the oldest first."""
        returned = self.filter(meeting__body=body, meeting__status=Meeting.Status.CANCELLED, outcome="", tabled_from__isnull=False)
        return returned.order_by("tabled_from__meeting__starts_at", "position")

    @transaction.atomic
    def begin(self, meeting: Meeting) -> None:
        """Give a new meeting its standing items, and what was tabled before. Safe to run twice."""
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if not meeting.items.exists():
            own = list(meeting.body.standing_items.values_list("kind", "title", "minutes"))
            for position, (kind, title, minutes) in enumerate(own or USUAL, start=1):
                self.create(meeting=meeting, position=position, kind=kind, title=title, minutes=minutes)
        self.take_up_tabled(meeting.body)

    @transaction.atomic
    def take_up_tabled(self, body: Body) -> int:
        """Put what was tabled on the body's next planned or called agenda, each once; returns how many came."""
        open_ones = Meeting.objects.filter(body=body, status__in=[Meeting.Status.PLANNED, Meeting.Status.CALLED])
        coming = list(open_ones.select_for_update(of=("self",)).order_by("starts_at"))
        waiting = [(item, item.meeting) for item in self.untaken(body).select_related("meeting")]
        stranded = [(item, item.tabled_from.meeting) for item in self.stranded(body).select_related("tabled_from__meeting")]  # type: ignore[union-attr]
        came = 0
        for item, tabled_at in stranded + waiting:
            meeting = next((one for one in coming if one.starts_at > tabled_at.starts_at), None)
            if meeting is not None:
                self._return(item, meeting)
                came += 1
        return came

    def _return(self, item: "AgendaItem", meeting: Meeting) -> None:
        """Put a tabled item on the meeting's agenda. Cases go with those that stand there: a meeting has one item for them."""
        if item.meeting.status == Meeting.Status.CANCELLED:
            self._go_on(item, meeting)
            return
        carried = item.carried()
        cases = meeting.items.filter(kind=Kind.CASES).first() if item.kind == Kind.CASES else None
        if cases is None:
            self.add(meeting, **carried)
        elif cases.tabled_from_id is None:
            self.filter(pk=cases.pk).update(tabled_from=item, time_up=carried["time_up"])
        else:
            self.add(meeting, **{**carried, "kind": Kind.SUBJECT})

    def _go_on(self, item: "AgendaItem", meeting: Meeting) -> None:
        """Move an item that had returned, with its parts and papers, to another meeting. One for cases has its like there."""
        if item.kind == Kind.CASES and item.tabled_from is not None:
            self.filter(pk=item.pk).update(tabled_from=None, time_up=1)
            self._return(item.tabled_from, meeting)
            return
        position = self._make_room(meeting, kind=item.kind, parent=None)
        self.filter(Q(pk=item.pk) | Q(parent=item.pk)).update(meeting=meeting)
        self.filter(pk=item.pk).update(position=position)

    @transaction.atomic
    def for_cases(self, meeting: Meeting) -> "AgendaItem":
        """The meeting's item for applications to join, made when the first one is put there."""
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        found = meeting.items.filter(kind=Kind.CASES).first()
        return found or self.add(meeting, kind=Kind.CASES, title="Ansökningar om anslutning", minutes=10)

    @transaction.atomic
    def add(self, meeting: Meeting, **fields: Any) -> "AgendaItem":
        """Put an item on the agenda: last, but before other business."""
        position = self._make_room(meeting, kind=fields.get("kind", Kind.SUBJECT), parent=fields.get("parent"))
        return self.create(meeting=meeting, position=position, **fields)

    def _make_room(self, meeting: Meeting, *, kind: str, parent: "AgendaItem | None") -> int:
        """The place of a new item among its like: last, but before other business."""
        like = meeting.items.filter(parent=parent)
        last = like.aggregate(last=models.Max("position"))["last"] or 0
        other = like.filter(kind=Kind.OTHER).aggregate(first=models.Min("position"))["first"]
        position: int = last + 1 if other is None or kind == Kind.OTHER else other
        like.filter(position__gte=position).update(position=F("position") + 1)
        return position

    def cases_number(self, meeting: Meeting) -> str:
        """The number of the meeting's item for applications; nothing when it has none."""
        return next((one.number for one in meeting.items.numbered() if one.item.kind == Kind.CASES), "")

    @transaction.atomic
    def shift(self, item: "AgendaItem", by: int) -> None:
        """Move an item `by` steps down among its like (up, when it is less than 0)."""
        Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
        like = list(item.meeting.items.filter(parent=item.parent_id).order_by("position").values_list("pk", flat=True))
        place = like.index(item.pk)
        like.insert(max(0, min(len(like) - 1, place + by)), like.pop(place))
        self.order(item.meeting, like)

    @transaction.atomic
    def order(self, meeting: Meeting, pks: Iterable[int]) -> None:
        """Let the items stand in this order; those that are not named come after, as they stood."""
        wanted = {pk: place for place, pk in enumerate(pks)}
        items = sorted(meeting.items.select_for_update(), key=lambda item: (wanted.get(item.pk, len(wanted)), item.position))
        for position, item in enumerate(items, start=1):
            if item.position != position:
                self.filter(pk=item.pk).update(position=position)

    def numbered(self) -> list[Numbered]:
        """The items in order, with their numbers; each has its parts."""
        items = list(self.select_related("responsible", "convener", "tabled_from__meeting").order_by("position"))
        top = [item for item in items if item.parent_id is None]
        parts = {item.pk: [part for part in items if part.parent_id == item.pk] for item in top}
        return [
            Numbered(str(n), item, [Numbered(f"{n}.{m}", part, []) for m, part in enumerate(parts[item.pk], start=1)])
            for n, item in enumerate(top, start=1)
        ]


@pghistory.track(exclude=["agenda_letters", "outcome_letters"], model_name="AgendaItemChange")
class AgendaItem(models.Model):
    """An item of a meeting's agenda, later a paragraph of its minutes."""

    Kind = Kind
    Outcome = Outcome

    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", verbose_name=_("del av"), on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField(_("ordning"), editable=False)
    title = models.CharField(_("rubrik"), max_length=160)
    description = models.TextField(_("vad det gäller"), blank=True)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind, default=Kind.SUBJECT)
    is_internal = models.BooleanField(
        _("bara för ledamöter"), default=False, help_text=_("Syns varken i den publika dagordningen eller protokollet.")
    )
    minutes = models.PositiveSmallIntegerField(_("minuter"), null=True, blank=True)
    responsible = models.ForeignKey(Person, verbose_name=_("föredragande"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    discussion = models.TextField(_("vad som sades"), blank=True)
    outcome = models.CharField(_("utfall"), max_length=12, choices=Outcome, blank=True, editable=False)
    outcome_words = models.TextField(_("beslutet i ord"), blank=True)
    working_group = models.CharField(_("arbetsgrupp"), max_length=120, blank=True)
    convener = models.ForeignKey(Person, verbose_name=_("sammankallande"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tabled_from = models.OneToOneField(
        "self", verbose_name=_("bordlagd från"), on_delete=models.PROTECT, null=True, blank=True, related_name="returned", editable=False
    )
    time_up = models.PositiveSmallIntegerField(_("vilken gång den tas upp"), default=1, editable=False)
    agenda_letters = models.GeneratedField(expression=IN_AGENDA.plain, output_field=models.TextField(), db_persist=True)
    outcome_letters = models.GeneratedField(expression=IN_MINUTES.plain, output_field=models.TextField(), db_persist=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(name="agenda_item_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="agenda_item_outcome_is_known", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(
                name="what_is_referred_has_a_convener",
                condition=~Q(outcome="referred") | (Q(convener__isnull=False) & ~Q(working_group="")),
                violation_error_message=_("Skriv vilken arbetsgrupp frågan går till, och vem som är sammankallande."),
            ),
            models.CheckConstraint(
                name="only_what_returned_comes_again", condition=Q(tabled_from=None, time_up=1) | Q(tabled_from__isnull=False, time_up__gt=1)
            ),
            models.CheckConstraint(name="an_item_is_no_part_of_itself", condition=Q(parent=None) | ~Q(parent=F("id"))),
            models.UniqueConstraint(
                name="a_meeting_has_one_item_for_cases",
                fields=["meeting"],
                condition=Q(kind="cases"),
                violation_error_message=_("Dagordningen har redan en punkt för ansökningar. Välj ett annat slag."),
            ),
        ]
        indexes = [
            GinIndex(IN_AGENDA.vector, name="agenda_items_by_words"),
            GinIndex(in_threes("agenda_letters"), name="agenda_items_by_letters"),
            GinIndex(IN_MINUTES.vector, name="outcomes_by_words"),
            GinIndex(in_threes("outcome_letters"), name="outcomes_by_letters"),
        ]
        triggers = [LOCKED]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A part belongs to an item of the same meeting, one level down, and takes no longer than the whole."""
        if self.parent is None:
            return
        if self.parent.meeting_id != self.meeting_id or self.parent.parent_id is not None:
            raise ValidationError({"parent": _("Välj en punkt på samma dagordning som inte själv är en del.")})
        others = self.parent.parts.exclude(pk=self.pk).aggregate(sum=models.Sum("minutes"))["sum"] or 0
        if self.parent.minutes is not None and others + (self.minutes or 0) > self.parent.minutes:
            raise ValidationError({"minutes": _("Delarna tar längre tid än hela punkten. Ge punkten fler minuter, eller delen färre.")})

    def conclude(self, outcome: str, *, by: "User", words: str = "", working_group: str = "", convener: Person | None = None) -> None:
        """Say what came of the item. Raises WrongStatus when the meeting is cancelled or the adjusters have its minutes.

        What is tabled no longer is taken off the coming agenda again, unless that has been called meanwhile.
        """
        with Meeting.objects.being_recorded(self.meeting_id) as meeting:
            self.outcome, self.outcome_words, self.working_group, self.convener = outcome, words, working_group, convener
            self.save(update_fields=["outcome", "outcome_words", "working_group", "convener"])
            if outcome != Outcome.TABLED:
                returned = type(self).objects.filter(tabled_from=self, meeting__status=Meeting.Status.PLANNED, outcome="")
                self.proposals.model.objects.filter(item__in=list(returned)).update(item=self)  # they had followed it
                returned.delete()
            elif meeting.status == Meeting.Status.HELD:
                type(self).objects.take_up_tabled(meeting.body)

    def remove(self) -> None:
        """Take it off the agenda, with its parts and papers. Raises Stays, or WrongStatus."""
        with Meeting.objects.being_recorded(self.meeting_id):
            whole = type(self).objects.filter(Q(pk=self.pk) | Q(parent=self.pk))
            if whole.exclude(tabled_from=None).exists():
                raise Stays(_("Punkten är bordlagd från ett tidigare möte och måste tas upp. Låt den stå kvar."))
            if whole.filter(~Q(outcome="") | ~Q(discussion="") | Q(assignments__isnull=False) | Q(returned__isnull=False)).exists():
                raise Stays(_("Mötet har redan tagit upp punkten. Låt den stå kvar."))
            if self.kind == Kind.CASES:
                raise Stays(_("Ansökningar står under punkten. Låt den stå kvar."))
            if whole.filter(proposals__isnull=False).exists():
                raise Stays(_("Ett av rådets förslag står under punkten. Ta förslaget från dagordningen på förslagets sida, så försvinner punkten."))
            papers = [paper for item in whole.prefetch_related("papers") for paper in item.papers.all()]
            self.delete()
            for paper in papers:
                paper.throw_away()

    @property
    def turn(self) -> str:
        """Which time it is taken up, in words, when it has been tabled before: "tredje gången"."""
        return turn(self.time_up) if self.time_up > 1 else ""

    def carried(self) -> dict[str, Any]:
        """The fields of the item as it returns to a later agenda."""
        kept = {name: getattr(self, name) for name in ("title", "description", "kind", "is_internal", "minutes", "responsible")}
        return {**kept, "tabled_from": self, "time_up": self.time_up + 1}
