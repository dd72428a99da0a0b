"""The numbers that Word writes by itself before headings and items: they stand nowhere in the text, so they are counted here."""

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

ROMAN = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


@dataclass(frozen=True)
class Marker:
    """What stands before a paragraph: "3. ", "b) " or nothing for a dot; and how deep in its list it is."""

    text: str
    depth: int


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks."""

    start: int
    format: str
    look: str


class Numbering:
    """The lists of a document, counted along as its paragraphs are read."""

    def __init__(self, document: Document) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            root = None
        self.counts: dict[str, dict[int, int]] = {}  # lists of one look count on together, until one begins anew
        self.begins: dict[tuple[str, int], int] = {}
        self.lists: dict[str, str] = {}
        self.levels: dict[tuple[str, int], Level] = {}
        if root is not None:
            self._learn(root)

    def _learn(self, root: Any) -> None:
        for one in root.findall(qn("w:num")):
            abstract = one.find(qn("w:abstractNumId"))
            if abstract is not None:
                self.lists[one.get(qn("w:numId"))] = abstract.get(qn("w:val"))
            for override in one.findall(qn("w:lvlOverride")):
                if start := _value(override, "w:startOverride", ""):
                    self.begins[one.get(qn("w:numId")), int(override.get(qn("w:ilvl"), "0"))] = int(start)
        for one in root.findall(qn("w:abstractNum")):
            for level in one.findall(qn("w:lvl")):
                key = (one.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"), "0")))
                self.levels[key] = Level(int(_value(level, "w:start", "1")), _value(level, "w:numFmt", "decimal"), _value(level, "w:lvlText", ""))

    def marker(self, paragraph: Any, style: Any) -> Marker | None:
        """What Word writes before the paragraph; None of one that is in no list."""
        found = _place(paragraph.find(qn("w:pPr")))
        number, depth = found if found else (None, None)
        while style is not None and number is None:
            number, own = _place(style.element.find(qn("w:pPr"))) or (None, None)
            depth = own if depth is None else depth
            style = getattr(style, "base_style", None)
        if number is None or number == "0" or number not in self.lists:
            return None
        return Marker(self._count(number, depth or 0), (depth or 0) + 1)

    def _count(self, number: str, depth: int) -> str:
        abstract = self.lists[number]
        level = self.levels.get((abstract, depth))
        if level is None or level.format in {"bullet", "none"}:
            return ""
        counts = self.counts.setdefault(abstract, {})
        begins = self.begins.pop((number, depth), None)
        counts[depth] = begins if begins is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        look = re.sub(r"%(\d)", lambda place: self._shown(abstract, counts, int(place[1]) - 1), level.look)
        return f"{look} " if look else ""

    def _shown(self, abstract: str, counts: dict[int, int], depth: int) -> str:
        level = self.levels.get((abstract, depth), Level(1, "decimal", ""))
        return shown(counts.get(depth, level.start), level.format)


def _place(properties: Any) -> tuple[str | None, int | None] | None:
    """(the list that a paragraph or style is in, how deep)."""
    place = properties.find(qn("w:numPr")) if properties is not None else None
    if place is None:
        return None
    depth = _value(place, "w:ilvl", "")
    return _value(place, "w:numId", "") or None, int(depth) if depth.isdigit() else None


def _value(element: Any, name: str, missing: str) -> str:
    found = element.find(qn(name))
    return missing if found is None else str(found.get(qn("w:val"), missing))


def shown(count: int, style: str) -> str:
    """The count as its level writes it."""
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    if style in {"lowerRoman", "upperRoman"}:
        roman = ""
        for value, letters in ROMAN:
            roman, count = roman + letters * (count // value), count % value
        return roman if style == "upperRoman" else roman.lower()
    return str(count)
