"""The pages of seats and members: what they represent through the years, and nothing that is private."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.models import Body, Mandate, Office, Person, WorkingGroup
from idekom.lib.dated import period, today

ORDINARY, SUBSTITUTE = Mandate.Role.ORDINARY, Mandate.Role.SUBSTITUTE
CANARIES = ("kanariefagel@privat.example.org", "070-13 13 13 13", "nominerar-hemligt@example.org", "VOIDCANARY")


@pytest.fixture
def seated(standing: Body, make: Any) -> Body:
    """Seat 3 held by one and then another, with private data in every field there is, and a void mandate."""
    seat = standing.seats.get(number=3)
    seat.nominator_email = CANARIES[2]
    seat.save()
    first = make.person(name="Anna Först", slug="anna-forst", email=CANARIES[0], phone=CANARIES[1])
    seat.appoint(first, role=ORDINARY, from_on=date(2020, 1, 1))
    seat.pass_on(make.person(name="Bo Sedan", slug="bo-sedan", email=CANARIES[0], phone=CANARIES[1]), on=date(2024, 3, 1))
    seat.appoint(make.person(name="Eva Ersätter", slug="eva"), role=SUBSTITUTE, from_on=date(2024, 1, 1))
    wrong = standing.seats.get(number=4).appoint(make.person(name="Fel Person", slug="fel"), role=ORDINARY, from_on=date(2024, 1, 1))
    wrong.void(reason=CANARIES[3])
    return standing


def test_a_seats_page_tells_its_holders_through_the_years(seated: Body, client: Client) -> None:
    page = client.get("/radet/organ/provradet/platser/3/").text
    assert "Plats 3: Plats" in client.get("/radet/platser/3/").text
    rows = page[page.index("<tbody>") :]
    assert [name in rows for name in ("Anna Först", "Bo Sedan", "Eva Ersätter")] == [True] * 3
    assert "29 februari 2024" in rows
    assert page.count('<rect class="fill-ink') == 2
    assert page.count('<rect class="fill-none') == 1


@pytest.mark.parametrize("path", ["/radet/platser/999/", "/radet/platser/99999999999999/", "/radet/organ/x/platser/1/", "/radet/ledamoter/ingen/"])
def test_what_is_not_there_is_not_found(seated: Body, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_seats_of_an_empty_portal_are_not_found(db: None, client: Client) -> None:
    assert client.get("/radet/platser/1/").status_code == 404
    assert "Ingen sitter i dag" in client.get("/radet/ledamoter/").text


def test_a_member_page_tells_what_they_represent(seated: Body, client: Client) -> None:
    WorkingGroup.objects.create(
        body=seated, name="Samrådsgruppen", purpose="Provar samråd.", convener=Person.objects.get(slug="bo-sedan"), period=period(today())
    )
    mandate = Mandate.objects.get(person__slug="bo-sedan")
    Office.appoint(mandate, Office.Role.CHAIR, from_on=today())
    page = client.get("/radet/ledamoter/bo-sedan/").text
    for words in ("Bo Sedan", "Provrådet, plats 3", "Civilsamhället", "1 mars 2024", "Samrådsgruppen", "Ordförande, "):
        assert words in page
    assert "Har ingen plats i dag." in client.get("/radet/ledamoter/anna-forst/").text
    council = client.get("/radet/").text
    assert council.index("Ordförande") < council.index("Bo Sedan")
    assert "Samrådsgruppen" in council


def test_who_was_never_seated_has_no_page(seated: Body, client: Client, make: Any) -> None:
    make.person(name="Okänd", slug="okand")
    assert [client.get(f"/radet/ledamoter/{slug}/").status_code for slug in ("okand", "fel")] == [404, 404]


def test_the_members_are_those_who_sit_and_those_who_did(seated: Body, client: Client) -> None:
    page = client.get("/radet/ledamoter/").text
    now, before = page[page.index("Sitter i dag") : page.index("Tidigare ledamöter")], page[page.index("Tidigare ledamöter") :]
    assert [name in now for name in ("Bo Sedan", "Eva Ersätter", "Anna Först")] == [True, True, False]
    assert ("Anna Först" in before, "Fel Person" in page) == (True, False)


def test_nothing_private_is_on_any_page(seated: Body, client: Client) -> None:
    paths = ["/radet/", "/radet/?datum=2024-01-01", "/radet/ledamoter/", "/radet/platser/3/", "/radet/platser/4/", "/radet/organ/provradet/"]
    paths += [f"/radet/ledamoter/{slug}/" for slug in ("anna-forst", "bo-sedan", "eva")]
    for path in [*paths, *(f"/en{path}" for path in paths)]:
        response = client.get(path)
        assert response.status_code == 200
        assert [canary for canary in CANARIES if canary in response.text] == []
        assert not response.cookies


def test_days_of_change_are_links_and_options(seated: Body, client: Client) -> None:
    page = client.get("/radet/?datum=2024-02-15").text
    assert '?datum=2024-01-01" rel="prev"' in page
    assert '?datum=2024-03-01" rel="next"' in page
    assert '<option value="2024-01-01" selected>1 januari 2024: 14 platser</option>' in page
    assert '<option value="2017-06-10">' in page


def test_the_table_by_side_has_the_maps_numbers(seated: Body, client: Client) -> None:
    html = client.get("/radet/").text
    picture = html[html.index('<svg viewBox="0 0 400 232"') : html.index("</figure>")]
    table = html[html.index("Platserna efter sida") :].split("</table>")[0]
    numbers = [int(cell) for cell in re.findall(r'<td class="num"[^>]*>(\d+)</td>', table)]
    assert numbers == [6, 0, 0, 6, 8, 1, 1, 7, 14, 1, 1, 13]  # seats, ordinary, substitutes, vacant: the City, civil society, together
    assert (picture.count("<rect "), picture.count("<circle "), picture.count("fill-none")) == (6, 8, 13)


@pytest.mark.parametrize("path", ["/radet/ledamoter/", "/radet/ledamoter/bo-sedan/", "/radet/platser/3/"])
def test_the_pages_ask_as_often_however_much_there_is(seated: Body, client: Client, make: Any, path: str) -> None:
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            day = date(2019, 1, 1) + timedelta(days=30 * (rows * 3 + number))
            seated.seats.get(number=5 + number).pass_on(Person.objects.get(slug="bo-sedan"), on=day) if rows == 1 else None
            seated.seats.get(number=3).appoint(make.person(), role=SUBSTITUTE, from_on=day, until_on=day)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
