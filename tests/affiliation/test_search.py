"""Searching with a slip of the finger, filtering by umbrella, and citing what was found."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from affiliation.models import Affiliation
from affiliation.register.search import mended
from agreement.models import Membership
from idekom.lib.dated import today
from tests.affiliation.test_files import of_csv, of_json, of_xlsx
from tests.affiliation.test_register import ask, names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("q", ["raddnign", "Räddnign", "rädding", "raddninegn", "räddningne vid"])
def test_a_slip_of_the_finger_is_mended_and_told(client: Client, make: Any, q: str) -> None:
    make.affiliation(make.party("Räddningen vid Ån"))
    make.affiliation(make.party("Öppna dörren"))
    text = ask(client, q=q).content.decode()
    assert names(client, q=q) == ["Räddningen vid Ån"]
    assert f"Ingen träff på ”{q}”. Visar träffar på ”räddningen" in text
    assert f'value="{q}"' in text
    for rows in (of_csv(client, q=q), of_json(client, q=q), of_xlsx(client, q=q)):
        assert [row["namn"] for row in rows] == ["Räddningen vid Ån"]


def test_the_closest_word_is_the_one_that_is_shown(client: Client, make: Any) -> None:
    make.affiliation(make.party("Räddning för alla"))
    make.affiliation(make.party("Rätten till staden"))
    assert "Ingen träff på ”rädding”. Visar träffar på ”räddning”." in ask(client, q="rädding").content.decode()


@pytest.mark.parametrize("q", ["finnsinte", "xyz", "rd", "qqqqqqqq", "raddnign finnsinte"])
def test_what_is_not_near_finds_nothing(client: Client, make: Any, q: str) -> None:
    make.affiliation(make.party("Räddningen vid Ån"))
    assert names(client, q=q) == []
    assert "Visar träffar" not in ask(client, q=q).content.decode()


def test_only_words_of_those_affiliated_on_the_day_are_near(client: Client, make: Any) -> None:
    make.affiliation(make.party("Räddningen"), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    make.party("Räddningens vänner")
    assert names(client, q="raddnign") == []
    assert names(client, q="raddnign", datum="2013-06-01") == ["Räddningen"]


def test_a_slip_costs_one_query_more_than_a_search_in_vain(client: Client, make: Any) -> None:
    for number in range(5):
        make.affiliation(make.party(f"Räddningen {number}"))
    counts = {}
    for q in ("raddningen", "raddnign"):
        with CaptureQueriesContext(connection) as queries:
            ask(client, q=q)
        counts[q] = sum("regexp_split_to_table" in query["sql"] for query in queries)
    assert counts == {"raddningen": 0, "raddnign": 1}


def test_mended_keeps_what_is_known() -> None:
    known = {"raddningen": "räddningen", "an": "ån"}
    assert mended(("raddnign", "an"), known) == ("räddningen", "an")
    assert mended(("raddnign", "zzzz"), known) == ()
    assert mended(("raddnign",), {}) == ()


def test_the_umbrella_filter_shows_its_members_that_are_affiliated_themselves(client: Client, make: Any) -> None:
    umbrella, other = make.party("Paraplyet", kind="umbrella"), make.party("Andra", kind="umbrella")
    work = make.sector("Arbete")
    inside, both, outside, denies, ended = (make.party(name, sector=work) for name in ("Inne", "Båda", "Ute", "Nekar", "Slutat"))
    for party in (umbrella, other, inside, both, outside, denies, ended):
        make.affiliation(party)
    Membership.name_members(umbrella, ["Inne", "Båda", "Nekar", "Inte ansluten"], from_on=today())
    Membership.name_members(other, ["Båda"], from_on=today())
    Membership.objects.get(umbrella=umbrella, name="Nekar").deny()
    Membership.name_member(umbrella, "Slutat", from_on=date(2013, 1, 1))
    Membership.objects.filter(name="Slutat").update(period=("2013-01-01", "2014-01-01"))
    assert names(client, paraply=umbrella.slug) == ["Båda", "Inne"]
    assert names(client, paraply=[umbrella.slug, other.slug]) == ["Båda", "Inne"]
    text = ask(client, paraply=umbrella.slug).content.decode()
    for shown in ("2 anslutna", "Paraplyet (2)", "Andra (1)", "Arbete (2)"):
        assert shown in text
    assert "Arbete (2)" in ask(client, paraply=[umbrella.slug, other.slug]).content.decode()  # who is in both counts once
    assert names(client, paraply=umbrella.slug, q="inne") == ["Inne"]
    assert names(client, paraply="finnsinte") == names(client)


def test_pages_after_the_first_begin_where_the_one_before_ended(client: Client, make: Any) -> None:
    for number in range(120):
        make.affiliation(make.party("Samma namn" if number % 2 else f"Förening {number:03d}"))
    everybody = [row["namn"] for row in of_json(client)]
    pages = [[row["slug"] for row in ask(client, sida=number).context["rows"]] for number in (1, 2, 3)]
    assert [name for number in (1, 2, 3) for name in names(client, sida=number)] == everybody
    assert len({slug for page in pages for slug in page}) == 120


def test_the_list_can_be_cited_as_it_is_on_the_day(client: Client, make: Any) -> None:
    make.affiliation(make.party("Nu"))
    text = ask(client).content.decode()
    assert f"http://127.0.0.1:8000/anslutna/?datum={today().isoformat()}</textarea>" in text
    assert "Idékom: Anslutna till Överenskommelsen Göteborg den " in text
    narrowed = ask(client, q="nu", datum="2026-03-12").content.decode()
    assert (
        "Ett urval av parterna i Överenskommelsen Göteborg den 12 mars 2026. http://127.0.0.1:8000/anslutna/?q=nu&amp;datum=2026-03-12<" in narrowed
    )


def test_what_is_not_confirmed_is_marked_and_stays(client: Client, make: Any) -> None:
    affiliation = make.affiliation(make.party("Tyst"))
    assert "uppgift ej bekräftad" not in ask(client).content.decode()
    Affiliation.objects.filter(pk=affiliation.pk).update(unconfirmed_since=today())
    assert "uppgift ej bekräftad" in ask(client).content.decode()
    assert names(client) == ["Tyst"]
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert "uppgift ej bekräftad" not in ask(client, datum=yesterday).content.decode()


def test_names_are_text_in_every_piece_of_the_page(client: Client, make: Any) -> None:
    umbrella = make.party("<b>P&'\"", kind="umbrella", sector=make.sector("<i>S</i>"))
    make.affiliation(umbrella)
    member = make.affiliation(make.party("<script>x</script>", sector=umbrella.sector)).party
    Membership.name_member(umbrella, member.name, from_on=today())
    for address in (reverse("affiliation:register"), reverse("affiliation:embedded"), reverse("affiliation:embed") + f"?part={member.slug}"):
        text = client.get(address, {"q": "<u>x"} if "?" not in address else {}).content.decode() + client.get(address).content.decode()
        for raw in ("<b>P", "<i>S", "<script>x", "<u>x"):
            assert raw not in text
