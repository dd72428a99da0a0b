"""A report that nobody would write, put past the form: it ends in a good book or in an error that says whose it is, soon."""

import time
import unicodedata
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from followup import compile as compiling
from followup import sections, typesetter
from followup.models import Answer, Compilation
from idekom.lib import pdf
from idekom.users.models import User
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_BLOCK = " ".join(chr(code) for code in range(0x21, 0x110000, 0x80) if unicodedata.category(chr(code)) not in {"Cs", "Cc"})
LONG_WORD = "å" * 1_000_000


def compiled(year: Year, secretary: User, text: str) -> Compilation:
    """The book of a year in which somebody has written this."""
    report = year.fill(year.report, example="Ett exempel.")
    Answer.objects.filter(report=report, question__key="done").update(words=text)
    Answer.objects.filter(report=report, question__key="example").update(words=text[:5000])
    report.submit(by=year.person)
    compilation = Compilation.request(year.round, by=secretary)
    compiling.compile_book(compilation)
    compilation.refresh_from_db()
    return compilation


STRANGE = {
    "every block": EVERY_BLOCK,
    "one word": "å" * 20_000,
    "tags": "<div>" * 2000,
    "lists": "- " * 3000,
    "entities": "&amp;" * 2000,
    "accents": "a" + "\u0301" * 3000,
    "directions": "\u202e\u2067" * 3000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_what_nobody_would_write_is_in_the_book(text: str, year: Year, secretary: User) -> None:
    compilation = compiled(year, secretary, text)
    assert (compilation.status, compilation.error) == ("published", "")
    pages = PdfReader(BytesIO(compilation.file.read_bytes())).pages
    assert "Föreningen Ljuset" in " ".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("text", ["rad\n" * 250_000, "[" * 10_000 + "]" * 10_000], ids=["a megabyte", "brackets"])
def test_a_section_that_takes_too_long_is_named_and_ends_the_job(text: str, year: Year, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "LONGEST", 15)
    compilation = compiled(year, secretary, text)
    assert (compilation.status, compilation.attempts) == ("failed", 1)
    assert compilation.error == "Avsnittet ”Föreningen Ljuset” tar för lång tid att sätta. Troligen är en text i det alltför lång."
    assert compilation.events.get(action="fail").note == compilation.error
    assert Compilation.request(year.round, by=secretary).revision == 2


@pytest.mark.parametrize("few", [0, 100], ids=["in a copy", "here"])
def test_a_section_that_cannot_be_set_is_named(few: int, year: Year, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real = typesetter.typeset

    def typeset(page: str, **where: Any) -> None:
        if "<title>Föreningen Ljuset</title>" in page:
            raise ValueError("en trasig bokstav")
        real(page, **where)

    monkeypatch.setattr(typesetter, "typeset", typeset)
    monkeypatch.setattr(sections, "FEW", few)
    compilation = compiled(year, secretary, "Vi möttes.")
    assert (compilation.status, compilation.error) == ("running", "Avsnittet ”Föreningen Ljuset” går inte att sätta.")


def test_endless_words_get_places_to_break() -> None:
    told = pdf.breakable(f'<p title="{"x" * 200}">{"å" * 100} kort {"f" * 64} {"&lt;" * 100}</p>')
    assert told.count("\u00ad") == 6
    assert f'title="{"x" * 200}"' in told
    assert f" {'f' * 64} " in told
    assert told.replace("\u00ad", "") == f'<p title="{"x" * 200}">{"å" * 100} kort {"f" * 64} {"&lt;" * 100}</p>'
    assert all(len(piece) <= 30 for piece in told.partition(">")[2].split(" kort ")[0].split("\u00ad"))


def test_a_million_letters_are_looked_through_at_once() -> None:
    began = time.monotonic()
    pdf.breakable(f"<p>{LONG_WORD}</p>")
    pdf.breakable(f"<p>{LONG_WORD}")
    assert time.monotonic() - began < 5
