"""The evaluator's marks beside what the parties themselves have said in the period's books."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreement.models import Commitment, Owner, Side
from followup.figures import OPINIONS, Figures
from followup.models import CommitmentMark, Compilation, Completion, Evaluation, Progress
from idekom.lib.charts import percent
from idekom.lib.kept import Kept

STEPS = list(zip(OPINIONS, [Completion.NOT_STARTED, Completion.LIMITED, Completion.SUBSTANTIAL, Completion.COMPLETE], strict=True))
"""The four steps of the parties, and the evaluator's that stand over the same place in the picture."""
WIDTH, TALL, FOOT = 360, 62, 112
"""Of the picture: its width, the height of the longest bar, and where the bars stand."""
COLUMN, BAR = WIDTH // len(STEPS), 30


@dataclass(frozen=True)
class Bar:
    """How many on one side chose a step."""

    side: str
    count: int
    x: int
    y: float
    height: float

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + BAR // 2

    @property
    def stripes(self) -> list[float]:
        """Lines across the bar, which tell it from the other in grey print."""
        return [round(self.y + step * 6, 1) for step in range(1, int(self.height / 6) + 1)]


@dataclass(frozen=True)
class Column:
    """One step: the parties' two bars, its name on two lines, and whether the evaluator has put the mark here."""

    middle: int
    name: list[str]
    is_marked: bool
    bars: list[Bar]


@dataclass(frozen=True)
class OwnView:
    """What the parties said about a commitment in one year: {(progress, side): how many}."""

    year: int
    counts: dict[tuple[str, str], int]

    def count(self, *steps: str) -> int:
        """How many chose one of the steps."""
        return sum(count for (progress, _side), count in self.counts.items() if progress in steps)

    @property
    def opinions(self) -> int:
        """The answers that say how far it has come."""
        return self.count(*OPINIONS)

    @property
    def no_opinion(self) -> int:
        """The answers "no opinion", which are never mixed with the others."""
        return self.count(Progress.NO_OPINION)

    @property
    def ahead(self) -> int:
        """How many say that it is well under way or done."""
        return self.count(Progress.WELL_UNDER_WAY, Progress.DONE)

    @property
    def share(self) -> str:
        """The same as a share of those who say how far it has come."""
        return percent(self.ahead, self.opinions)

    @property
    def told(self) -> str:
        """Each step with its numbers, in words."""
        return ", ".join(f"{step.label} {self.count(step)}" for step in [*OPINIONS, Progress.NO_OPINION])


@dataclass(frozen=True)
class Beside:
    """A commitment with the evaluator's mark, if any, and the parties' own view for each year; a year without a book is a gap."""

    commitment: Commitment
    mark: CommitmentMark | None
    years: list[tuple[int, OwnView | None]]

    @property
    def latest(self) -> OwnView | None:
        """The newest year that anybody has said something in."""
        return self.own[-1] if self.own else None

    @property
    def sides(self) -> list[Side]:
        """Whom the commitment binds."""
        return {Owner.CITY: [Side.CITY], Owner.SECTOR: [Side.CIVIL_SOCIETY]}.get(Owner(self.commitment.owner), list(Side))

    @property
    def own(self) -> list[OwnView]:
        """The years that somebody has said something in."""
        return [own for _year, own in self.years if own and own.counts]

    @property
    def columns(self) -> list[Column]:
        """The picture."""
        own = self.latest
        longest = max(own.counts.get((step, side), 0) for step, _mark in STEPS for side in self.sides) if own else 0
        return [self._column(place, own, longest or 1) for place in range(len(STEPS))]

    def _column(self, place: int, own: OwnView | None, longest: int) -> Column:
        step, mark = STEPS[place]
        middle, bars = place * COLUMN + COLUMN // 2, []
        left = middle - (len(self.sides) * (BAR + 2) - 2) // 2
        for at, side in enumerate(self.sides):
            count = own.counts.get((step, side), 0) if own else 0
            tall = round(TALL * count / longest, 1)
            bars.append(Bar(side.value, count, left + at * (BAR + 2), FOOT - tall, tall))
        return Column(middle, _two_lines(str(step.label)), bool(self.mark and self.mark.completion == mark), bars)

    def as_data(self) -> dict[str, Any]:
        """The marks and the numbers as plain data."""
        mark = self.mark
        return {
            "commitment": self.commitment.number,
            "title": self.commitment.title,
            "completion": mark.completion if mark else None,
            "effect": mark.effect if mark else None,
            "reasons": mark.reasons if mark else None,
            "own_view": [
                {"year": year, "opinions": own.opinions, "well_under_way_or_done": own.ahead, "no_opinion": own.no_opinion} if own else {"year": year}
                for year, own in self.years
            ],
        }


_read: Kept[dict[int, OwnView]] = Kept(16, times=3600)


def beside(evaluation: Evaluation) -> list[Beside]:
    """Every commitment of the evaluated agreement, in its order."""
    marks = {mark.commitment_id: mark for mark in evaluation.marks.all()}
    books = {book.round.year: own_views(book) for book in evaluation.books().defer("snapshot")}
    years = range(evaluation.from_year, evaluation.to_year + 1)
    rows = evaluation.version.commitments.select_related("version").order_by("number")
    return [Beside(one, marks.get(one.pk), [(year, books.get(year, {}).get(one.number)) for year in years]) for one in rows]


def own_views(book: Compilation) -> dict[int, OwnView]:
    """{number of a commitment: what the parties said}; what has been read of a book is kept, under its checksum."""

    def read() -> dict[int, OwnView]:
        figures = Figures(book.snapshot or {})
        sides = list(Side)
        found = {}
        for one in figures.commitments:
            counts = {(step.value, side.value): one.count(step, side) for step in Progress for side in sides}
            found[one.number] = OwnView(book.round.year, {key: count for key, count in counts.items() if count})
        return found

    return _read.or_make((book.round.year, book.digest), read)


def _two_lines(name: str) -> list[str]:
    """A name on at most two lines, broken at the space nearest its middle."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces:
        return [name]
    at = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return [name[:at], name[at + 1 :]]


def gaps(rows: Iterable[Beside]) -> list[int]:
    """The years of the period that nobody's book tells about."""
    missing: dict[int, bool] = {}
    for row in rows:
        for year, own in row.years:
            missing[year] = missing.get(year, True) and own is None
    return [year for year, is_missing in missing.items() if is_missing]


def summing_up(rows: list[Beside]) -> str:
    """The evaluator's marks in one sentence."""
    marked = [row.mark for row in rows if row.mark]
    if not marked:
        return _("Utvärderaren har inte bedömt något åtagande än.")
    far = sum(mark.completion in {Completion.SUBSTANTIAL, Completion.COMPLETE} for mark in marked)
    texts = {"far": far, "all": len(marked)}
    return _("Av %(all)d bedömda åtaganden är %(far)d genomförda helt eller till stor del.") % texts
