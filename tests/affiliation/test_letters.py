"""Papers to sign: filled in, conforming, the same bytes each time."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models import SECTIONS
from affiliation.pdf import letters
from tests import pdf_rules
from tests.payloads import KINDS, NASTY, typed

pytestmark = pytest.mark.django_db


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def conforms(pdf: bytes, folder: Path) -> None:
    file = folder / "a.pdf"
    file.write_bytes(pdf)
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


def test_the_letter_has_the_answers_and_conforms(client: Client, make: Any, tmp_path: Path) -> None:
    draft = make.draft(registration_number="8020024256")
    response = client.get(reverse("affiliation:letter", args=[draft.token]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="brev-om-anslutning.pdf"'
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    told = text(response.content)
    for expected in (
        "Föreningen Provet",
        "802002-4256",
        "Styrelsen",
        "1 mars 2026",
        "Pia Prov, ordförande",
        "står bakom hela överenskommelsen",
        "Ort och datum",
        "idekom@example.org",
    ):
        assert expected in told
    assert len(pypdf.PdfReader(BytesIO(response.content)).pages) == 1
    conforms(response.content, tmp_path)


def test_the_letter_of_a_case_has_its_number_and_an_empty_draft_lines(client: Client, make: Any, tmp_path: Path) -> None:
    case = make.application()
    assert str(case.number) in text(letters.letter(case))
    empty = letters.letter(make.draft(name="", signatory_name="", decided_by="", decided_on=None))
    assert "Namn och roll, med tydliga bokstäver" in text(empty)
    conforms(empty, tmp_path)


def test_the_paper_form_has_every_question_and_conforms(client: Client, make: Any, tmp_path: Path) -> None:
    make.version()
    make.sector("Kultur på prov")
    response = client.get(reverse("affiliation:paper_form"))
    told = text(response.content)
    for expected in (
        *(str(section.title) for section in SECTIONS),
        "Organisationens namn",
        "Kultur på prov",
        "Ideell förening",
        "Medlemsorganisationer",
    ):
        assert expected in told
    assert "*" not in told
    conforms(response.content, tmp_path)
    english = client.get("/en" + reverse("affiliation:paper_form"))
    assert str(pypdf.PdfReader(BytesIO(english.content)).root_object["/Lang"]) == "en"


def test_no_agreement_in_force_means_no_form(client: Client) -> None:
    assert client.get(reverse("affiliation:paper_form")).status_code == 404


def test_the_same_answers_give_the_same_bytes(make: Any) -> None:
    draft = make.draft()
    first = letters.letter(draft)
    letters._rendered.cache_clear()
    assert letters.letter(draft) == first
    draft.name = "En annan"
    assert letters.letter(draft) != first


@pytest.mark.parametrize("kind", [*NASTY, "img", "css @import"])
def test_any_name_is_text_in_a_conforming_letter(make: Any, tmp_path: Path, kind: str) -> None:
    words = (typed(kind, "file:///etc/passwd") if kind in KINDS else NASTY[kind]).replace("\x00", "")[:150]
    conforms(letters.letter(make.draft(name=words, signatory_name=words[:100])), tmp_path)


def test_papers_are_offered_where_they_are_needed(client: Client, make: Any) -> None:
    draft, case = make.draft(), make.application(name="En annan")
    assert reverse("affiliation:paper_form") in client.get(reverse("affiliation:apply")).content.decode()
    assert reverse("affiliation:letter", args=[draft.token]) in client.get(reverse("affiliation:check", args=[draft.token])).content.decode()
    assert reverse("affiliation:letter", args=[case.token]) in client.get(case.get_absolute_url()).content.decode()
