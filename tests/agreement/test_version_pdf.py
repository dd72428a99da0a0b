"""The file of a version: accessible, made to be kept, always the same."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from agreement.models import Version
from agreement.pdf import versions
from agreement.texts import read
from tests import pdf_rules
from tests.agreement.wording import Told, wording

HARD: list[Told] = [
    ("title", None, "heading", "Överenskommelse & <samverkan>"),
    ("values", None, "paragraph", "Ord " + "långtordutanslut" * 60),
    ("vision", None, "paragraph", "Ett tecken som inget typsnitt har: \U0001f9ff. Ett – streck, ”citat”, é."),
    ("principle", 1, "item", "En punkt först."),
    ("principle", 1, "item", "En punkt till."),
    ("other", None, "heading", "En rubrik mitt i"),
    ("other", None, "paragraph", "Slut."),
]


def text_in(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.mark.parametrize(("slug", "language"), [("2012", "sv"), ("2017", "en")])
def test_our_own_text_conforms(founded: Version, tmp_path: Path, slug: str, language: str) -> None:
    path = tmp_path / "version.pdf"
    path.write_bytes(versions.version(read(Version.objects.get(slug=slug), language)))
    assert pdf_rules.broken(path, "ua1") == {}
    assert pdf_rules.broken(path, "3a") == {}
    told = text_in(path)
    assert ("En stad där medborgarna engagerar sig" if language == "sv" else "A city where residents engage") in told


def test_an_official_text_conforms_whatever_stands_in_it(founded: Version, tmp_path: Path) -> None:
    wording(founded, HARD)
    path = tmp_path / "version.pdf"
    path.write_bytes(versions.version(read(founded, "sv")))
    assert pdf_rules.broken(path, "ua1") == {}
    assert pdf_rules.broken(path, "3a") == {}
    told = text_in(path)
    assert "Den officiella texten." in told
    assert "En punkt till." in told
    assert "Samtalet mellan staden" not in told


def test_the_same_text_gives_the_same_bytes(founded: Version, client: Client) -> None:
    first = client.get("/overenskommelsen/versioner/2017/overenskommelsen.pdf")
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert first.headers["Content-Disposition"] == 'inline; filename="overenskommelsen-2017.pdf"'
    versions._rendered.cache_clear()
    assert client.get("/overenskommelsen/versioner/2017/overenskommelsen.pdf").content == first.content
    assert versions._rendered.cache_info().misses == 1
    client.get("/overenskommelsen/versioner/2017/overenskommelsen.pdf")
    assert versions._rendered.cache_info().hits == 1


def test_the_file_says_in_which_language_it_is(founded: Version) -> None:
    file = PdfReader(BytesIO(versions.version(read(founded, "en"))))
    assert str(file.trailer["/Root"]["/Lang"]) == "en"  # type: ignore[index]
