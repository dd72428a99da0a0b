"""What a snapshot adds up to: the same figures for the book, for the web page and for the slides."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agreement.models import Owner, Side
from followup import sheets
from followup.models import Kind, Progress, Scale
from followup.models.questions import PROGRESS_KEY
from followup.shares import Counts, Gap, YearShare, gap_of, query
from followup.snapshot import read
from idekom.lib.charts import Chart, LineChart, Row, Series, bar_chart, line_chart, percent

OPINIONS = [Progress.NOT_STARTED, Progress.STARTED, Progress.WELL_UNDER_WAY, Progress.DONE]
"""The answers that say how far something has come. "No opinion" is not one of them and is never mixed with them."""
AHEAD = {Progress.WELL_UNDER_WAY, Progress.DONE}
"""Those that say that it has come far."""


@dataclass(frozen=True)
class Said:
    """What one party says about one commitment."""

    commitment: dict[str, Any]
    party: dict[str, Any]
    part: sheets.Part

    @property
    def progress(self) -> str:
        """How far it has come; "" when that is not public."""
        return self.part.progress.choice if self.part.progress else ""

    @property
    def progress_label(self) -> str:
        """The same in words."""
        return self.part.progress.said if self.part.progress else ""

    @property
    def is_apart(self) -> bool:
        """Whether it is "no opinion"."""
        return self.progress == Progress.NO_OPINION

    @property
    def words(self) -> list[sheets.Line]:
        """What it tells in its own words."""
        return self.part.words

    @property
    def quotes(self) -> list[sheets.Line]:
        """What of that may be quoted."""
        return [line for line in self.part.words if line.may_be_quoted]


@dataclass(frozen=True)
class Reporter:
    """A party and what it reported. `through` is the umbrella that reported for it, `reports_for` the members that it reported for."""

    slug: str
    name: str
    side: Side
    about: str
    has_reported: bool
    said: list[Said]
    year: sheets.Part | None
    through: str
    reports_for: list[str]

    @property
    def lines(self) -> list[tuple[sheets.Part, sheets.Line]]:
        """Every answer, with what it is about."""
        parts = [*(said.part for said in self.said), *([self.year] if self.year else [])]
        return [(part, line) for part in parts for line in part.answered]

    @property
    def is_in(self) -> bool:
        """Whether its year is told, by itself or through an umbrella."""
        return self.has_reported or bool(self.through)


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
    counts: Counts
    years: list[YearShare]

    def count(self, progress: str, side: Side | None = None) -> int:
        """How many gave this answer, on one side or both."""
        return sum(self.counts[one, progress] for one in ([side] if side else Side))

    @property
    def sides(self) -> list[Side]:
        """Whom it binds."""
        return {Owner.CITY: [Side.CITY], Owner.SECTOR: [Side.CIVIL_SOCIETY]}.get(self.owner, list(Side))

    @property
    def answers(self) -> int:
        """All answers to how far it has come."""
        return self.counts.total()

    @property
    def opinions(self) -> int:
        """The answers that say how far it has come."""
        return self.answers - self.no_opinion

    @property
    def no_opinion(self) -> int:
        """The answers "no opinion"."""
        return self.count(Progress.NO_OPINION)

    @property
    def summing_up(self) -> str:
        """The figures in a sentence or two."""
        if not self.answers:
            return _("Ingen part har svarat om åtagandet än.")
        texts = {
            "all": self.answers,
            "ahead": self.count(Progress.WELL_UNDER_WAY) + self.count(Progress.DONE),
            "known": self.opinions,
            "none": self.no_opinion,
        }
        told = _("%(known)d av %(all)d svar säger hur långt åtagandet har kommit.") % texts
        ahead = _("Av dem säger %(ahead)d att det är på god väg, genomfört eller löpande.") % texts if self.opinions else ""
        rest = _("%(none)d svarade Ingen åsikt.") % texts if self.no_opinion else _("Ingen svarade Ingen åsikt.")
        return " ".join(part for part in (told, ahead, rest) if part)

    @property
    def gap(self) -> Gap | None:
        """How the two sides see it; None where only one is bound or has told."""
        if len(self.sides) == 1:
            return None
        return gap_of(self.counts, AHEAD, Progress.NO_OPINION)

    @property
    def change(self) -> YearShare | None:
        """The year before, to be compared with; None where there is no such book."""
        return next((year for year in self.years[:-1] if year.year == self.years[-1].year - 1 and year.opinions), None)

    @property
    def changed_in_words(self) -> str:
        """How it stands to the year before."""
        before, now = self.change, self.years[-1]
        if before is None or before.share is None or now.share is None:
            return ""
        texts = {"year": before.year, "before": before.share, "now": now.share}
        if before.share == now.share:
            return _("Andelen som säger att det har kommit långt är %(now)d procent, som %(year)d.") % texts
        return _("Andelen som säger att det har kommit långt var %(before)d procent %(year)d och är nu %(now)d procent.") % texts

    @property
    def has_trend(self) -> bool:
        """Whether there are years to compare."""
        return sum(year.share is not None for year in self.years) > 1

    @cached_property
    def trend(self) -> LineChart:
        """The share that says that it has come far, year by year."""
        return line_chart([(str(year.year), year.share) for year in self.years])

    @property
    def quotes(self) -> list[tuple[Said, sheets.Line]]:
        """What parties let be quoted, with whose it is."""
        return [(said, line) for said in self.said for line in said.quotes]

    @cached_property
    def chart(self) -> Chart:
        """How far it has come, by side; "no opinion" stands apart."""
        rows = [self._row(progress, percent(self.count(progress), self.opinions)) for progress in OPINIONS]
        share = _("%(share)s av alla svar") % {"share": percent(self.no_opinion, self.answers)}
        return bar_chart(
            key=f"atagande-{self.number}",
            title=_("Svar om åtagande %(number)d, %(title)s") % {"number": self.number, "title": self.title},
            series=[Series(side.value, str(side.label)) for side in self.sides],
            rows=[*rows, self._row(Progress.NO_OPINION, share, apart=True)],
            note=_("Andelarna räknas på de svar som säger hur långt åtagandet har kommit. Ingen åsikt räknas för sig, på alla svar."),
            first_column=_("Svar"),
        )

    def _row(self, progress: str, share: str, *, apart: bool = False) -> Row:
        queries = tuple(query(PROGRESS_KEY, side, progress, commitment=self.number) for side in self.sides)
        return Row(str(Progress(progress).label), tuple(self.count(progress, side) for side in self.sides), apart, share, queries)


@dataclass(frozen=True)
class StatementFigures:
    """How something has changed in the parties' view, counted. `sides` are those that were asked."""

    key: str
    text: str
    sides: list[Side]
    counts: Counts

    def count(self, choice: str) -> int:
        """How many gave this answer."""
        return sum(self.counts[side, choice] for side in self.sides)

    @property
    def opinions(self) -> int:
        """The answers with an opinion."""
        return self.counts.total() - self.count(Scale.NO_OPINION)

    @property
    def gap(self) -> Gap | None:
        """How the two sides see it; None where only one was asked."""
        return gap_of(self.counts, {Scale.BETTER}, Scale.NO_OPINION) if len(self.sides) > 1 else None

    @cached_property
    def chart(self) -> Chart:
        """Worse, as before or better, by side; "no opinion" stands apart."""
        shares = {choice: percent(self.count(choice), self.opinions) for choice in (Scale.WORSE, Scale.SAME, Scale.BETTER)}
        apart = _("%(share)s av alla svar") % {"share": percent(self.count(Scale.NO_OPINION), self.counts.total())}
        rows = [self._row(choice, share) for choice, share in shares.items()]
        return bar_chart(
            key=f"pastaende-{self.key}",
            title=self.text,
            series=[Series(side.value, str(side.label)) for side in self.sides],
            rows=[*rows, self._row(Scale.NO_OPINION, apart, apart=True)],
            first_column=_("Svar"),
        )

    def _row(self, choice: str, share: str, *, apart: bool = False) -> Row:
        queries = tuple(query(self.key, side, choice) for side in self.sides)
        return Row(str(Scale(choice).label), tuple(self.counts[side, choice] for side in self.sides), apart, share, queries)


