"""A year's round of reports."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from affiliation.models import Affiliation
from agreement.models import Party, Sector, Side, Version
from followup.models.questions import QuestionSet
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("planerad")
    OPEN = "open", _("öppen")
    CLOSED = "closed", _("avslutad")


TRANSITIONS: Transitions = {
    "open": ({Status.PLANNED}, Status.OPEN),
    "close": ({Status.OPEN}, Status.CLOSED),
}


class RoundQuerySet(models.QuerySet["Round"]):
    def public(self) -> "RoundQuerySet":
        """The rounds that have opened, the newest first."""
        return self.exclude(status=Round.Status.PLANNED).order_by("-year")

    def open(self) -> "RoundQuerySet":
        """The rounds in which reports are written now."""
        return self.filter(status=Round.Status.OPEN)

    def open_due(self, day: date) -> int:
        """Open the planned rounds whose opening day has come, and look after those that are open; returns how many opened. Safe to repeat."""
        opened = 0
        for round in self.filter(status=Round.Status.PLANNED, opens_on__lte=day, due_on__gte=day):
            with suppress(WrongStatus):  # the secretary was quicker
                round.open(by=None, day=day)
                opened += 1
        for round in self.open():
            round.add_missing_reports(day)
        return opened


@dataclass(frozen=True)
class Turnout:
    """How many parties, of a side or a sector or all, have reported, of those that were asked."""

    side: Side | None
    asked: int
    reported: int
    under_way: int = 0
    sector: Sector | None = None

    @classmethod
    def of(cls, states: Iterable[str], side: Side | None = None, sector: Sector | None = None) -> "Turnout":
        """The count of these states: "in", "under way" or "not begun"."""
        told = list(states)
        return cls(side, len(told), told.count("in"), told.count("under way"), sector)

    @property
    def not_yet(self) -> int:
        """How many reports have not come in."""
        return self.asked - self.reported

    @property
    def not_begun(self) -> int:
        """How many reports nobody has written in."""
        return self.not_yet - self.under_way

    @property
    def reported_percent(self) -> int:
        """The share that has come in, in whole percent."""
        return 100 * self.reported // (self.asked or 1)

    @property
    def under_way_percent(self) -> int:
        """The share that is under way."""
        return 100 * self.under_way // (self.asked or 1)


class Round(Stateful):
    """One year's follow-up: when it opens, when the reports are due, and when the dialogue forum is held."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    version = models.ForeignKey(Version, verbose_name=_("version av överenskommelsen"), on_delete=models.PROTECT, related_name="rounds")
    questions = models.ForeignKey(QuestionSet, verbose_name=_("frågor"), on_delete=models.PROTECT, related_name="rounds")
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    opens_on = models.DateField(_("öppnar"))
    due_on = models.DateField(_("sista dag att rapportera"))
    forum_on = models.DateField(_("dialogforum"), null=True, blank=True)
    summary = models.TextField(
        _("sammanfattning"),
        max_length=20_000,
        blank=True,
        help_text=_("Årets sammanfattning på lätt svenska, i Markdown. Den står först i boken och på årets sida."),
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("omgång")
        verbose_name_plural = _("omgångar")
        ordering = ["-year"]
        constraints = [
            status_is_known("round", Status),
            models.CheckConstraint(
                name="reports_are_due_after_the_round_opens",
                condition=Q(due_on__gt=F("opens_on")),
                violation_error_message=_("Sista dagen måste vara efter den dag då omgången öppnar."),
            ),
            models.CheckConstraint(
                name="the_forum_is_after_the_last_day_to_report",
                condition=Q(forum_on__isnull=True) | Q(forum_on__gt=F("due_on")),
                violation_error_message=_("Dialogforum måste vara efter sista dagen att rapportera."),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("followup:year", args=[self.year])

    def clean(self) -> None:
        """The days in their order, told beside the day to mend."""
        opens_on, due_on, forum_on = (getattr(self, name) for name in ("opens_on", "due_on", "forum_on"))  # None where a form found no day
        errors = {}
        if opens_on and due_on and due_on <= opens_on:
            errors["due_on"] = _("Välj en dag efter den då omgången öppnar.")
        if due_on and forum_on and forum_on <= due_on:
            errors["forum_on"] = _("Välj en dag efter sista dagen att rapportera, eller lämna fältet tomt.")
        if errors:
            raise ValidationError(errors)

    @transaction.atomic
    def open(self, *, by: "User | None", day: date | None = None) -> None:
        """Let the parties report: each that is affiliated on the opening day gets a draft, and those who may write it are told."""
        self._become("open", by=by)
        self.add_missing_reports(day)
        ring("followup.remind")

    def close(self, *, by: "User") -> None:
        """No more reports are taken in."""
        self._become("close", by=by)

    def add_missing_reports(self, day: date | None = None) -> None:
        """A draft for each party that is affiliated on the opening day, or later, up to the last day to report. Safe to repeat."""
        if self.status != Status.OPEN:
            return
        asked = min(max(self.opens_on, day or today()), self.due_on)
        parties = set(Affiliation.objects.on(asked).values_list("party_id", flat=True))
        known = set(self.reports.values_list("party_id", flat=True))
        drafts = [self.reports.model(round=self, party_id=party) for party in sorted(parties - known)]
        self.reports.bulk_create(drafts, ignore_conflicts=True)

    def is_over(self, day: date) -> bool:
        """Whether nobody has any time left on `day`, so that it can be closed."""
        has_time = self.reports.not_yet_in().with_due_on().filter(Q(own_due_on__gte=day))
        return self.status == Status.OPEN and self.due_on < day and not has_time.exists()

    def turnout(self) -> list[Turnout]:
        """For each side: how many parties were asked, how many have reported, how many are about to."""
        states = self._states()
        return [Turnout.of((state for kind, _sector, state in states if _side(kind) == side), side) for side in (Side.CITY, Side.CIVIL_SOCIETY)]

    def turnout_by_sector(self) -> list[Turnout]:
        """The same for each sector of civil society, and last for its parties that have none."""
        of_civil_society = [(sector, state) for kind, sector, state in self._states() if _side(kind) == Side.CIVIL_SOCIETY]
        sectors: list[Sector | None] = [*Sector.objects.filter(pk__in={sector for sector, _state in of_civil_society}), None]
        rows = [
            Turnout.of((state for found, state in of_civil_society if found == (sector.pk if sector else None)), Side.CIVIL_SOCIETY, sector)
            for sector in sectors
        ]
        return [row for row in rows if row.asked]

    def turnout_of_all(self) -> Turnout:
        """The same for everybody."""
        return Turnout.of(state for _kind, _sector, state in self._states())

    def _states(self) -> list[tuple[str, int | None, str]]:
        """(kind of party, its sector, how its report stands) for each report."""
        missing = self.reports.not_yet_in().annotate(written=Count("answers")).values_list("pk", "written")
        states = {pk: "under way" if written else "not begun" for pk, written in missing}
        rows: Any = self.reports.order_by().values_list("party__kind", "party__sector", "pk")
        return [(kind, sector, states.get(pk, "in")) for kind, sector, pk in rows]


def _side(kind: str) -> Side:
    return Side.CITY if kind == Party.Kind.CITY_BODY else Side.CIVIL_SOCIETY


class RoundEvent(Event):
    """Something that happened to a round."""

    subject = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
