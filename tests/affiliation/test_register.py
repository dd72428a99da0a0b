"""The public register: order, search, filters, days, pages, and the same rows in the files."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import District
from idekom.lib.dated import period, today
from idekom.users.models import User

pytestmark = pytest.mark.django_db


def ask(client: Client, **query: Any) -> Any:
    """The answer to a search."""
    return client.get(reverse("affiliation:register"), query)


def names(client: Client, **query: Any) -> list[str]:
    """The names on a page of the list."""
    return [row["name"] for row in ask(client, **query).context["rows"]]


def test_names_are_in_swedish_order(client: Client, make: Any) -> None:
    for name in ("Öland", "apa", "Ängel", "Zebra", "Åre", "Café Éden", "Cafe Zoo"):
        make.affiliation(make.party(name))
    assert names(client) == ["apa", "Café Éden", "Cafe Zoo", "Zebra", "Åre", "Ängel", "Öland"]


@pytest.mark.parametrize("q", ["raddning", "Räddning", "RÄDD", "ån vid", "simma barn", "  vid   ån ", "räddningen, vid!", "addning"])
def test_search_finds_words_with_and_without_dots(client: Client, make: Any, q: str) -> None:
    make.affiliation(make.party("Räddningen vid Ån", description="Vi lär barn att simma."))
    make.affiliation(make.party("Öppna dörren"))
    assert names(client, q=q) == ["Räddningen vid Ån"]


@pytest.mark.parametrize("q", ["%", "_", "\\", "' OR 1=1", "finnsinte", "\x00"])
def test_search_takes_signs_for_signs(client: Client, make: Any, q: str) -> None:
    make.affiliation(make.party("Räddningen"))
    expected = ["Räddningen"] if q in ("%", "_", "\\", "\x00") else []  # nothing left to search for
    assert names(client, q=q) == expected


def test_filters_count_what_they_would_show(client: Client, make: Any) -> None:
    work, sport = make.sector("Arbete"), make.sector("Idrott")
    north = District.objects.create(slug="nordost", name="Nordost", period=period(date(2010, 1, 1)))
    make.affiliation(make.party("A", sector=work, district=north))
    make.affiliation(make.party("B", sector=work, kind="umbrella"))
    make.affiliation(make.party("C", sector=sport))
    make.affiliation(make.party("D", kind="city_body"))
    text = ask(client, sektor=work.slug).content.decode()
    assert names(client, sektor=work.slug) == ["A", "B"]
    for shown in ("2 anslutna", "Arbete (2)", "Idrott (1)", "Nordost (1)", "Enskild organisation (1)", "Paraplyorganisation (1)"):
        assert shown in text
    assert "Del av staden" not in text  # it would show nothing
    assert names(client, sektor=[work.slug, sport.slug]) == ["A", "B", "C"]
    assert names(client, sektor=work.slug, form="umbrella") == ["B"]
    assert names(client, stadsdel="nordost") == ["A"]
    assert names(client, form="city_body") == ["D"]


def test_chosen_filters_can_be_taken_away_one_by_one(client: Client, make: Any) -> None:
    sector = make.sector("Arbete")
    make.affiliation(make.party("A", sector=sector))
    text = ask(client, q="a", sektor=sector.slug, datum=today().isoformat()).content.decode()
    day = f"datum={today().isoformat()}"
    for link in (f"?sektor={sector.slug}&amp;{day}", f"?q=a&amp;{day}", f"?q=a&amp;sektor={sector.slug}"):
        assert f'href="{link}"' in text
    assert "Rensa alla" in text


def test_the_list_as_it_stood_on_a_day(client: Client, make: Any) -> None:
    make.affiliation(make.party("Förr"), from_on=date(2013, 1, 1), until_on=date(2015, 12, 31))
    make.affiliation(make.party("Nu"), from_on=date(2016, 1, 1))
    assert names(client) == ["Nu"]
    assert names(client, datum="2015-12-31") == ["Förr"]
    assert names(client, datum="2016-01-01") == ["Nu"]
    assert names(client, datum="2012-01-01") == []
    assert "Listan visar hur det såg ut den 31 december 2015." in ask(client, datum="2015-12-31").content.decode()


@pytest.mark.parametrize("datum", ["2026-13-40", "igår", "<b>", "0000-00-00", "99999-01-01", "2026-02-30", "\x00", "9" * 5000])
def test_a_day_that_does_not_exist_is_told(client: Client, make: Any, datum: str) -> None:
    make.affiliation(make.party("Nu"))
    response = ask(client, datum=datum)
    assert [row["name"] for row in response.context["rows"]] == ["Nu"]
    assert ("Datumet finns inte" in response.content.decode()) == (datum != "\x00")
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize("query", ["sida=abc", "sida=0", "sida=-1", "sida=99999999999999999999", "sida=%00", "sektor=%00", "sektor=finnsinte"])
@pytest.mark.parametrize("name", ["register", "register_csv", "register_json"])
def test_what_cannot_be_understood_is_passed_over(client: Client, make: Any, query: str, name: str) -> None:
    make.affiliation(make.party("Nu"))
    for more in ("", "&form=%ED%A0%80&stadsdel=' OR 1=1&q=%ED%A0%80", "&okand=1&sektor=" + "x" * 3000):
        response = client.get(f"{reverse(f'affiliation:{name}')}?{query}{more}")
        assert response.status_code == 200
        assert "Nu" in response.content.decode()


def test_pages_of_fifty(client: Client, make: Any) -> None:
    for number in range(103):
        make.affiliation(make.party(f"Förening {number:03d}"))
    assert [len(names(client, sida=page)) for page in (1, 2, 3, 4)] == [50, 50, 3, 3]
    assert names(client, sida=2)[0] == "Förening 050"
    text = ask(client, sida=2, q="forening").content.decode()
    assert "103 anslutna" in text
    assert "?q=forening&amp;sida=3" in text


@pytest.mark.parametrize("name", ["register", "register_csv", "register_json", "register_xlsx", "embedded", "development", "former", "feed"])
def test_queries_do_not_grow_with_the_list(client: Client, make: Any, name: str) -> None:
    counts, made = [], 0
    for wanted in (1, 3, 300):
        for number in range(made, wanted):
            make.affiliation(make.party(sector=make.sector() if number < 3 else None, kind="organisation" if number % 2 else "umbrella"))
        made = wanted
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"affiliation:{name}"))
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 9


def test_an_empty_list_says_why_and_what_to_do(client: Client) -> None:
    text = ask(client, q="finnsinte").content.decode()
    for shown in ("0 anslutna", "Ingen anslutning passar det ni sökte", "Visa alla anslutna"):
        assert shown in text


def test_an_approved_party_is_listed_at_once(client: Client, make: Any, secretary: User) -> None:
    affiliation = make.approved(by=secretary, name="Nya föreningen", publishes_website=False)
    assert names(client) == ["Nya föreningen"]
    text = client.get(affiliation.party.get_absolute_url()).content.decode()
    assert "Vi prövar saker tillsammans." in text
    for hidden in ("provet.example.org", "Kim Kontakt", "Pia Prov", "031-000 00 01", "Provgatan"):
        assert hidden not in text


def test_public_pages_set_no_cookie(client: Client, make: Any) -> None:
    party = make.affiliation().party
    for path in ("/anslutna/", "/anslutna.csv", "/anslutna.json", party.get_absolute_url(), "/anslut/", "/anslut/alla-fragor/"):
        assert not client.get(path).cookies