class Figures:
    """Everything that the book and the page of the year show."""

    def __init__(self, kept: dict[str, Any]) -> None:
        snapshot = read(kept)
        self.year: int = snapshot["year"]
        self.agreement: str = snapshot["agreement"]
        self.summary: str = snapshot["summary"]
        self.glossary: list[dict[str, str]] = snapshot["glossary"]
        self.question_set: str = snapshot["question_set"]
        self.questions: list[dict[str, Any]] = snapshot["questions"]
        self.due_on = date.fromisoformat(snapshot["due_on"])
        self.latest_on = timezone.localdate(datetime.fromisoformat(snapshot["latest_at"])) if snapshot["latest_at"] else None
        self.forum_on = date.fromisoformat(snapshot["forum_on"]) if snapshot["forum_on"] else None
        self.parties = [_reporter(party, snapshot) for party in snapshot["parties"]]
        told: dict[int, list[Said]] = {}
        for party in self.parties:
            for said in party.said:
                told.setdefault(said.commitment["number"], []).append(said)
        earlier = {year["year"]: year["counts"] for year in snapshot.get("earlier", [])}
        self.commitments = [_commitment(one, told.get(one["number"], []), self.year, earlier) for one in snapshot["commitments"]]

    @property
    def reporters(self) -> list[Reporter]:
        """The parties that have reported themselves."""
        return [party for party in self.parties if party.has_reported]

    @property
    def not_yet(self) -> list[Reporter]:
        """The parties whose report has not come in."""
        return [party for party in self.parties if not party.is_in]

    @property
    def told_through_another(self) -> list[Reporter]:
        """The parties that an umbrella has reported for."""
        return [party for party in self.parties if not party.has_reported and party.through]

    @property
    def sides(self) -> list[SideCount]:
        """Asked and reported, by side."""
        of = {side: [party for party in self.parties if party.side == side] for side in Side}
        return [SideCount(side, len(parties), sum(party.is_in for party in parties)) for side, parties in of.items()]

    @cached_property
    def statements(self) -> list[StatementFigures]:
        """The statements about the year, those that have any answer."""
        found: dict[str, Counts] = {question["key"]: Counter() for question in self.questions if question["kind"] == Kind.SCALE}
        for party in self.parties:
            for line in party.year.statements if party.year else []:
                found[line.key][party.side, line.choice] += 1
        asked = {question["key"]: question for question in self.questions}
        sides = {key: [Side(asked[key]["side"])] if asked[key]["side"] else list(Side) for key in found}
        return [StatementFigures(key, asked[key]["text"], sides[key], counts) for key, counts in found.items() if counts]


