"""One text as three kinds of documents, so that one can ask whether they are read alike."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx

from agreement.reading.blocks import Block, Kind
from agreement.reading.documents import read
from agreement.reading.placing import Known, Placed, place

KINDS = ("text.md", "text.docx", "text.txt")
UNDERLINES = {1: "=", 2: "-", 3: "~", 4: "."}


@dataclass(frozen=True)
class Piece:
    """What somebody writes: a heading of a level, a paragraph, a dot or a numbered item."""

    kind: str
    text: str
    level: int = 0


def heading(level: int, text: str) -> Piece:
    return Piece("heading", text, level)


def paragraph(text: str) -> Piece:
    return Piece("paragraph", text)


def dot(text: str) -> Piece:
    return Piece("dot", text)


def numbered(number: int, text: str) -> Piece:
    return Piece("numbered", text, number)


def as_markdown(pieces: list[Piece]) -> bytes:
    marks = {"dot": lambda piece: f"- {piece.text}", "numbered": lambda piece: f"{piece.level}. {piece.text}"}
    marks |= {"heading": lambda piece: f"{'#' * piece.level} {piece.text}", "paragraph": lambda piece: piece.text}
    return "\n\n".join(marks[piece.kind](piece) for piece in pieces).encode()


def as_text(pieces: list[Piece]) -> bytes:
    marks = {"dot": lambda piece: f"- {piece.text}", "numbered": lambda piece: f"{piece.level}. {piece.text}"}
    marks |= {"heading": lambda piece: f"{piece.text}\n{UNDERLINES[piece.level] * len(piece.text)}", "paragraph": lambda piece: piece.text}
    return "\n\n".join(marks[piece.kind](piece) for piece in pieces).encode()


def as_docx(pieces: list[Piece]) -> bytes:
    document = docx.Document()
    item = (0, 0)  # (its number, its list)
    for piece in pieces:
        if piece.kind == "heading":
            document.add_heading(piece.text, piece.level)
        else:
            styles = {"paragraph": None, "dot": "List Bullet", "numbered": "List Number"}
            made = document.add_paragraph(piece.text, style=styles[piece.kind])
            if piece.kind == "numbered":
                goes_on = item[1] and piece.level == item[0] + 1
                item = (piece.level, item[1] if goes_on else _new_list(document, piece.level))
                made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = item[1]
    return saved(document)


def _new_list(document: Any, start: int) -> int:
    """The number of a list that begins anew, as Word makes it when somebody chooses that."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    number.add_lvlOverride(0).add_startOverride(start)
    return int(number.numId)


def saved(document: "docx.document.Document") -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {"text.md": as_markdown, "text.docx": as_docx, "text.txt": as_text}


def blocks(name: str, pieces: list[Piece]) -> list[Block]:
    """What is read of the pieces, written as a document of this name."""
    return read(name, WRITERS[name](pieces))


def placed(name: str, pieces: list[Piece], known: Known | None = None) -> list[Placed]:
    """The same, each in its place."""
    return place(blocks(name, pieces), known or Known())


def shape(found: list[Placed]) -> list[tuple[str, str, str, int | None]]:
    """(kind, text, part, number) of each."""
    return [(one.block.kind.value, one.block.text, one.part.value, one.number) for one in found]


def texts(found: list[Block]) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in found]


__all__ = ["KINDS", "Kind", "Piece", "blocks", "dot", "heading", "numbered", "paragraph", "placed", "saved", "shape", "texts"]
