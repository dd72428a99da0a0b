"""The matrix of principles and commitments."""

import re
from typing import Any

from django.test import Client

from agreement.models import Version
from tests.agreement.test_founding import TABLE
from tests.agreement.test_pages import text_of

COLUMNS = ["integritet-och-oberoende", "dialog", "kvalitet", "langsiktighet", "oppenhet-och-insyn", "mangfald"]


def rows_of(html: str) -> list[list[str]]:
    """The cells of each row of the table's body, as what is read in them."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
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
