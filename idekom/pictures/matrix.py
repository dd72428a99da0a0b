"""Which principles each commitment rests on."""

from dataclasses import dataclass

from agreement.models import Commitment, Owner, Principle, Version

WIDTH = 400
LABELS, COUNTS = 128, 30
ROW, HEAD = 34, 30


@dataclass(frozen=True)
class Cell:
    """A commitment that rests on the principle: where its mark stands, and whose it is."""

    x: float
    y: float
    owner: str
    title: str


@dataclass(frozen=True)
class Line:
    """A principle, and the marks along it."""

    principle: Principle
    y: float
    cells: list[Cell]

    @property
    def top(self) -> float:
        """The rule above it."""
        return self.y - ROW / 2

    @property
    def baseline(self) -> float:
        """The foot of its texts."""
        return self.y + 5

    @property
    def count(self) -> int:
        """How many commitments rest on it."""
        return len(self.cells)


@dataclass(frozen=True)
class Matrix:
    """The picture and its table."""

    commitments: list[Commitment]
    columns: list[tuple[float, int]]
    lines: list[Line]
    width: int = WIDTH

    @property
    def height(self) -> int:
        """Down to the last line."""
        return HEAD + ROW * len(self.lines) + 6

    @property
    def most(self) -> Line:
        """The principle that most commitments rest on."""
        return max(self.lines, key=lambda line: line.count)

    @property
    def without(self) -> list[Principle]:
        """The principles that no commitment rests on."""
        return [line.principle for line in self.lines if not line.cells]


def column_places(count: int) -> list[float]:
    """Where `count` columns are centred, between the labels and the counts."""
    step = (WIDTH - LABELS - COUNTS) / max(1, count)
    return [round(LABELS + step * (place + 0.5), 1) for place in range(count)]


def matrix(version: Version) -> Matrix | None:
    """The version's principles and commitments; None when it has none."""
    principles = list(version.principles.all())
    commitments = list(version.commitments.prefetch_related("principles"))
    if not principles or not commitments:
        return None
    places = column_places(len(commitments))
    resting = {commitment.pk: {principle.pk for principle in commitment.principles.all()} for commitment in commitments}
    lines = []
    for number, principle in enumerate(principles):
        y = HEAD + ROW * (number + 0.5)
        marked = [(x, one) for x, one in zip(places, commitments, strict=True) if principle.pk in resting[one.pk]]
        lines.append(Line(principle, y, [Cell(x, y, _owner(one), str(one)) for x, one in marked]))
    return Matrix(commitments, [(x, one.number) for x, one in zip(places, commitments, strict=True)], lines)


def _owner(commitment: Commitment) -> str:
    """city, sector or both: who is drawn."""
    return "both" if commitment.owner == Owner.EACH else commitment.owner
