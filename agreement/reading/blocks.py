"""What every kind of document is read into: headings, paragraphs and items in their order, with every word of the document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreement.reading import words
from idekom.lib.text import cleaned

LARGEST = 5 * 1024 * 1024
MOST_LETTERS = 1_000_000
MOST_BLOCKS = 2_000
LONGEST_HEADING = 200
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""Marks that show nothing: zero width spaces, the mark at the start of a file, hyphens where a line may be broken."""
MARKER = re.compile(r"^(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})([.)])\s+(?=\S)")
ENDS_A_SENTENCE = (".", ",", ";", ":", "!")


class Unreadable(ValidationError):
    """The document cannot be read; the message says why and what helps."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unreadable")


class Kind(StrEnum):
    """The kinds of blocks; the same values as a passage's."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph or item. `level`: of a heading, 1 the highest and 0 unknown; of an item, how deep in its list."""

    kind: Kind
    text: str
    level: int = 0
    is_aside: bool = False
    """What stands outside the running text: page headers and footers."""


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with their text on one line, empty ones gone, and with the headings that only their words tell."""
    found = [replace(block, text=text) for block in blocks if (text := one_line(block.text))]
    if not found:
        raise Unreadable(_("Dokumentet har ingen text. Kontrollera att du valde rätt fil."))
    if len(found) > MOST_BLOCKS or sum(len(block.text) for block in found) > MOST_LETTERS:
        told = _("Dokumentet är för långt: högst %(blocks)d stycken och %(letters)d tecken. Dela upp det.")
        raise Unreadable(told % {"blocks": MOST_BLOCKS, "letters": MOST_LETTERS})
    return list(_with_headings(found))


def one_line(text: str) -> str:
    """`text` without control characters and invisible marks, each run of white space a single space."""
    return " ".join(cleaned(text).translate(INVISIBLE).split())


def _with_headings(blocks: list[Block]) -> Iterator[Block]:
    for place, block in enumerate(blocks):
        if block.kind == Kind.HEADING:
            yield block if len(block.text) <= LONGEST_HEADING else replace(block, kind=Kind.PARAGRAPH, level=0)
        elif block.kind == Kind.ITEM and _stands_alone(blocks, place) and _is_numbered_heading(block.text):
            yield replace(block, kind=Kind.HEADING, level=2)
        elif block.kind == Kind.PARAGRAPH and not block.is_aside and (level := _level_by_words(block.text)) is not None:
            yield replace(block, kind=Kind.HEADING, level=level)
        else:
            yield block


def _number(block: Block) -> tuple[int, str] | None:
    """(the number of a numbered item, what follows it)."""
    marker = MARKER.match(block.text) if block.kind == Kind.ITEM else None
    return (words.number(marker[1]), marker[2]) if marker else None


def _stands_alone(blocks: list[Block], place: int) -> bool:
    """Whether a numbered item has no neighbour in a list: then it is a heading that somebody numbered."""
    mine = _number(blocks[place])
    if mine is None:
        return False
    before = _number(blocks[place - 1]) if place else None
    after = _number(blocks[place + 1]) if place + 1 < len(blocks) else None
    return before != (mine[0] - 1, mine[1]) and after != (mine[0] + 1, mine[1])


def _is_numbered_heading(text: str) -> bool:
    rest = MARKER.sub("", text)
    return looks_like_heading(rest) and not words.is_number(rest)


def looks_like_heading(text: str) -> bool:
    """Whether it is as short as a heading, begins like one and does not end like a sentence."""
    return 2 <= len(text) <= 100 and (text[0].isupper() or text[0].isdigit()) and not text.endswith(ENDS_A_SENTENCE) and "|" not in text


def _level_by_words(text: str) -> int | None:
    """The level of a paragraph that is a heading by its words alone; None when it is not."""
    heading = words.parse(text)
    if not looks_like_heading(text.rstrip(":")):
        return None
    if heading.label or words.part_named(heading.name):
        return len(heading.numbers) + 1 if heading.numbers and not heading.label else 0
    return len(heading.numbers) + 1 if len(heading.numbers) > 1 and heading.name[:1].isupper() else None
