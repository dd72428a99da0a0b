"""The papers that parties decide on, and the proposal itself: right words for each side, and files that everybody can read."""

import itertools
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from agreement.models import Party
from council.models import Binding, PartyDecision
from council.pdf.papers import DecisionPaper
from council.pdf.proposals import paper_file, proposal_file
from council.pdf.word import word
from idekom.lib.dated import today
from tests import builders, pdf_rules
from tests.council.proposing import addressed, adopted, says

pytestmark = pytest.mark.django_db
TEXT = """Parterna föreslås **öppna** sina lokaler:

# Hur

- på kvällar
- på [helger **också**](https://example.org)

1. först

   sedan

| dag | tid |
|---|---|
| lördag | 10 |
"""
STRANGE = {"endless": "x" * 5_000, "tags": "<img src=x> <script>alert(1)</script> &amp;", "signs": "\ufffe\u0b95☃ \x0b å"}


def row(kind: str = "organisation", **fields: Any) -> PartyDecision:
    """A party with a proposal before it."""
    one = adopted(**{"aim": "Alla får plats.", "text": TEXT, **fields})
    return addressed(builders.party("Föreningen Ljus", kind=kind), of=one)[0]


def read(content: bytes) -> Any:
    return Document(BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "title", "decides"),
    [("organisation", "Underlag för styrelsebeslut", "Styrelsen beslutar"), ("city_body", "Tjänsteskrivelse", "Nämnden beslutar")],
)
def test_a_paper_has_the_words_of_its_side(kind: str, title: str, decides: str) -> None:
    one = row(kind)
    document = read(word(DecisionPaper.of(one.proposal, one.party), one.proposal))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == title
    assert decides in lines
    assert any(line.startswith("Till: Föreningen Ljus") for line in lines)
    assert any("12 mars 2026" in line for line in lines)
    assert {"Alla får plats.", "Parterna föreslås öppna sina lokaler:", "på kvällar", "på helger också"} <= set(lines)
    assert any(line.startswith("Paragraf (§)") for line in lines)
    assert any("fritidscheferna i Angered" in line for line in lines)
    assert "mellan" not in lines


def test_a_word_file_has_title_language_headings_and_lists() -> None:
    one = row()
    document = read(word(DecisionPaper.of(one.proposal, one.party), one.proposal))
    about = document.core_properties
    assert (about.language, "Gemensamma mötesplatser" in about.title) == ("sv-SE", True)
    levels = [int(one.style.name[-1]) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert (styles["på kvällar"], styles["Hur"]) == ("List Bullet", "Heading 3")
    bold = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Parterna föreslås"))
    assert [run.text for run in bold.runs if run.bold] == ["öppna"]


@pytest.mark.parametrize("text", [TEXT, *STRANGE.values()], ids=["plain", *STRANGE])
def test_the_files_conform_whatever_is_written(text: str, tmp_path: Path) -> None:
    one = row(text=text, aim=text[:300])
    says(one, "changed", change="Bara på vardagar.")
    paper = DecisionPaper.of(one.proposal, one.party)
    assert read(word(paper, one.proposal)).paragraphs
    files = [paper_file(paper, one.proposal, today()), proposal_file(one.proposal, Binding.on(one.proposal, today()))]
    for number, content in enumerate(files):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(content)
        assert [pdf_rules.broken(file, standard) for standard in ("ua1", "3a")] == [{}, {}]


def test_the_proposal_on_paper_is_marked_as_one_and_says_whom_it_binds() -> None:
    one = row()
    says(one)
    content = proposal_file(one.proposal, Binding.on(one.proposal, today()))
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "FÖRSLAG" in text
    assert "Föreningen Ljus, från den" in text
    assert content == proposal_file(one.proposal, Binding.on(one.proposal, today()))


def test_everybody_fetches_the_papers(client: Client) -> None:
    one = row()
    base = f"{one.proposal.get_absolute_url()}underlag/"
    assert f"{base}{one.party.slug}.docx" in client.get(base).text
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF-")):
        answer = client.get(f"{base}{one.party.slug}.{ending}")
        assert answer.content.startswith(start)
        assert f"underlag-gemensamma-motesplatser-{one.party.slug}.{ending}" in answer["Content-Disposition"]
    other: Party = builders.party()
    assert client.get(f"{base}{other.slug}.pdf").status_code == 404
