"""What a snapshot adds up to: the same figures for the book and for the web page."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agreement.models import Owner, Side
from followup.models import Progress
from idekom.lib.charts import Chart, Row, Series, bar_chart, percent

OPINIONS = [Progress.NOT_STARTED, Progress.STARTED, Progress.WELL_UNDER_WAY, Progress.DONE]
"""The answers that say how far something has come. "No opinion" is not one of them and is never mixed with them."""


@dataclass(frozen=True)
class Said:
    """What one party says about one commitment, or one commitment's words from one party."""

    commitment: dict[str, Any]
    party: dict[str, Any]
    progress: str
    done: str
    example: str
    plan: str

    @property
    def progress_label(self) -> str:
        """The value in words."""
        return str(Progress(self.progress).label)


@dataclass(frozen=True)
class Reporter:
    """A party and what it reported."""

    slug: str
    name: str
    side: Side
    about: str
    submitted_on: date | None
    said: list[Said]


@dataclass(frozen=True)
class SideCount:
    """How many of a side have reported."""

    side: Side
    asked: int
    reported: int

    @property
    def not_yet(self) -> int:
        """Those that have not come in."""
        return self.asked - self.reported


@dataclass(frozen=True)
class CommitmentFigures:
    """How far a commitment has come, counted."""

    number: int
    slug: str
    title: str
    summary: str
    owner: Owner
    said: list[Said]

    def count(self, progress: str, side: Side | None = None) -> int:
        """How many gave this answer, on one side or both."""
        return sum(said.progress == progress and side in (None, said.party["side"]) for said in self.said)

    @property
    def sides(self) -> list[Side]:
        """Whom it binds."""
        return {Owner.CITY: [Side.CITY], Owner.SECTOR: [Side.CIVIL_SOCIETY]}.get(self.owner, list(Side))

    @property
    def opinions(self) -> int:
        """The answers that say how far it has come."""
        return len(self.said) - self.no_opinion

    @property
    def no_opinion(self) -> int:
        """The answers "no opinion"."""
        return self.count(Progress.NO_OPINION)

    @property
    def summing_up(self) -> str:
        """The figures in a sentence or two."""
        if not self.said:
            return _("Ingen part har svarat om åtagandet än.")
        texts = {
            "all": len(self.said),
            "ahead": self.count(Progress.WELL_UNDER_WAY) + self.count(Progress.DONE),
            "known": self.opinions,
            "none": self.no_opinion,
        }
        told = _("%(known)d av %(all)d svar säger hur långt åtagandet har kommit.") % texts
        ahead = _("Av dem säger %(ahead)d att det är på god väg, genomfört eller löpande.") % texts if self.opinions else ""
        rest = _("%(none)d svarade Ingen åsikt.") % texts if self.no_opinion else _("Ingen svarade Ingen åsikt.")
        return " ".join(part for part in (told, ahead, rest) if part)

    @property
    def examples(self) -> list[Said]:
        """What parties want to spread."""
        return [said for said in self.said if said.example]

    @cached_property
    def chart(self) -> Chart:
        """How far it has come, by side; "no opinion" stands apart."""
        rows = [self._row(progress, percent(self.count(progress), self.opinions)) for progress in OPINIONS]
        share = _("%(share)s av alla svar") % {"share": percent(self.no_opinion, len(self.said))}
        return bar_chart(
            key=f"atagande-{self.number}",
            title=_("Svar om åtagande %(number)d, %(title)s") % {"number": self.number, "title": self.title},
            series=[Series(side.value, str(side.label)) for side in self.sides],
            rows=[*rows, self._row(Progress.NO_OPINION, share, apart=True)],
            note=_("Andelarna räknas på de svar som säger hur långt åtagandet har kommit. Ingen åsikt räknas för sig, på alla svar."),
            first_column=_("Svar"),
        )

    def _row(self, progress: Progress, share: str, *, apart: bool = False) -> Row:
        return Row(str(progress.label), tuple(self.count(progress, side) for side in self.sides), apart, share)


class Figures:
    """Everything that the book and the page of the year show."""

    def __init__(self, snapshot: dict[str, Any]) -> None:
        self.year: int = snapshot["year"]
        self.agreement: str = snapshot["agreement"]
        self.due_on = date.fromisoformat(snapshot["due_on"])
        self.forum_on = date.fromisoformat(snapshot["forum_on"]) if snapshot["forum_on"] else None
        known = {commitment["number"]: commitment for commitment in snapshot["commitments"]}
        said = [
            Said(known[a["commitment"]], party, a["progress"], a["done"], a["example"], a["plan"])
            for party in snapshot["parties"]
            for a in party["answers"]
        ]
        self.commitments = [_commitment(one, [s for s in said if s.commitment is one]) for one in snapshot["commitments"]]
        self.parties = [_reporter(party, [s for s in said if s.party is party]) for party in snapshot["parties"]]

    @property
    def reporters(self) -> list[Reporter]:
        """The parties that have reported."""
        return [party for party in self.parties if party.submitted_on]

    @property
    def not_yet(self) -> list[Reporter]:
        """The parties whose report has not come in."""
        return [party for party in self.parties if not party.submitted_on]

    @property
    def latest_on(self) -> date | None:
        """When the last report in it was handed in."""
        return max((party.submitted_on for party in self.parties if party.submitted_on), default=None)

    @property
    def sides(self) -> list[SideCount]:
        """Asked and reported, by side."""
        of = {side: [party for party in self.parties if party.side == side] for side in Side}
        return [SideCount(side, len(parties), sum(party.submitted_on is not None for party in parties)) for side, parties in of.items()]


def _commitment(one: dict[str, Any], said: list[Said]) -> CommitmentFigures:
    return CommitmentFigures(one["number"], one["slug"], one["title"], one["summary"], Owner(one["owner"]), said)


def _reporter(party: dict[str, Any], said: list[Said]) -> Reporter:
    at = party["submitted_at"]
    about = ", ".join(part for part in (party["legal_form"], party["sector"]) if part)
    return Reporter(party["slug"], party["name"], Side(party["side"]), about, timezone.localdate(datetime.fromisoformat(at)) if at else None, said)
