"""Word documents: text in every corner of them is read, once; what is dangerous or broken is refused."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from agreement.reading.blocks import Unreadable
from agreement.reading.documents import read
from tests.agreement.documents import saved, texts

W = nsdecls("w")
BOX = f"""
<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"><w:r>
<w:t>Före rutan.</w:t>
<mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>I rutan.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>I rutan.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""
CHANGES = f"""
<w:p {W}><w:ins><w:r><w:t>Tillagt. </w:t></w:r></w:ins><w:del><w:r><w:delText>Struket. </w:delText></w:r></w:del>
<w:moveFrom><w:r><w:t>Flyttat. </w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Flyttat. </w:t></w:r></w:moveTo>
<w:sdt><w:sdtContent><w:r><w:t>I en ruta att fylla i.</w:t></w:r></w:sdtContent></w:sdt>
<w:r><w:br/><w:t>Ny</w:t><w:tab/><w:t>rad.</w:t></w:r></w:p>"""
FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Noten.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Noten som inget pekar på.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def of(build: Callable[[Any], object]) -> list[tuple[str, str]]:
    document = docx.Document()
    build(document)
    return texts(read("a.docx", saved(document)))


def body(document: Any, xml: str) -> None:
    document.element.body.insert(0, parse_xml(xml))


def test_headings_are_told_by_style_outline_or_bold_type() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Överenskommelsen", style="Title")
        outlined = document.add_paragraph("Om dialogen")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        outlined.paragraph_format.element.get_or_add_pPr().append(level)
        document.add_paragraph().add_run("Fet rubrik").bold = True
        document.add_paragraph().add_run("En fet mening är ändå en rubrik om den är kort").bold = True
        half = document.add_paragraph("Halvfet ")
        half.add_run("text.").bold = True

    assert of(build) == [
        ("heading", "Överenskommelsen"),
        ("heading", "Om dialogen"),
        ("heading", "Fet rubrik"),
        ("heading", "En fet mening är ändå en rubrik om den är kort"),
        ("paragraph", "Halvfet text."),
    ]


def test_a_contents_list_is_no_headings() -> None:
    def build(document: Any) -> None:
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("Vision\t3", style=style)
        document.add_heading("Vision", 1)

    assert of(build) == [("paragraph", "Vision 3"), ("heading", "Vision")]


def test_tables_are_read_row_by_row_also_within_each_other() -> None:
    def build(document: Any) -> None:
        table = document.add_table(2, 2)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"Ruta {number}."
        merged = document.add_table(1, 3)
        merged.cell(0, 0).merge(merged.cell(0, 1)).text = "Två i en."
        long = document.add_table(1, 2)
        long.cell(0, 0).text = "Ett."
        long.cell(0, 0).add_paragraph("Två.")
        long.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Inuti."

    assert [text for _kind, text in of(build)] == ["Ruta 0. | Ruta 1.", "Ruta 2. | Ruta 3.", "Två i en.", "Ett.", "Två.", "Inuti."]


def test_text_boxes_are_read_once() -> None:
    assert of(lambda document: body(document, BOX)) == [("paragraph", "Före rutan."), ("paragraph", "I rutan.")]


def test_changes_are_read_as_they_stand_now() -> None:
    assert of(lambda document: body(document, CHANGES)) == [("paragraph", "Tillagt. Flyttat. I en ruta att fylla i. Ny rad.")]


def test_links_tell_where_they_lead() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Läs ")
        rel = document.part.relate_to("https://example.org/r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True)
        paragraph._p.append(parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{rel}"><w:r><w:t>rapporten</w:t></w:r></w:hyperlink>'))

    assert of(build) == [("paragraph", "Läs rapporten (https://example.org/r)")]


def test_headers_and_footers_come_last_and_page_numbers_not_at_all() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Texten.")
        document.sections[0].header.paragraphs[0].text = "Göteborgs Stad"
        document.sections[0].footer.paragraphs[0].text = "3 (12)"

    assert of(build) == [("paragraph", "Texten."), ("paragraph", "Göteborgs Stad")]


def repacked(data: bytes, changes: dict[str, str | bytes]) -> bytes:
    """The document with files in it changed or added."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return stream.getvalue()


def parts(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return packed.read(name).decode()


def test_footnotes_stand_after_the_paragraph_that_refers_to_them() -> None:
    document = docx.Document()
    body(document, f'<w:p {W}><w:r><w:t>Med not.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>')
    document.add_paragraph("Sedan.")
    data = saved(document)
    types = parts(data, "[Content_Types].xml").replace(
        "</Types>",
        '<Override PartName="/word/footnotes.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = parts(data, "word/_rels/document.xml.rels").replace(
        "</Relationships>", f'<Relationship Id="rIdNot" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    changes: dict[str, str | bytes] = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": rels, "word/footnotes.xml": FOOTNOTES}
    found = texts(read("a.docx", repacked(data, changes)))
    assert [text for _kind, text in found] == ["Med not.", "Noten.", "Sedan.", "Noten som inget pekar på."]


def test_words_own_numbers_are_counted() -> None:
    def build(document: Any) -> None:
        for text in ("Första.", "Andra.", "Tredje."):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("En punkt.", style="List Bullet")

    assert [text for _kind, text in of(build)] == ["1. Första.", "2. Andra.", "3. Tredje.", "En punkt."]


SOUND = saved(docx.Document())
ENTITY = f'<!DOCTYPE x [<!ENTITY a "ha">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "låst med lösenord"),
        (b"PK\x03\x04 trasig", "skadad"),
        (SOUND[: len(SOUND) // 2], "skadad"),
        (b"ren text", "skadad"),
        (repacked(SOUND, {"word/vbaProject.bin": b"makro"}), "makron"),
        (repacked(SOUND, {"word/media/bild.bin": b"\0" * (61 * 1024 * 1024)}), "för stort"),
        (repacked(SOUND, {"word/document.xml": "<w:document"}), "skadat"),
        (repacked(SOUND, {"[Content_Types].xml": "<Types/>"}), "skadat"),
        (repacked(SOUND, {"word/document.xml": ENTITY}), "ingen text"),
        (
            repacked(SOUND, {"word/document.xml": f'<w:document {nsdecls("w", "r")}><w:body><w:altChunk r:id="x"/></w:body></w:document>'}),
            "inbäddade",
        ),
        (SOUND, "ingen text"),
    ],
)
def test_what_is_locked_broken_or_dangerous_is_told_in_words(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read("a.docx", data)


@pytest.mark.parametrize("cut", range(0, len(SOUND), len(SOUND) // 60))
def test_a_document_damaged_anywhere_is_refused_or_read(cut: int) -> None:
    data = SOUND[:cut] + bytes(byte ^ 0x5A for byte in SOUND[cut : cut + 9]) + SOUND[cut + 9 :]
    with pytest.raises(Unreadable):
        read("a.docx", data)
