"""PDF files: conforming, reproducible, closed to everything that was not handed in."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from weasyprint import HTML

from idekom.lib import pdf
from tests import payloads, pdf_rules

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
IDENTIFIER = "ab" * 16
_watched: list[tuple[str, list[str]]] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        for name, opened in _watched:
            if name in str(args[0]):
                opened.append(str(args[0]))


sys.addaudithook(_hook)  # cannot be taken away again, so it looks at a list


@contextmanager
def watched(name: str) -> Iterator[list[str]]:
    """The files with this name in their path that the process opens meanwhile."""
    opened: list[str] = []
    _watched.append((name, opened))
    try:
        yield opened
    finally:
        _watched.remove((name, opened))


def page(body: str, lang: str = "sv") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Prov</title><style>{pdf.font_css()}</style></head><body><h1>Prov</h1>{body}</body></html>'
    )


def made(body: str, **options: object) -> bytes:
    return pdf.render(page(body), identifier=IDENTIFIER, moment=MOMENT, **options)  # type: ignore[arg-type]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that nobody may open."""
    path = tmp_path / "canary-7f3a.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="x" width="9" height="9"/></svg>')
    return path


def test_a_file_conforms_to_both_standards(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    data = [pdf.DataFile("a.csv", "å;b\n".encode(), "Data")]
    picture = '<svg width="9" height="9"><title>Bild</title><rect width="9" height="9"/></svg>'
    body = f'<h2 id="x">Åäö</h2><p>Text <a href="#x">länk</a></p><ul><li>punkt</li></ul>{picture}'
    file.write_bytes(made(body, attachments=data))
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}
    assert pypdf.PdfReader(file).attachments["a.csv"] == ["å;b\n".encode()]


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(
        made(
            "<h4>Hoppar över</h4><img alt='' src='app:x.svg'>",
            assets={"app:x.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "image/svg+xml")},
        )
    )
    assert any(rule.startswith("7.4.2") for rule in pdf_rules.broken(file, "ua1"))


def test_the_same_input_gives_the_same_bytes() -> None:
    data = [pdf.DataFile("a.json", b"{}", "Data")]
    first, second = made("<p>Text</p>", attachments=data), made("<p>Text</p>", attachments=data)
    assert first == second
    assert first != made("<p>Annan text</p>", attachments=data)
    assert re.search(rb"/ID \[\((\w{32})\) \((\w{32})\)\]", first).groups() == (IDENTIFIER.encode(), IDENTIFIER.encode())  # type: ignore[union-attr]


def test_an_asset_is_used_and_the_rest_refused() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert made('<img alt="x" src="app:a.svg">', assets={"app:a.svg": (svg, "image/svg+xml")}).startswith(b"%PDF-1.7")
    with pytest.raises(pdf.Refused, match=re.escape("app:b.svg")):
        made('<img alt="x" src="app:b.svg">', assets={"app:a.svg": (svg, "image/svg+xml")})


@pytest.mark.parametrize("kind", payloads.KINDS)
def test_markup_that_opens_files_opens_none(kind: str, canary: Path) -> None:
    body = payloads.typed(kind, canary.as_uri())
    with watched(canary.name) as opened:
        try:
            attachments = pypdf.PdfReader(BytesIO(made(body))).attachments
        except pdf.Refused:
            attachments = {}
    assert opened == []
    assert attachments == {}


def test_the_same_markup_does_open_files_without_the_guard(canary: Path) -> None:
    """The control: WeasyPrint by itself opens the file for most of the kinds."""
    opening = 0
    for kind in payloads.KINDS:
        with watched(canary.name) as opened:
            try:
                HTML(string=page(payloads.typed(kind, canary.as_uri()))).write_pdf()
            except Exception:
                opened.append("failed on what it had opened")
        opening += bool(opened)
    assert opening >= 12


def test_a_character_without_a_glyph_is_shown_as_missing(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    text = "漢字 😀 ŋ Ελλάδα Русский مرحبا Việt \u202ex\u202c"
    assert pdf.printable(text) == f"{pdf.MISSING * 2} {pdf.MISSING} ŋ Ελλάδα Русский مرحبا Việt x"
    file.write_bytes(made(f"<p>{text}</p><p><b>{text}</b></p>"))
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


@pytest.mark.parametrize("kind", payloads.NASTY)
def test_any_text_gives_a_conforming_file(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    text = payloads.NASTY[kind].replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "").replace("\x1b", "").replace("\x07", "")
    file.write_bytes(made(f"<p>{text}</p><p><b>{text}</b></p>"))
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}