def _commitment(one: dict[str, Any], said: list[Said], year: int, earlier: dict[int, list[dict[str, Any]]]) -> CommitmentFigures:
    counts: Counts = Counter((each.party["side"], each.progress) for each in said if each.progress)
    years = [_year(before, _of_commitment(earlier.get(before, []), one["number"])) for before in range(min(earlier, default=year), year)]
    figures = (one["number"], one["slug"], one["title"], one["summary"], Owner(one["owner"]))
    return CommitmentFigures(*figures, said, counts, [*years, _year(year, counts)])


def _of_commitment(rows: list[dict[str, Any]], number: int) -> Counts:
    mine = [row for row in rows if row["question"] == PROGRESS_KEY and row["commitment"] == number]
    return Counter({(row["side"], row["choice"]): row["count"] for row in mine})


def _year(year: int, counts: Counts) -> YearShare:
    ahead = sum(count for (_side, choice), count in counts.items() if choice in AHEAD)
    opinions = sum(count for (_side, choice), count in counts.items() if choice != Progress.NO_OPINION)
    return YearShare(year, ahead, opinions)


def _reporter(party: dict[str, Any], snapshot: dict[str, Any]) -> Reporter:
    side = Side(party["side"])
    questions = [question for question in snapshot["questions"] if question["side"] in ("", side)]
    parts = sheets.lay_out(snapshot["commitments"], questions, party["answers"])
    by_number = {commitment["number"]: commitment for commitment in snapshot["commitments"]}
    said = [Said(by_number[part.number], party, part) for part in parts if part.number is not None and part.is_begun]
    return Reporter(
        slug=party["slug"],
        name=party["name"],
        side=side,
        about=", ".join(part for part in (party["legal_form"], party["sector"]) if part),
        has_reported=party["has_reported"],
        said=said,
        year=next((part for part in parts if part.number is None and part.is_begun), None),
        through=party["through"]["name"] if party["through"] else "",
        reports_for=[other["name"] for other in party["reports_for"]],
    )
