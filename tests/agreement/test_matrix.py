"""The matrix of principles and commitments."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreement.models import Commitment, CommitmentArea, Placement, Version
from idekom.lib.dated import period
from tests.agreement.test_founding import TABLE
from tests.agreement.test_pages import text_of

COLUMNS = ["integritet-och-oberoende", "dialog", "kvalitet", "langsiktighet", "oppenhet-och-insyn", "mangfald"]


def rows_of(html: str) -> list[list[str]]:
    """The cells of each row of the table's body, as what is read in them."""
    body = html[html.index("<tbody>") : html.rindex("</tbody>")]
    rows = re.findall(r"<tr\b[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def test_the_matrix_shows_what_the_agreement_says(founded: Version, client: Client) -> None:
    html = client.get("/overenskommelsen/matris/").text
    *commitments, counts = rows_of(html)
    assert [row[2:] for row in commitments] == [["Ja" if slug in TABLE[number][1] else "" for slug in COLUMNS] for number in TABLE]
    assert commitments[7][:2] == ["8. Mångfald av utförare", "Båda, var för sig"]
    assert counts == ["Antal åtaganden", "13", "0 (inget)", "7", "4", "3", "3", "9"]


def test_the_matrix_says_in_words_what_is_empty(founded: Version, client: Client, make: Any) -> None:
    make.commitment(number=14, title="Fritt åtagande")
    page = text_of(client.get("/overenskommelsen/matris/").text)
    assert "Inget åtagande är märkt med principen Integritet och oberoende. Kolumnen är därför tom." in page
    assert page.count("Inget åtagande är märkt") == 1
    assert "Fritt åtagande Ingen princip" in page
    assert page.count("Ingen princip") == 1


def test_the_matrix_is_a_table_that_can_be_read_aloud_and_on_a_phone(founded: Version, client: Client) -> None:
    html = client.get("/overenskommelsen/matris/").text
    assert (html.count('<th scope="col">'), html.count('<th scope="row">')) == (8, 14)
    assert '<table class="stack">' in html
    assert html.count('data-label="Dialog"') == 14
    assert "<caption" in html


AREAS = {
    "Kunskap och spridning": [1, 2, 12],
    "Samspel, dialog och utveckling": [3, 5, 6, 9, 10],
    "Finansiering och mångfald av utförare": [4, 7, 8],
    "Jämställdhet, genom alla områden": [11],
    "Utanför områdena": [13],
}


def test_the_second_grouping_changes_the_groups_and_not_the_sums(founded: Version, client: Client) -> None:
    plain = rows_of(client.get("/overenskommelsen/matris/").text)
    html = client.get("/overenskommelsen/matris/?indelning=omraden").text
    rows = rows_of(html)
    groups: dict[str, list[int]] = {}
    for name, *_cells in rows[:-1]:
        if name[0].isdigit():
            groups[list(groups)[-1]].append(int(name.split(".")[0]))
        else:
            groups[name] = []
    assert groups == AREAS
    heads = [row for row in rows if row[0] in AREAS]
    assert [int(row[1]) for row in heads] == [3, 5, 3, 1, 1]
    sums = ["0", "7", "4", "3", "3", "9"]
    assert [str(sum(int(row[column]) for row in heads)) for column in range(2, 8)] == sums
    assert rows[-1] == plain[-1] == ["Antal åtaganden", "13", "0 (inget)", *sums[1:]]
    assert sorted(row for row in rows if row[0][0].isdigit()) == sorted(plain[:-1])
    assert "Källa: Handlingsplanerna 2014. Den gäller från 2014." in text_of(html)
    assert 'href="?indelning=omraden" aria-current="true"' in html


def test_a_version_without_areas_is_whole_all_the_same(founded: Version, client: Client) -> None:
    Placement.objects.all().delete()
    html = client.get("/overenskommelsen/matris/?indelning=omraden").text
    assert "Ingen handlingsplan har delat in den här versionens åtaganden." in html
    assert rows_of(html)[-1][:2] == ["Antal åtaganden", "13"]


def test_a_grouping_that_has_ended_is_not_shown(founded: Version, client: Client) -> None:
    CommitmentArea.objects.update(period=period(date(2014, 1, 1), date(2016, 12, 31)))
    assert "Kunskap och spridning" not in client.get("/overenskommelsen/matris/?indelning=omraden").text


def test_a_commitment_is_in_one_area_at_a_time(founded: Version) -> None:
    area, commitment = CommitmentArea.objects.get(number=3), Commitment.objects.get(version=founded, number=1)
    with pytest.raises(IntegrityError, match="a_commitment_is_in_one_area_at_a_time"), transaction.atomic():
        Placement.objects.create(area=area, commitment=commitment, period=period(date(2020, 1, 1)))
    Placement.objects.filter(commitment=commitment).update(period=period(date(2014, 1, 1), date(2019, 12, 31)))
    Placement.objects.create(area=area, commitment=commitment, period=period(date(2020, 1, 1)))


def test_the_matrix_as_data_says_the_same(founded: Version, client: Client) -> None:
    response = client.get("/overenskommelsen/matris.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(response.text.removeprefix("\ufeff")))
    assert head[:4] == ["nummer", "åtagande", "ansvarig", "område"]
    assert {int(row[0]): {slug for slug, mark in zip(COLUMNS, row[4:], strict=True) if mark == "1"} for row in rows} == {
        number: principles for number, (_owner, principles) in TABLE.items()
    }
    grouped = list(csv.reader(io.StringIO(client.get("/overenskommelsen/matris.csv?indelning=omraden").text)))[1:]
    assert [int(row[0]) for row in grouped] == [number for numbers in AREAS.values() for number in numbers]
    assert grouped[0][3] == "Kunskap och spridning"
    assert sorted([*row[:3], *row[4:]] for row in grouped) == sorted([*row[:3], *row[4:]] for row in rows)


def test_before_the_first_version_there_is_no_data(db: None, client: Client) -> None:
    assert client.get("/overenskommelsen/matris.csv").status_code == 404
