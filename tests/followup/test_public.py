"""The years, the figures, the book and its data as everybody sees them."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from followup import compile as compiling
from followup.models import Compilation
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

FILES = ["rapport.pdf", "rapport.csv", "rapport.json"]


@pytest.fixture
def published(transactional_db: None, year: Year, secretary: User) -> Compilation:
    """A book of one report."""
    year.submitted(year.report, example="=SUMMA(A1) är vårt exempel")
    compilation = Compilation.request(year.round, by=secretary)
    compiling.compile_book(compilation)
    compilation.refresh_from_db()
    return compilation


def test_the_years_and_their_books(published: Compilation, client: Client) -> None:
    page = client.get("/uppfoljning/").content.decode()
    assert 'href="/uppfoljning/2026/"' in page
    assert 'href="/uppfoljning/2026/rapport.pdf"' in page


def test_the_year_shows_the_books_figures(published: Compilation, client: Client) -> None:
    page = client.get("/uppfoljning/2026/").content.decode()
    assert "1 av 1 svar säger hur långt åtagandet har kommit." in page
    assert "Ingen part har svarat om åtagandet än." in page
    assert "Utgåva 1" in page
    assert f'href="/uppfoljning/2026/{FILES[0]}"' in page


def test_the_book_is_sent_and_known_by_its_checksum(published: Compilation, client: Client) -> None:
    response = client.get("/uppfoljning/2026/rapport.pdf")
    assert b"".join(response) == published.file.read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="idekom-uppfoljning-2026-utgava-1.pdf"'
    assert response["ETag"] == f'"{published.sha256}"'
    assert client.get("/uppfoljning/2026/rapport.pdf", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_data_are_the_snapshot(published: Compilation, client: Client) -> None:
    assert json.loads(client.get("/uppfoljning/2026/rapport.json").content) == published.snapshot
    rows = list(csv.DictReader(io.StringIO(client.get("/uppfoljning/2026/rapport.csv").content.decode("utf-8-sig"))))
    assert [(row["part"], row["fraga_nyckel"]) for row in rows] == [
        *[("Föreningen Ljuset", key) for key in ("progress", "done", "example")] * 2,
        ("Kulturkontoret", ""),
    ]
    assert [row["ord"] for row in rows if row["fraga_nyckel"] == "example"] == ["'=SUMMA(A1) är vårt exempel"] * 2
    assert [row["val"] for row in rows if row["fraga_nyckel"] == "progress"] == ["Påbörjat"] * 2


def test_nothing_that_is_published_names_a_person(published: Compilation, year: Year, client: Client) -> None:
    for file in FILES[1:]:
        assert year.person.email not in client.get(f"/uppfoljning/2026/{file}").content.decode()
    assert year.person.email not in client.get("/uppfoljning/2026/").content.decode()


@pytest.mark.django_db
def test_a_year_that_is_being_reported_has_no_book_yet(year: Year, client: Client) -> None:
    response = client.get("/uppfoljning/2026/")
    assert "Boken är inte klar än" in response.content.decode()
    assert "Refresh" not in response
    assert {client.get(f"/uppfoljning/2026/{file}").status_code for file in FILES} == {404}


@pytest.mark.django_db
def test_while_the_book_is_made_the_bar_moves(year: Year, secretary: User, client: Client) -> None:
    compilation = Compilation.request(year.round, by=secretary)
    compilation.start()
    bars = []
    for step, progress in (("Samlar in rapporterna", 10), ("Sätter sidorna", 30)):
        compilation.tell(step, progress)
        response = client.get("/uppfoljning/2026/")
        assert "Sammanställningen pågår" in response.content.decode()
        assert step in response.content.decode()
        assert response["Refresh"] == "4"
        bars.append(f'value="{progress}"' in response.content.decode())
    assert bars == [True, True]


@pytest.mark.django_db
def test_a_planned_year_is_not_shown(client: Client) -> None:
    builders.round(2031)
    assert client.get("/uppfoljning/2031/").status_code == 404
    assert "2031" not in client.get("/uppfoljning/").content.decode()


@pytest.mark.django_db
def test_without_rounds_it_says_why(client: Client) -> None:
    assert "Ingen uppföljning har öppnat än" in client.get("/uppfoljning/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_years_ask_as_often_whatever_the_number(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        builders.round(1700 + number)._become("open", by=None)
    with django_assert_num_queries(2):
        page = client.get("/uppfoljning/").content.decode()
    assert page.count("Parterna rapporterar nu") == rows


@pytest.mark.django_db
def test_public_pages_are_only_read(year: Year, client: Client) -> None:
    addresses = ["/uppfoljning/", "/uppfoljning/2026/", *(f"/uppfoljning/2026/{file}" for file in FILES), "/mina-sidor/"]
    assert {year.browser.post(address).status_code for address in addresses} == {405}
