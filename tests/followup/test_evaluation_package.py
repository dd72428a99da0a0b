"""The package: everything public of a period in one file that opens without the portal, the same bytes for the same data."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings
from django.test import Client

from followup import compile as compiling
from followup.models import Compilation, Evaluation, EvaluationComment, LedgerEntry, Recommendation
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

ADDRESS = "/utvardering/2026/paket.zip"


@pytest.fixture
def evaluation(transactional_db: None, year: Year, secretary: User) -> Evaluation:
    """A final evaluation of a year with a book, answered and commented on."""
    year.submitted(year.report)
    compiling.compile_book(Compilation.request(year.round, by=secretary))
    made = builders.evaluation(2026, summary="Kort sagt.", introduction="## Metod\n\nVi läste [förteckningen](/anslutna/).")
    builders.recommendation(builders.finding(made, commitment=year.both))
    builders.opened(made)
    for text in ("Det här visas.", "Det här visas inte."):
        EvaluationComment.leave(made, name="", text=text, day=today())
    EvaluationComment.objects.get(text="Det här visas.").show(by=secretary)
    builders.final_of(made)
    LedgerEntry.answer(Recommendation.objects.get(), reply="yes", text="=1+1", by_whom="Nämnden", on=today(), by=secretary)
    return made


def fetched(client: Client) -> bytes:
    """The package."""
    return b"".join(client.get(ADDRESS))


def unpacked(client: Client) -> dict[str, bytes]:
    """Its files."""
    with zipfile.ZipFile(io.BytesIO(fetched(client))) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_package_holds_the_evaluation_the_books_and_the_agreement(evaluation: Evaluation, client: Client) -> None:
    files = unpacked(client)
    book = Compilation.objects.get()
    assert sorted(files) == [
        "README.txt",
        "bedomningar.csv",
        "bocker/idekom-uppfoljning-2026.csv",
        "bocker/idekom-uppfoljning-2026.json",
        "bocker/idekom-uppfoljning-2026.pdf",
        "index.html",
        "overenskommelsen.html",
        "rekommendationer.csv",
        "stil.css",
        "utvardering.html",
        "utvardering.json",
        "utvardering.md",
    ]
    assert files["bocker/idekom-uppfoljning-2026.pdf"] == book.file.read_bytes()
    assert files["bocker/idekom-uppfoljning-2026.csv"] == client.get("/uppfoljning/2026/rapport.csv").content
    assert files["bocker/idekom-uppfoljning-2026.json"] == client.get("/uppfoljning/2026/rapport.json").content
    data = json.loads(files["utvardering.json"])
    assert data["findings"][0]["recommendations"][0]["ledger"][0]["reply"] == "yes"
    rows = list(csv.DictReader(io.StringIO(files["rekommendationer.csv"].decode("utf-8-sig"))))
    assert [(row["rekommendation"], row["svar"], row["svar_text"]) for row in rows] == [("1.1", "Ja", "'=1+1")]
    for name in ("utvardering.html", "utvardering.md", "utvardering.json"):
        text = files[name].decode()
        assert "Det här visas." in text
        assert "Det här visas inte." not in text
        assert "Få känner till överenskommelsen" in text


def test_every_relative_link_resolves_when_unpacked(evaluation: Evaluation, client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(fetched(client))) as package:
        package.extractall(folder)
    checked = 0
    for page in folder.rglob("*.html"):
        text = page.read_text()
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            if link.startswith(("http://", "https://", "mailto:", "tel:")):
                continue
            path, _mark, anchor = link.partition("#")
            assert not PurePosixPath(path).is_absolute(), link
            target = page.parent / path if path else page
            assert target.is_file(), f"{page.name}: {link}"
            assert not anchor or f'id="{anchor}"' in target.read_text(), f"{page.name}: {link}"
            checked += 1
    assert checked > 15
    assert f'href="{settings.SITE_URL}/anslutna/"' in (folder / "utvardering.html").read_text()


def test_every_file_is_reached_from_the_index_or_told_in_the_readme(evaluation: Evaluation, client: Client) -> None:
    files = unpacked(client)
    linked = set(re.findall(r'href="([^"#]*)"', files["index.html"].decode()))
    assert set(files) - linked == {"README.txt", "index.html"}
    assert [name for name in files if name not in files["README.txt"].decode()] == ["README.txt", "stil.css"]


def test_same_data_are_the_same_bytes(evaluation: Evaluation, client: Client, secretary: User) -> None:
    first = fetched(client)
    for made in (Path(settings.DATA_DIR) / "packages").iterdir():
        made.unlink()
    assert b"".join(client.get("/en/utvardering/2026/paket.zip", headers={"Accept-Language": "en"})) == first
    LedgerEntry.done(Recommendation.objects.get(), text="Klart.", on=today(), by=secretary)
    assert fetched(client) != first
    assert len(list((Path(settings.DATA_DIR) / "packages").iterdir())) == 1


def test_package_is_known_by_its_checksum(evaluation: Evaluation, client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Content-Disposition"] == 'attachment; filename="idekom-utvardering-2026.zip"'
    assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_package_without_a_book_says_so(client: Client) -> None:
    builders.opened(builders.evaluation(2026))
    files = unpacked(client)
    assert [name for name in files if name.startswith("bocker/")] == []
    assert files["index.html"].decode().count("Ingen bok är publicerad.") == 4
    assert "Utvärderingen är ett utkast." in files["utvardering.html"].decode()
