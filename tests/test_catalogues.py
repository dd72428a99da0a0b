"""The English catalogue is complete, compiled, and knows every Swedish string of the code and the templates."""

import io
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
APPS = ["idekom", "agreement", "council", "affiliation", "followup"]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "_": None,
    "gettext_noop": None,
}


def source_strings() -> Iterator[str]:
    """Every string that is marked for translation."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield from _strings(path.read_bytes())
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt"}:
            # templatize leaves only the marked strings, in the form of Python calls; a line at a time they are valid Python
            for line in templatize(path.read_text()).splitlines():
                yield from _strings(line.strip().encode())


def _strings(code: bytes) -> Iterator[str]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(code), keywords=KEYWORDS):
        yield message[0] if isinstance(message, tuple) else message


def test_catalogue_is_complete() -> None:
    entries = [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]
    assert len(entries) > 300
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


def test_compiled_catalogue_is_the_written_one() -> None:
    written = {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    compiled = {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == written


def test_catalogue_knows_every_string() -> None:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    found = set(source_strings())
    assert len(found) > 300
    assert sorted(found - known) == []
