"""The book's figures as slides: one thing on each, in the order in which one speaks about them."""

from dataclasses import dataclass
from typing import Any

from followup.figures import CommitmentFigures, Figures
from followup.models import ForumQuestion

MOST_QUOTES, LONGEST_QUOTE = 6, 280
"""A quote on a slide is read aloud: few, and short ones."""
QUESTIONS_ON_A_SLIDE = 3


@dataclass(frozen=True)
class Quote:
    """What a party wants to spread about a commitment."""

    text: str
    who: str
    commitment: CommitmentFigures


@dataclass(frozen=True)
class Slide:
    """One slide. `kind` is also the name of its template; `number` counts from 1."""

    kind: str
    number: int
    of: Any = None

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"bild-{self.number}"


def presentation(snapshot: dict[str, Any], questions: list[ForumQuestion]) -> dict[str, Any]:
    """The figures, and the slides about them: title, the year, each commitment, quotes, the questions that wait."""
    figures = Figures(snapshot)
    chunks = [questions[first : first + QUESTIONS_ON_A_SLIDE] for first in range(0, len(questions), QUESTIONS_ON_A_SLIDE)]
    parts: list[tuple[str, Any]] = [
        ("title", None),
        ("year", None),
        *(("commitment", commitment) for commitment in figures.commitments),
        *(("quote", quote) for quote in quotes(figures)),
        *(("questions", chunk) for chunk in chunks or [[]]),
    ]
    return {"figures": figures, "slides": [Slide(kind, number, of) for number, (kind, of) in enumerate(parts, start=1)]}


def quotes(figures: Figures) -> list[Quote]:
    """The first short enough quote of each commitment, from as many parties as can be."""
    found: list[Quote] = []
    heard: set[str] = set()
    for commitment in figures.commitments:
        told = [Quote(line.words, said.party["name"], commitment) for said, line in commitment.quotes if len(line.words) <= LONGEST_QUOTE]
        new = next((quote for quote in told if quote.who not in heard), None)
        if new is not None:
            found.append(new)
            heard.add(new.who)
    return found[:MOST_QUOTES]
