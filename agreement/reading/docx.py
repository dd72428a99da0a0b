"""Word documents (.docx): the running text with its tables, text boxes and notes, then what stands outside it."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from agreement.reading.blocks import Block, Kind, Unreadable, one_line
from agreement.reading.numbering import Numbering

UNPACKED = 60 * 1024 * 1024
FILES = 3_000
LOCKED = b"\xd0\xcf\x11\xe0"
DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DRAWING_LINE = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
GONE = {qn("w:del"), qn("w:moveFrom"), FALLBACK, qn("w:instrText"), qn("w:delText"), qn("w:pPr"), qn("w:rPr")}
"""What is deleted, moved away, said twice, or no text."""
SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
BOX, NOTE_MARKS = qn("w:txbxContent"), {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


def read(data: bytes) -> list[Block]:
    """The blocks of a Word document; raises Unreadable."""
    check(data)
    document = docx.Document(BytesIO(data))
    if next(document.element.body.iter(qn("w:altChunk")), None) is not None:
        raise Unreadable(_("Dokumentet har andra dokument inbäddade i sig. Klistra in deras text i stället och spara om det."))
    return list(_Reading(document).blocks())


def check(data: bytes) -> None:
    """Refuse what is locked, damaged, packed to do harm, or holds programs."""
    if data.startswith(LOCKED):
        raise Unreadable(_("Dokumentet är låst med lösenord, eller sparat i det gamla formatet .doc. Spara det som .docx utan lösenord."))
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(_("Filen är skadad eller är inget Word-dokument. Öppna den i Word och spara den på nytt som .docx.")) from None
    if len(files) > FILES or sum(one.file_size for one in files) > UNPACKED:
        raise Unreadable(_("Dokumentet är för stort när det packas upp. Ta bort bilderna och försök igen."))
    if any(one.filename.lower().endswith("vbaproject.bin") for one in files):
        raise Unreadable(_("Dokumentet innehåller makron. Spara det som ett vanligt Word-dokument (.docx) och försök igen."))


class _Reading:
    """One document while it is read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.styles = {style.style_id: style for style in document.styles}
        self.notes = {kind: self._notes(kind) for kind in NOTE_MARKS.values()}

    def blocks(self) -> Iterator[Block]:
        """Everything, the running text first."""
        yield from self._inside(self.document.element.body)
        for kind in self.notes:  # notes that nothing refers to
            for note in list(self.notes[kind]):
                yield from self._note(kind, note)
        yield from self._diagrams()
        yield from self._margins()

    def _inside(self, element: Any) -> Iterator[Block]:
        for child in element:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tr"):
                yield from self._row(child)
            elif child.tag not in GONE and isinstance(child.tag, str):
                yield from self._inside(child)

    def _row(self, row: Any) -> Iterator[Block]:
        cells = [list(self._inside(cell)) for cell in row.iter(qn("w:tc")) if _holder(cell, row)]
        filled = [[block for block in cell if one_line(block.text)] for cell in cells]
        if all(len(cell) <= 1 for cell in filled):
            yield Block(Kind.PARAGRAPH, " | ".join(cell[0].text for cell in filled if cell))
        else:
            for cell in filled:
                yield from cell

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        pieces: list[str] = []
        boxes: list[Any] = []
        notes: list[tuple[str, str]] = []
        self._words(paragraph, pieces, boxes, notes)
        text = "".join(pieces)
        style = self._style(paragraph)
        level, is_contents = self._level(paragraph, style), style is not None and style.name.lower().startswith(("toc", "innehåll"))
        marker = self.numbering.marker(paragraph, style)
        if not one_line(text):
            pass
        elif level is not None and not is_contents:
            yield Block(Kind.HEADING, (marker.text if marker else "") + text, level)
        elif marker is not None:
            yield Block(Kind.ITEM, marker.text + text, marker.depth)
        elif not is_contents and len(one_line(text)) <= 100 and self._is_all_bold(paragraph, style):
            yield Block(Kind.HEADING, text)
        else:
            yield Block(Kind.PARAGRAPH, text)
        for box in boxes:
            yield from self._inside(box)
        for kind, note in notes:
            yield from self._note(kind, note)

    def _words(self, element: Any, pieces: list[str], boxes: list[Any], notes: list[tuple[str, str]]) -> None:
        for child in element:
            tag = child.tag
            if tag in GONE or not isinstance(tag, str):
                continue
            if tag in {qn("w:t"), MATH}:
                pieces.append(child.text or "")
            elif tag in SPACES:
                pieces.append(" ")
            elif tag == qn("w:noBreakHyphen"):
                pieces.append("-")
            elif tag == BOX:
                boxes.append(child)
            elif tag in NOTE_MARKS:
                notes.append((NOTE_MARKS[tag], child.get(qn("w:id"), "")))
            else:
                self._words(child, pieces, boxes, notes)
                self._address(child, pieces)

    def _address(self, element: Any, pieces: list[str]) -> None:
        """Where a link leads, when its words do not say it."""
        if element.tag == qn("w:hyperlink") and (link := self.document.part.rels.get(element.get(qn("r:id"), ""))) and link.is_external:
            said = "".join(text.text or "" for text in element.iter(qn("w:t")))
            if link.target_ref.removeprefix("mailto:") != said:
                pieces.append(f" ({link.target_ref})")

    def _style(self, paragraph: Any) -> Any:
        name = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(name.get(qn("w:val"))) if name is not None else None

    def _level(self, paragraph: Any, style: Any) -> int | None:
        """The level of a heading, by its style or its place in the outline; None of what is none."""
        for properties in (paragraph.find(qn("w:pPr")), *(one.element.find(qn("w:pPr")) for one in chain(style))):
            outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
            if outline is not None:
                return level + 1 if (level := int(outline.get(qn("w:val"), "9"))) < 9 else None
        for one in chain(style):
            name = one.name.lower()
            if name in {"title", "rubrik"}:
                return 1
            kind, _space, number = name.partition(" ")
            if kind in {"heading", "rubrik"} and number.isdigit():
                return int(number)
        return None

    def _is_all_bold(self, paragraph: Any, style: Any) -> bool:
        base = any(one.font.bold for one in chain(style))
        runs = [run for run in paragraph.iter(qn("w:r")) if any((text.text or "").strip() for text in run.iter(qn("w:t")))]
        return bool(runs) and all(_is_bold(run, base) for run in runs)

    def _notes(self, kind: str) -> dict[str, Any]:
        found = {}
        for link in self.document.part.rels.values():
            if link.reltype.endswith(f"/{kind}") and not link.is_external:
                for note in parse_xml(link.target_part.blob):
                    if note.get(qn("w:type"), "normal") == "normal":
                        found[note.get(qn("w:id"), "")] = note
        return found

    def _note(self, kind: str, number: str) -> Iterator[Block]:
        note = self.notes[kind].pop(number, None)
        if note is not None:
            yield from self._inside(note)

    def _diagrams(self) -> Iterator[Block]:
        for part in self.document.part.package.iter_parts():
            if "diagramData" in part.content_type:
                for line in parse_xml(part.blob).iter(DRAWING_LINE):
                    yield Block(Kind.PARAGRAPH, "".join(text.text or "" for text in line.iter(DRAWING_TEXT)))

    def _margins(self) -> Iterator[Block]:
        """Page headers and footers, each once; a page number is no text."""
        told: set[str] = set()
        for link in self.document.part.rels.values():
            if link.is_external or not link.reltype.endswith(("/header", "/footer")):
                continue
            for block in self._inside(parse_xml(link.target_part.blob)):
                if any(letter.isalpha() for letter in block.text) and block.text not in told:
                    told.add(block.text)
                    yield Block(Kind.PARAGRAPH, block.text, is_aside=True)


def chain(style: Any) -> Iterator[Any]:
    """A style, and those that it builds on."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = style.base_style if hasattr(style, "base_style") else None


def _holder(cell: Any, row: Any) -> bool:
    """Whether the cell is the row's own, and not one of a table within it."""
    return next(cell.iterancestors(qn("w:tr")), None) is row


def _is_bold(run: Any, base: bool) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return base if mark is None else mark.get(qn("w:val"), "1") not in {"0", "false", "off"}
