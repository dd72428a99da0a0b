"""The files of the register: the rows of the list, whatever is asked for, and cells that are only text."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from affiliation.models import Affiliation
from affiliation.register.files import COLUMNS
from agreement.models import Membership
from idekom.lib.dated import today
from tests.affiliation.test_register import names

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "@x", "+", "-2", "\tx", '=HYPERLINK("https://x.example.org")']


def of_csv(client: Client, **query: Any) -> list[dict[str, str]]:
    """The rows of the CSV file."""
    return list(csv.DictReader(StringIO(client.get(reverse("affiliation:register_csv"), query).content.decode("utf-8-sig"))))


def of_json(client: Client, **query: Any) -> list[dict[str, str]]:
    """The rows of the JSON file."""
    rows: list[dict[str, str]] = json.loads(client.get(reverse("affiliation:register_json"), query).content)["parter"]
    return rows


def of_xlsx(client: Client, **query: Any) -> list[dict[str, str]]:
    """The rows of the workbook, which must hold nothing but text."""
    book = load_workbook(BytesIO(client.get(reverse("affiliation:register_xlsx"), query).content))
    header, *rows = book.worksheets[0].iter_rows()
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} <= {"s"}
    return [{str(name.value): str(cell.value or "") for name, cell in zip(header, row, strict=True)} for row in rows]


def test_files_hold_the_rows_of_the_list(client: Client, make: Any) -> None:
    sector = make.sector("Arbete")
    made = make.party('Ån, ”och” "citat"\nrad två', sector=sector, website="https://a.example.org", description="Ett, två")
    make.affiliation(made, from_on=date(2020, 2, 1))
    make.affiliation(make.party("Andra"))
    for query in ({}, {"q": "citat"}, {"q": "citta"}, {"sektor": sector.slug}, {"datum": "2020-02-01"}):
        rows = of_json(client, **query)
        assert [row["namn"] for row in rows] == names(client, **query)
        assert rows == of_csv(client, **query)
        assert rows == of_xlsx(client, **query)
    assert of_csv(client, q="citat") == [
        {
            "namn": made.name,
            "slag": "enskild organisation",
            "juridisk_form": "ideell förening",
            "sektor": "Arbete",
            "stadsomrade": "",
            "ansluten_sedan": "2020-02-01",
            "version": "Överenskommelsen",
            "webbplats": "https://a.example.org",
            "beskrivning": "Ett, två",
            "adress": f"http://127.0.0.1:8000/anslutna/{made.slug}/",
            "organisationsnummer": "",
            "paraplyer": "",
            "bekraftad": "ja",
        }
    ]


def test_files_say_what_they_are(client: Client, make: Any) -> None:
    response = client.get(reverse("affiliation:register_csv"))
    assert response.content.startswith(b"\xef\xbb\xbfnamn,slag,")
    assert response.content.endswith(b"\r\n")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="anslutna-{today().isoformat()}.csv"'
    assert client.get(reverse("affiliation:register_json")).headers["Content-Type"] == "application/json"
    assert client.get(reverse("affiliation:register_xlsx")).headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_files_show_the_day_that_is_asked_for(client: Client, make: Any) -> None:
    make.affiliation(make.party("Förr"), from_on=date(2013, 1, 1), until_on=date(2015, 12, 31))
    for rows in (of_csv, of_json, of_xlsx):
        assert [row["namn"] for row in rows(client, datum="2015-12-31")] == ["Förr"]
        assert rows(client) == []


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_is_a_formula(client: Client, make: Any, name: str) -> None:
    make.affiliation(make.party(name, description=name, website=""))
    (in_csv,) = of_csv(client)
    assert in_csv["namn"] == f"'{name}"
    assert in_csv["beskrivning"] == f"'{name}"
    (in_book,) = of_xlsx(client)
    assert in_book["namn"] == name
    assert of_json(client)[0]["namn"] == name


def test_what_a_workbook_cannot_hold_is_left_out(client: Client, make: Any) -> None:
    make.affiliation(make.party("Ett\x0bTvå"))
    assert of_xlsx(client)[0]["namn"] == "EttTvå"


def test_the_new_columns(client: Client, make: Any) -> None:
    first, second, former = (make.party(name, kind="umbrella") for name in ("Östra paraplyet", "Andra paraplyet", "Förra paraplyet"))
    member = make.party("Medlemmen", registration_number="8024001234")
    for party in (first, second, member):
        make.affiliation(party)
    make.affiliation(former, from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    for umbrella in (first, second, former):
        Membership.name_members(umbrella, ["Medlemmen"], from_on=date(2013, 1, 1))
    Affiliation.objects.filter(party=member).update(unconfirmed_since=today())
    row = next(row for row in of_csv(client) if row["namn"] == "Medlemmen")
    assert (row["organisationsnummer"], row["paraplyer"], row["bekraftad"]) == ("8024001234", "Andra paraplyet; Östra paraplyet", "nej")
    before = next(
        row for row in of_csv(client, datum=(today().replace(day=1) if today().day > 1 else today()).isoformat()) if row["namn"] == "Medlemmen"
    )
    assert before["bekraftad"] == ("ja" if today().day > 1 else "nej")


def test_every_column_is_explained(client: Client, make: Any) -> None:
    make.affiliation()
    text = client.get(reverse("open_data")).content.decode()
    assert list(of_csv(client)[0]) == [column.name for column in COLUMNS]
    for column in COLUMNS:
        assert f"<code>{column.name}</code>" in text
        assert str(column.about) in text
    assert "CC0" in text
    described = client.get(reverse("affiliation:register_schema")).json()
    assert [field["name"] for field in described["fields"]] == [column.name for column in COLUMNS]
