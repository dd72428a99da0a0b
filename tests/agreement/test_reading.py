"""A document becomes blocks: the same ones whatever kind of document it is, and every word of it once."""

import pytest

from agreement.reading.blocks import Unreadable
from agreement.reading.documents import read
from tests.agreement.documents import KINDS, blocks, dot, heading, numbered, paragraph, texts

TEXT = [
    heading(1, "Överenskommelsen Göteborg"),
    paragraph("En inledande mening."),
    heading(2, "Mål"),
    paragraph("Parterna vill mer. De vill det tillsammans."),
    numbered(1, "Det första målet."),
    numbered(2, "Det andra målet."),
    heading(2, "Principer"),
    heading(3, "Principen om dialog"),
    paragraph("Dialogen är öppen."),
    dot("den återkommer"),
    dot("den är ärlig"),
    paragraph("(Principen om kvalitet)"),
]
READ = [
    ("heading", "Överenskommelsen Göteborg"),
    ("paragraph", "En inledande mening."),
    ("heading", "Mål"),
    ("paragraph", "Parterna vill mer. De vill det tillsammans."),
    ("item", "1. Det första målet."),
    ("item", "2. Det andra målet."),
    ("heading", "Principer"),
    ("heading", "Principen om dialog"),
    ("paragraph", "Dialogen är öppen."),
    ("item", "den återkommer"),
    ("item", "den är ärlig"),
    ("paragraph", "(Principen om kvalitet)"),
]


@pytest.mark.parametrize("name", KINDS)
def test_the_same_text_is_read_alike_from_every_kind_of_document(name: str) -> None:
    found = blocks(name, TEXT)
    assert texts(found) == READ
    assert [block.level for block in found if block.kind == "heading"] == [1, 2, 2, 3]


@pytest.mark.parametrize("name", KINDS)
def test_headings_are_told_by_their_words_alone(name: str) -> None:
    """Nobody used a style: the headings are ordinary paragraphs."""
    pieces = [paragraph(text) for text in ("Vision", "En stad för alla.", "Åtagande 3: Förstärkt samspel", "Vi samråder.", "5.1 Dialogforum", "Ja.")]
    assert [kind for kind, _text in texts(blocks(name, pieces))] == ["heading", "paragraph"] * 3


@pytest.mark.parametrize("name", KINDS)
def test_a_numbered_line_alone_is_a_heading_and_several_are_a_list(name: str) -> None:
    alone = [
        numbered(1, "Kunskap i staden"),
        paragraph("Staden lär sig."),
        paragraph("Mer."),
        numbered(2, "Kunskap hos oss"),
        paragraph("Vi lär oss."),
    ]
    assert [kind for kind, _text in texts(blocks(name, alone))] == ["heading", "paragraph", "paragraph", "heading", "paragraph"]
    several = [numbered(1, "Kunskap"), numbered(2, "Samspel"), paragraph("Slut.")]
    assert texts(blocks(name, several)) == [("item", "1. Kunskap"), ("item", "2. Samspel"), ("paragraph", "Slut.")]


def test_plain_text_tells_headings_by_underlines_capitals_numbers_and_short_lines() -> None:
    text = "BAKGRUND\nParterna möttes.\nDe talade.\n\nVision\n======\nEn stad.\n\n7. Åtaganden\n\nVi gör mycket."
    assert texts(read("a.txt", f"{text}\n\nKort rad\n\nEn lång mening som slutar.\n".encode())) == [
        ("heading", "BAKGRUND"),
        ("paragraph", "Parterna möttes. De talade."),
        ("heading", "Vision"),
        ("paragraph", "En stad."),
        ("heading", "7. Åtaganden"),
        ("paragraph", "Vi gör mycket."),
        ("heading", "Kort rad"),
        ("paragraph", "En lång mening som slutar."),
    ]


def test_items_over_several_lines_and_in_lists_within_lists_keep_their_words() -> None:
    text = "- ett\n  fortsätter\n  - inuti\n- två\n\n  Stycke i punkten.\n\n1) först\n2) sedan\n"
    expected = [
        ("item", "ett fortsätter"),
        ("item", "inuti"),
        ("item", "två"),
        ("paragraph", "Stycke i punkten."),
        ("item", "1) först"),
        ("item", "2) sedan"),
    ]
    assert texts(read("a.md", text.encode())) == expected
    assert texts(read("a.txt", text.encode())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Läs [rapporten](https://example.org/r "Hela rapporten").', "Läs rapporten (https://example.org/r, Hela rapporten)."),
        ("Skriv till <https://example.org>.", "Skriv till https://example.org."),
        ("[not]: Göteborg", "[not]: Göteborg"),
        ("```text\nkod som är text\n```", "text kod som är text"),
        ("    indraget fyra steg", "indraget fyra steg"),
        ("<!-- dolt -->synligt<br>mer", "<!-- dolt -->synligt mer"),
        ("> > citat i citat", "citat i citat"),
        ("**fet** och *kursiv* och \\*stjärna\\* & &aring;", "fet och kursiv och *stjärna* & å"),
        ('![Karta över staden](k.png "Från 2012")', "Karta över staden (Från 2012)"),
        ("färre än <5 procent", "färre än <5 procent"),
    ],
)
def test_markdown_hides_no_words(text: str, expected: str) -> None:
    assert [block.text for block in read("a.md", f"Först.\n\n{text}\n".encode())] == ["Först.", expected]


def test_markdown_tables_keep_every_cell_also_those_too_many() -> None:
    text = "| A | B |\n|---|:-:|\n| ett | två | tre |\n| \\| fyra | **fem** |\n"
    assert [block.text for block in read("a.md", text.encode())] == ["A | B", "ett | två | tre", "| fyra | fem"]


def test_deep_nesting_is_refused_and_not_left_out() -> None:
    kept = read("a.md", (">" * 60 + " djupt").encode())
    assert [block.text for block in kept] == ["djupt"]
    with pytest.raises(Unreadable, match="inuti varandra"):
        read("a.md", (">" * 5_000 + " för djupt").encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_letters_of_every_usual_encoding_are_read(encoding: str) -> None:
    assert [block.text for block in read("a.txt", "Vi är på väg – ”så här”.".encode(encoding))] == ["Vi är på väg – ”så här”."]


def test_invisible_marks_and_odd_spaces_are_taken_away() -> None:
    data = "\ufeffEn\u00a0mening\u200b med\u00ad\tmånga\x00 \x07tecken.\r\n\r\nEn   till.\u2028\u2028Och en.".encode()
    assert [block.text for block in read("a.txt", data)] == ["En mening med många tecken.", "En till.", "Och en."]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.pdf", b"%PDF-1.7", "Markdown"),
        ("a", b"text", "Markdown"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "Markdown"),
        ("a.txt", b"", "ingen text"),
        ("a.md", b"   \n\n \xef\xbb\xbf", "ingen text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "bokstäver"),
        ("a.txt", b"\xff\xfe\x00\xd8", "bokstäver"),
        ("a.txt", b"a" * (5 * 1024 * 1024 + 1), "5 MB"),
        ("a.txt", b"a " * 1_100_000, "för lång"),
        ("a.md", b"*a " * 50_000, "tomma rader"),
        ("a.txt", b"a.\n\n" * 2_001, "för långt"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(name: str, data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(name, data)
