"""The book: conforming, complete, walkable, and the same bytes each time."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from followup import book
from followup.datafiles import as_csv, as_json
from followup.figures import Figures
from followup.models import Progress
from tests import pdf_rules
from tests.followup.test_bad_input import squeezed

COMMITMENTS = [(1, "Kunskap", "city"), (2, "Samverkan", "sector"), (3, "Samspel", "both"), (4, "Mångfald", "each")]


def answer(number: int, progress: str = "started", **texts: str) -> dict[str, Any]:
    return {"commitment": number, "progress": progress, "done": "", "example": "", "plan": "", **texts}


def party(name: str, side: str, answers: list[dict[str, Any]] | None) -> dict[str, Any]:
    is_in = answers is not None
    return {
        "slug": name.lower(),
        "name": name,
        "side": side,
        "kind": "enskild organisation",
        "legal_form": "ideell förening",
        "sector": "Kultur",
        "submitted_at": "2026-10-05T10:00:00+00:00" if is_in else None,
        "answers": answers or [],
    }


@pytest.fixture
def year() -> dict[str, Any]:
    """A year with an office, two organisations, and one that has not reported."""
    every = Progress.NO_OPINION
    return {
        "format": "idekom-uppfoljning/1",
        "year": 2026,
        "agreement": "Överenskommelsen Göteborg",
        "opens_on": "2026-09-01",
        "due_on": "2026-10-31",
        "forum_on": None,
        "commitments": [{"number": n, "slug": f"a-{n}", "title": t, "summary": f"Om {t}.", "owner": o, "owner_label": o} for n, t, o in COMMITMENTS],
        "parties": [
            party("Kontoret", "city", [answer(1), answer(3, "done", done="Kontorets ord"), answer(4, every)]),
            party("Ljuset", "civil_society", [answer(2), answer(3, every, example="Ljusets exempel"), answer(4, "done", plan="Ljusets plan")]),
            party("Navet", "civil_society", [answer(2, every), answer(3, done="Navets ord"), answer(4, every)]),
            party("Ankaret", "civil_society", None),
        ],
    }


@pytest.fixture
def made(year: dict[str, Any]) -> bytes:
    """The year's book."""
    return book.render(year)


def test_the_book_conforms_to_both_standards(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bok.pdf"
    file.write_bytes(made)
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


def test_a_book_without_any_report_conforms_too(year: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "bok.pdf"
    file.write_bytes(book.render({**year, "parties": [party("Ankaret", "civil_society", None)]}))
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


def test_everybodys_words_are_in_it(made: bytes) -> None:
    printed = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages))
    for words in ("Kontorets ord", "Ljusets exempel", "Ljusets plan", "Navets ord", "Ankaret", "Ännu ej inkommet", "2 av 3 parter har rapporterat"):
        assert squeezed(words) in printed


def test_it_says_what_it_is_and_can_be_walked_through(made: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(made))
    assert reader.metadata is not None
    assert reader.metadata.title == "Uppföljning 2026 av Överenskommelsen Göteborg"
    assert reader.trailer["/Root"]["/Lang"] == "sv"  # type: ignore[index]
    outline = str([getattr(entry, "title", None) or [deeper.title for deeper in entry] for entry in reader.outline[1]])
    for title in ("Innehåll", "Året i siffror", "3. Samspel", "Ljuset", "Ännu ej inkommet"):
        assert title in outline
    assert f"Sida 2 av {len(reader.pages)}" in reader.pages[1].extract_text()


def test_the_contents_give_the_right_pages(made: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages]
    numbers = [int(match[1]) for match in re.finditer(r"^(\d+)\s+\S", pages[1], re.MULTILINE)]
    entries = [
        "Så läser du",
        "Året i siffror",
        "Om Kunskap.",
        "Om Samverkan.",
        "Om Samspel.",
        "Om Mångfald.",
        "Kontorets ord",
        "Ljusets plan",
        "Navets ord",
    ]
    assert len(numbers) == len(entries) + 2
    for entry, number in zip(entries, numbers, strict=False):
        assert entry in pages[number - 1]


def test_the_data_are_inside(made: bytes, year: dict[str, Any]) -> None:
    inside = pypdf.PdfReader(BytesIO(made)).attachments
    assert inside["idekom-uppfoljning-2026.csv"] == [as_csv(year)]
    assert json.loads(inside["idekom-uppfoljning-2026.json"][0]) == year
    assert inside["idekom-uppfoljning-2026.json"] == [as_json(year)]


def test_the_same_year_gives_the_same_bytes(made: bytes, year: dict[str, Any]) -> None:
    assert book.render(json.loads(json.dumps(year))) == made
    year["parties"][1]["answers"][0]["done"] = "Annat"
    assert book.render(year) != made


def test_no_opinion_is_counted_apart(year: dict[str, Any]) -> None:
    together = Figures(year).commitments[2]
    assert (together.opinions, together.no_opinion) == (2, 1)
    shares = {row.label: (row.values, row.share, row.apart) for row in together.chart.rows}
    assert shares["Påbörjat"] == ((0, 1), "50 %", False)
    assert shares["Genomfört eller löpande"] == ((1, 0), "50 %", False)
    assert shares["Ingen åsikt"] == ((0, 1), "33 % av alla svar", True)


def test_a_commitment_of_one_side_has_one_kind_of_bar(year: dict[str, Any]) -> None:
    charts = [[one.key for one in commitment.chart.series] for commitment in Figures(year).commitments]
    assert charts == [["city"], ["civil_society"], ["city", "civil_society"], ["city", "civil_society"]]


def test_who_has_reported_is_counted_by_side(year: dict[str, Any]) -> None:
    figures = Figures(year)
    assert [(side.side, side.asked, side.reported, side.not_yet) for side in figures.sides] == [("city", 1, 1, 0), ("civil_society", 3, 2, 1)]
    assert [party.name for party in figures.not_yet] == ["Ankaret"]
