"""A decision paper as a Word document that everybody can read and change: real headings and lists, a title and a language."""

import re
from datetime import UTC, datetime, time
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.conf import settings
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from council.models import Proposal
from council.pdf.papers import DecisionPaper, Section
from idekom.lib.markdown import to_html
from idekom.lib.text import cleaned

NO_XML = re.compile("[\ufffe\uffff]")
BULLETS, NUMBERS, BODY = "List Bullet", "List Number", "Normal"
INK = RGBColor(0x1B, 0x1F, 0x24)


def word(paper: DecisionPaper, proposal: Proposal) -> bytes:
    """The file."""
    document = Document()
    _set_up(document, paper, proposal)
    document.add_paragraph(_plain(paper.kind)).runs[0].bold = True
    document.add_heading(_plain(paper.title), level=1)
    for name, value in paper.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(_plain(value))
    for section in paper.sections:
        _write(document, section)
    document.add_heading("Beslutet", level=2)
    for label in paper.lines:
        document.add_paragraph(f"{label}: ________________________________")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, paper: DecisionPaper, proposal: Proposal) -> None:
    """What programs and screen readers go by: title, language, and styles in ink."""
    about = document.core_properties
    about.title, about.author, about.language = _plain(f"{paper.kind}: {paper.title}")[:255], settings.PORTAL["name"], "sv-SE"
    about.subject, about.keywords, about.comments = "Underlag om ett förslag som inte binder någon", "förslag", ""
    day = proposal.decided_on
    about.created = about.modified = datetime.combine(day, time(12), tzinfo=UTC) if day else datetime(2010, 3, 5, 12, tzinfo=UTC)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.find(qn("w:lang")).set(qn("w:val"), "sv-SE")
    for name, size in {BODY: 11, "Heading 1": 20, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11}.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)


def _write(document: Any, section: Section) -> None:
    document.add_heading(_plain(section.heading), level=2)
    for paragraph in section.paragraphs:
        document.add_paragraph(_plain(paragraph))
    for item in section.items:
        document.add_paragraph(_plain(item), style=NUMBERS if section.is_numbered else BULLETS)
    if section.text:
        writer = _Writer(document)
        writer.feed(to_html(section.text, under=2))
        writer.close()


class _Writer(HTMLParser):
    """Writes cleaned HTML into a document, block by block."""

    def __init__(self, document: Any) -> None:
        super().__init__(convert_charrefs=True)
        self.document = document
        self.lists: list[str] = []
        self.block: Any = None
        self.is_bold = self.is_italic = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append(BULLETS if tag == "ul" else NUMBERS)
        elif tag in {"h2", "h3", "h4"}:
            self.block = self.document.add_heading("", level=int(tag[1]))
        elif tag == "li" or (tag in {"p", "tr", "blockquote"} and (self.block is None or not self.lists)):
            self.block = self.document.add_paragraph(style=self.lists[-1] if self.lists else BODY)
        elif tag in {"td", "th"} and self.block is not None and self.block.runs:
            self.block.add_run("; ")
        elif tag == "br" and self.block is not None:
            self.block.add_run().add_break()
        self._turn(tag, on=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag in {"p", "li", "h2", "h3", "h4", "tr", "ul", "ol"} and not (tag == "p" and self.lists):
            self.block = None
        self._turn(tag, on=False)

    def handle_data(self, data: str) -> None:
        text = " ".join(_plain(data).split(" ")).replace("\n", " ")
        if not text.strip() and self.block is None:
            return
        self.block = self.block if self.block is not None else self.document.add_paragraph()
        run = self.block.add_run(text)
        run.bold, run.italic = self.is_bold or None, self.is_italic or None

    def _turn(self, tag: str, *, on: bool) -> None:
        if tag == "strong":
            self.is_bold = on
        if tag == "em":
            self.is_italic = on


def _plain(text: str) -> str:
    """What can stand in a Word document."""
    return NO_XML.sub("\ufffd", cleaned(text))
