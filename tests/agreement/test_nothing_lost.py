"""A generated corpus of agreements, whole and broken: not one sentence is lost, and none is said twice."""

import random
from collections.abc import Callable

import pytest

from agreement.models import Part
from agreement.reading.documents import read
from agreement.reading.placing import Known, Placed, place
from agreement.reading.words import PRINCIPLES
from tests.agreement.documents import KINDS, WRITERS, Piece, dot, heading, numbered, paragraph, shape

SECTIONS = [
    "Värden", "Parter", "Definition av social ekonomi", "Bakgrund", "Innebörd och syfte", "Vision", "Mål", "Principer", "Åtaganden",
    "Uppföljning och utvärdering", "Så ansluter man sig", "Inledning", "Något annat", "Tack till alla",
]  # fmt: skip
NAMES = ["Principen om dialog", "Kvalitet", "Princip 4: Långsiktighet", "Mångfald", "Principen om tålamod"]
TITLES = ["1. Kunskap", "Åtagande 2: Samspel", "3. Delaktighet", "Klimat", "13. Uppföljning och utvärdering av överenskommelsen"]
ODD = ["", " ", "\u00a0", "  \t ", "\u200b"]
KNOWN = [Known(), Known(PRINCIPLES, {"delaktighet": 10}, {Part.GOAL: {1, 2}, Part.PRINCIPLE: {1, 2, 3}, Part.COMMITMENT: {1, 10}})]
ALIKE = 40
SEEDS = range(120)


class Written:
    """An agreement that chance has written, and every sentence that stands in it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sentences: list[str] = []
        self.pieces: list[Piece] = []
        sections = self._sections()
        if self.chance.random() < 0.7:
            self.pieces.append(heading(1, "Överenskommelsen Göteborg"))
        for name in sections:
            self._section(name)

    def _sections(self) -> list[str]:
        names = [name for name in SECTIONS if self.chance.random() < 0.8] or ["Vision"]
        names += self.chance.sample(names, self.chance.randrange(0, 3) % (len(names) + 1))  # doubled
        if self.chance.random() < 0.6:
            self.chance.shuffle(names)
        return names

    def _sentence(self) -> str:
        words = self.chance.choices(["parterna", "åtar sig", "dialog", "i staden", "§ 4", "varje år", "(principen om dialog)", "den 1. maj"], k=4)
        sentence = f"Mening {len(self.sentences) + 1} säger att {' '.join(words)} gäller."
        self.sentences.append(sentence)
        return sentence

    def _text(self) -> None:
        for _number in range(self.chance.randrange(0, 4)):
            self.pieces.append(paragraph(" ".join(self._sentence() for _again in range(self.chance.randrange(1, 4)))))
        if self.chance.random() < 0.4:
            self.pieces += [dot(self._sentence()) for _number in range(self.chance.randrange(1, 4))]
        elif self.chance.random() < 0.4:
            self.pieces += [numbered(number, self._sentence()) for number in range(1, self.chance.randrange(2, 5))]
            self.pieces.append(paragraph(self._sentence()))

    def _section(self, name: str) -> None:
        if self.chance.random() < 0.9:  # or its heading is missing
            self.pieces.append(heading(2, name))
        self._text()
        for title in {"Principer": NAMES, "Åtaganden": TITLES}.get(name, []):
            if self.chance.random() < 0.8:
                self.pieces.append(heading(3, title))
                self._text()


def assert_nothing_is_lost(sentences: list[str], found: list[Placed]) -> None:
    """Every sentence stands in exactly one passage, and each passage has one place."""
    for sentence in sentences:
        assert [one.block.text.count(sentence) for one in found if sentence in one.block.text] == [1], sentence
    for one in found:
        assert (one.number is not None) == (one.part in Part.numbered())


@pytest.mark.parametrize("seed", range(ALIKE))
def test_the_three_kinds_of_documents_give_the_same_places_and_lose_nothing(seed: int) -> None:
    written = Written(seed)
    known = KNOWN[seed % 2]
    shapes = []
    for name in KINDS:
        found = place(read(name, WRITERS[name](written.pieces)), known)
        assert_nothing_is_lost(written.sentences, found)
        assert [one.block.text.count(piece.text) > 0 for one, piece in zip(found, written.pieces, strict=True)] == [True] * len(found)
        shapes.append(shape(found))
    assert shapes[0] == shapes[1] == shapes[2]


def _broken(text: str, chance: random.Random) -> str:
    """Odd spaces, lost and doubled line ends, control letters and marks strewn about – between words, so that sentences stay whole."""
    lines = []
    for line in text.split("\n"):
        lines.append(chance.choice(ODD) + line + chance.choice(ODD))
        if chance.random() < 0.2:
            lines.append(chance.choice(["", "\x0c", "---", "| a | b |", "> ", "***", "\x00"]))
    return chance.choice(["", "\ufeff"]) + chance.choice(["\n", "\r\n", "\r"]).join(lines)


def _columns(text: str, chance: random.Random) -> str:
    """Some paragraphs in a table, in lists within lists, in quotations."""
    wraps: list[Callable[[str], str]] = [
        lambda row: f"| {row} | nästa ruta |\n|---|---|\n| {chance.random()} |",
        lambda row: f"- yttre\n  - inre\n    - {row}",
        lambda row: f"> {row}",
        lambda row: f"*{row}*",
        lambda row: row,
    ]
    return "\n\n".join(chance.choice(wraps)(block) if block[:1].isalpha() and "\n" not in block else block for block in text.split("\n\n"))


@pytest.mark.parametrize("name", ["text.md", "text.txt"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_badly_kept_text_file_loses_nothing(name: str, seed: int) -> None:
    written = Written(1_000 + seed)
    chance = random.Random(seed)
    text = _columns(WRITERS[name](written.pieces).decode(), chance)
    data = _broken(text, chance).encode(chance.choice(["utf-8", "utf-16"]))
    assert_nothing_is_lost(written.sentences, place(read(name, data), KNOWN[seed % 2]))


def test_a_reader_that_forgets_is_found() -> None:
    """The control: without its last passage a text has lost a sentence."""
    written = Written(7)
    found = place(read("text.md", WRITERS["text.md"]([*written.pieces, paragraph(written._sentence())])), Known())
    with pytest.raises(AssertionError):
        assert_nothing_is_lost(written.sentences, found[:-1])
    with pytest.raises(AssertionError):
        assert_nothing_is_lost(written.sentences, [*found, found[-1]])
