"""Dot ballots: a body's members put dots on proposals in areas, so that the council sees what to begin with.

Until the close nobody sees how it goes. A vote that was held on paper is written in afterwards, with its source.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreement.models import ActionPlan, Activity
from council.models.ballot_notices import BallotNotice
from council.models.ballot_options import HasActivity, Option
from council.models.ballot_results import Result, of_ballot
from council.models.ballot_votes import Voter, destroy
from council.models.composition import Body
from council.models.limits import refuse
from council.models.mandates import Mandate
from council.models.papers import paper_name
from idekom.lib.dated import hours_in_words
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

REMIND_BEFORE = timedelta(days=1)
"""How long before the close those who have not voted are reminded, once; a ballot that is open less than twice as long has no reminder."""
MOST_DOTS = 1000
COUNTED_STAYS = "what_the_portal_has_counted_is_not_opened_again"


class Status(models.TextChoices):
    """Where a ballot stands."""

    DRAFT = "draft", _("förbereds")
    OPEN = "open", _("öppen")
    CLOSED = "closed", _("avslutad")
    CANCELLED = "cancelled", _("inställd")


TONES = {Status.DRAFT: "neutral", Status.OPEN: "waiting", Status.CLOSED: "good", Status.CANCELLED: "bad"}

TRANSITIONS: Transitions = {
    "open": ({Status.DRAFT}, Status.OPEN),
    "close": ({Status.OPEN}, Status.CLOSED),
    "cancel": ({Status.DRAFT, Status.OPEN}, Status.CANCELLED),
    "record": ({Status.DRAFT}, Status.CLOSED),
    "correct": ({Status.CLOSED}, Status.DRAFT),
}


class Weighing(models.TextChoices):
    """What decides the order of the result; the other total is always shown beside it."""

    PERSON = "person", _("varje ledamot väger lika")
    SECTOR = "sector", _("varje sektor väger lika, och dess ledamöter delar på vikten")


class NotYet(ValidationError):
    """The clock closes a ballot when its time is out."""

    def __init__(self) -> None:
        super().__init__(_("Det är inte tid än."), code="not_yet")


class CannotOpen(ValidationError):
    """Something is missing that members need to vote."""


class CannotRecord(ValidationError):
    """A vote on paper needs its source, its day and at least one number."""

    def __init__(self) -> None:
        super().__init__(_("Skriv in dagen, källan och prickarna för minst ett förslag först."), code="cannot_record")


class DotBallotQuerySet(models.QuerySet["DotBallot"]):
    def due_to_open(self, moment: datetime) -> Self:
        """Those whose time has come, and is not over."""
        return self.filter(status=Status.DRAFT, is_on_paper=False, opens_at__lte=moment, closes_at__gt=moment)

    def due_to_close(self, moment: datetime) -> Self:
        """The open ones whose time is over."""
        return self.filter(status=Status.OPEN, closes_at__lte=moment)

    def due_to_remind(self, moment: datetime) -> Self:
        """The open ones that close within a day, and have been open for a while."""
        soon = self.filter(status=Status.OPEN, closes_at__gt=moment, closes_at__lte=moment + REMIND_BEFORE)
        return soon.filter(opens_at__lte=F("closes_at") - 2 * REMIND_BEFORE)

    def run(self, moment: datetime) -> None:
        """What the clock asks for. Safe to repeat and by several workers; what cannot be done now is tried again."""
        for ballot in self.due_to_open(moment):
            with suppress(ValidationError):  # somebody else did, or something is missing: its page in the office says what
                ballot.open(by=None, now=moment)
        for ballot in self.filter(status=Status.OPEN, closes_at__gt=moment):
            BallotNotice.objects.tell(ballot, BallotNotice.Kind.OPENED)  # also those whose address has become known meanwhile
        for ballot in self.due_to_remind(moment):
            BallotNotice.objects.tell(ballot, BallotNotice.Kind.REMINDER, to=ballot.voters.silent())
        for ballot in self.due_to_close(moment):
            with suppress(WrongStatus):
                ballot.close(by=None, now=moment)

    def stuck(self, moment: datetime) -> Self:
        """Those that should have opened by now."""
        return self.filter(status=Status.DRAFT, is_on_paper=False, opens_at__lte=moment)

    def shown(self) -> Self:
        """Those that everybody may read about: announced by their opening time, or votes that have been."""
        announced = Q(is_on_paper=False, opens_at__isnull=False)
        return self.filter(announced | Q(status=Status.CLOSED)).select_related("body")

    def counted(self) -> Self:
        """Those whose result everybody may read."""
        return self.filter(status=Status.CLOSED)

    def newest_first(self) -> Self:
        """By the last day of each."""
        last = models.functions.Coalesce("closes_at", models.functions.Cast("held_on", models.DateTimeField()))
        return self.alias(last=last).order_by("-last", "-pk")


class DotBallot(Stateful):
    """A vote in which a body's members put dots on what they want to begin with."""

    Status = Status
    Weighing = Weighing
    TRANSITIONS = TRANSITIONS

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="dot_ballots")
    title = models.CharField(_("rubrik"), max_length=160)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    text = models.TextField(_("vad det gäller"), max_length=3000, blank=True, help_text=_("Går att skriva med rubriker och listor (Markdown)."))
    dots = models.PositiveSmallIntegerField(
        _("prickar per person"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)]
    )
    most_per_option = models.PositiveSmallIntegerField(
        _("högst så många på samma förslag"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)]
    )
    weighing = models.CharField(
        _("ordningen i resultatet"),
        max_length=8,
        choices=Weighing,
        default=Weighing.PERSON,
        help_text=_("Båda sätten att räkna visas alltid när omröstningen är avslutad."),
    )
    asks_substitutes = models.BooleanField(_("ersättare röstar också"), default=False)
    opens_at = models.DateTimeField(
        _("öppnar"),
        null=True,
        blank=True,
        help_text=_("Då öppnar omröstningen av sig själv, och från nu står den på webbplatsen. Lämna tomt så länge ni skriver."),
    )
    closes_at = models.DateTimeField(_("stänger"), null=True, blank=True)
    is_on_paper = models.BooleanField(_("hölls på papper"), default=False, help_text=_("Resultatet skrivs in i efterhand, med sin källa."))
    held_on = models.DateField(_("hölls den"), null=True, blank=True)
    held_until = models.DateField(_("till och med"), null=True, blank=True)
    source = models.TextField(_("källa"), max_length=1000, blank=True, help_text=_("Var siffrorna står."))
    source_file = models.FileField(_("källan som fil"), upload_to=paper_name, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects = DotBallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("omröstning med prickar")
        verbose_name_plural = _("omröstningar med prickar")
        ordering = ["-pk"]
        constraints = [
            status_is_known("dot_ballot", Status),
            models.CheckConstraint(name="dot_ballot_weighing_is_known", condition=Q(weighing__in=Weighing.values)),
            models.CheckConstraint(
                name="a_ballot_closes_after_it_opens",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Omröstningen måste stänga efter att den har öppnat."),
            ),
            models.CheckConstraint(
                name="an_open_ballot_has_dots_and_hours",
                condition=~Q(status="open")
                | Q(is_on_paper=False, dots__isnull=False, dots__gte=1, most_per_option__gte=1, opens_at__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_recorded_vote_on_paper_has_its_day_and_source",
                condition=Q(is_on_paper=False) | ~Q(status="closed") | (Q(held_on__isnull=False) & ~Q(source="")),
            ),
            models.CheckConstraint(
                name="a_vote_on_paper_ends_after_it_starts",
                condition=Q(held_until=None) | Q(held_on__isnull=False, held_until__gte=F("held_on")),
                violation_error_message=_("Sista dagen är före den första. Ändra en av dem."),
            ),
            models.CheckConstraint(
                name="a_vote_on_paper_has_no_hours",
                condition=Q(is_on_paper=False) | Q(opens_at=None, closes_at=None),
                violation_error_message=_("En omröstning på papper har dagar, inga klockslag. Ta bort när den öppnar och stänger."),
            ),
            models.CheckConstraint(
                name="a_ballot_by_the_clock_has_no_paper_day",
                condition=Q(is_on_paper=True) | Q(held_on=None, held_until=None),
                violation_error_message=_("Dagen då omröstningen hölls gäller bara omröstningar på papper."),
            ),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Trigger(
                name="counted_ballots_stay_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="closed", old__is_on_paper=False) & ~pgtrigger.Q(new__status="closed"),
                func=refuse(COUNTED_STAYS),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("council:ballot", args=[self.slug])

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html."""
        return TONES[Status(self.status)]

    @property
    def is_counted(self) -> bool:
        """Whether there is a result to see."""
        return self.status == Status.CLOSED

    @property
    def when(self) -> str:
        """Its hours, or the days of a vote on paper, in words."""
        if self.held_on:
            first = date_format(self.held_on, "j F Y")
            return f"{first} – {date_format(self.held_until, 'j F Y')}" if self.held_until else first
        return hours_in_words(self.opens_at, self.closes_at) if self.opens_at and self.closes_at else ""

    def takes_votes(self, moment: datetime) -> bool:
        """Whether it is open. The database has the last word, by its own clock."""
        return self.status == Status.OPEN and self.opens_at is not None and self.closes_at is not None and self.opens_at <= moment < self.closes_at

    def electorate(self, day: date) -> list[Mandate]:
        """The mandates of those who vote when it opens that day, one for each person."""
        held = Mandate.objects.valid().on(day).filter(seat__body=self.body_id).select_related("seat__group", "person")
        if not self.asks_substitutes:
            held = held.filter(role=Mandate.Role.ORDINARY)
        found: dict[int, Mandate] = {}
        for mandate in held.order_by("role", "seat__number"):
            found.setdefault(mandate.person_id, mandate)
        return list(found.values())

    def missing(self, now: datetime) -> list[str]:
        """What is missing before it can open, in words."""
        told: list[tuple[bool, str]] = [
            (not self.dots, str(_("Skriv hur många prickar var och en har."))),
            (self.closes_at is None or self.closes_at <= now, str(_("Välj när omröstningen stänger, en tid som inte har varit."))),
            (self.options.whole().count() < 2, str(_("Lägg till minst två förslag."))),
            (not self.electorate(timezone.localdate(now)), str(_("Organet har inga ledamöter den dagen. Lägg till dem först."))),
        ]
        return [words for is_missing, words in told if is_missing]

    @transaction.atomic
    def open(self, *, by: "User | None", now: datetime | None = None) -> None:
        """By the clock or by hand: fix what is voted on and who votes, and tell them. Raises WrongStatus, NotYet and CannotOpen."""
        moment = now or timezone.now()
        held = DotBallot.objects.select_for_update(no_key=True).get(pk=self.pk)
        if not held.may("open") or held.is_on_paper:
            raise WrongStatus
        if by is None and (held.opens_at is None or moment < held.opens_at):
            raise NotYet
        if missing := held.missing(moment):
            raise CannotOpen(missing[0], code="cannot_open")
        held.options.whole().update(is_votable=True)
        opens = held.opens_at if held.opens_at and held.opens_at <= moment else moment
        self._become("open", by=by, opens_at=opens)
        self._enrol(held.electorate(timezone.localdate(opens)))
        BallotNotice.objects.tell(self, BallotNotice.Kind.OPENED)

    def _enrol(self, mandates: list[Mandate]) -> None:
        """A sector's members share its weight; those of a seat without a sector share with their group of seats."""
        blocs = [(mandate.seat.sector_id, None if mandate.seat.sector_id else mandate.seat.group_id) for mandate in mandates]
        sizes = Counter(blocs)
        Voter.objects.bulk_create(
            Voter(ballot=self, person=mandate.person, seat=mandate.seat, side=mandate.seat.group.side, share=sizes[bloc])
            for mandate, bloc in zip(mandates, blocs, strict=True)
        )

    @transaction.atomic
    def close(self, *, by: "User | None", now: datetime | None = None) -> None:
        """By the clock or by hand: no more dots, and everybody sees the result. Raises NotYet and WrongStatus."""
        moment = now or timezone.now()
        if by is None and (self.closes_at is None or moment < self.closes_at):
            raise NotYet
        closes = min(self.closes_at, max(moment, self.opens_at + timedelta(microseconds=1))) if self.closes_at and self.opens_at else moment
        self._become("close", by=by, closes_at=closes)
        BallotNotice.objects.tell(self, BallotNotice.Kind.RESULT)

    @transaction.atomic
    def cancel(self, *, by: "User", note: str) -> None:
        """Call it off, and say why. Dots that have been put are destroyed, and nobody has counted them. Raises WrongStatus."""
        was_open = self.status == Status.OPEN
        self._become("cancel", by=by, note=note)
        destroy(self)
        if was_open:
            BallotNotice.objects.tell(self, BallotNotice.Kind.CANCELLED)

    @transaction.atomic
    def note(self, numbers: "Mapping[int, tuple[int | None, int | None, int | None]]") -> None:
        """What a vote on paper gave, {option: (dots, the City's, civil society's)}; None: none noted. Raises WrongStatus."""
        held = DotBallot.objects.select_for_update(no_key=True).get(pk=self.pk)
        if not held.may("record") or not held.is_on_paper:
            raise WrongStatus
        for option, (dots, city, civil_society) in numbers.items():
            held.options.filter(pk=option).update(noted=dots, noted_city=city, noted_civil_society=civil_society)

    @transaction.atomic
    def record(self, *, by: "User | None") -> None:
        """The vote on paper is written in: everybody may read it. Raises WrongStatus and CannotRecord."""
        held = DotBallot.objects.select_for_update(no_key=True).get(pk=self.pk)
        if not held.is_on_paper:
            raise WrongStatus
        if not held.held_on or not held.source or not held.options.filter(noted__isnull=False).exists():
            raise CannotRecord
        self._become("record", by=by)

    @transaction.atomic
    def correct(self, *, by: "User", note: str) -> None:
        """A vote on paper was written in wrongly: it is a draft again. Raises WrongStatus and HasActivity."""
        if not self.is_on_paper:
            raise WrongStatus
        if self.options.filter(activity__isnull=False).exists():
            raise HasActivity
        self._become("correct", by=by, note=note)

    @transaction.atomic
    def begin_activities(self, options: Iterable[Option], plan: ActionPlan, *, by: "User") -> list[Activity]:
        """Drafts of activities, one for each option; what has one already keeps it. Raises WrongStatus before the close."""
        told = {line.option.pk: line for line in self.result.lines}
        found = []
        for option in options:
            note = _("Prioriterades i omröstningen ”%(ballot)s” med %(dots)s prickar.") % {"ballot": self, "dots": told[option.pk].in_words}
            found.append(option.begin_activity(plan, by=by, note=note))
        return found

    @cached_property
    def result(self) -> Result:
        """The result, once it has closed; raises ResultIsSecret before."""
        return of_ballot(self)


class DotBallotEvent(Event):
    """Something that happened to a ballot. Nothing of what was voted."""

    WORDS = {
        "open": _("Omröstningen öppnade"),
        "close": _("Omröstningen stängde"),
        "cancel": _("Omröstningen ställdes in"),
        "record": _("Resultatet på papper fördes in"),
        "correct": _("Resultatet på papper öppnades för rättelse"),
        "merge": _("Förslag slogs ihop"),
        "split": _("Ett förslag togs isär"),
        "begin_activity": _("Ett förslag blev en aktivitet"),
    }

    subject = models.ForeignKey(DotBallot, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en omröstning")
        verbose_name_plural = _("händelser i omröstningar")

    @property
    def text(self) -> str:
        """What was written with it."""
        return self.note
