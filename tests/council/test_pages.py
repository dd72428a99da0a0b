"""The council's page, today and on any day."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council.models import Body, Mandate, Meeting, Seat

MISTAKE = "Skriv datumet som år-månad-dag, till exempel 2010-03-05. Sidan visar rådet i dag."


def read(client: Client, path: str = "/radet/") -> str:
    """What is read on the page."""
    html = client.get(path).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def seated(standing: Body, make: Any) -> Body:
    """The council with a holder in seat 3 since 2026, and a substitute beside them."""
    seat = standing.seats.get(number=3)
    seat.appoint(make.person(name="Vera Vald", title="vice ordförande"), role=Mandate.Role.ORDINARY, from_on=date(2026, 1, 1))
    seat.appoint(make.person(name="Sam Steg"), role=Mandate.Role.SUBSTITUTE, from_on=date(2026, 1, 1))
    return standing


def test_the_council_of_the_first_day_has_fourteen_seats(idekom: Body, client: Client) -> None:
    page = read(client, "/radet/?datum=2010-03-05")
    assert "Rådet den 5 mars 2010" in page
    assert "14 platser: 2 / 8 / 4 Förtroendevalda: 2 Social ekonomi: 8 Tjänstepersoner: 4" in page
    assert "1. Presidiet i Social resursnämnd Social resursnämnd Uppgift saknas Platsen har ingen ersättare" in page
    assert page.count("Den sociala ekonomin Göteborgsregionens sociala ekonomi (GSE) Uppgift saknas Uppgift saknas") == 8
    assert "Vakant " not in page.replace("Vakanta", "")
    assert "Förtroendevalda (2) Staden" in page
    assert "Social ekonomi (8) Civilsamhället" in page


def test_before_the_council_the_page_says_that_there_was_none(idekom: Body, client: Client) -> None:
    page = read(client, "/radet/?datum=2009-12-31")
    assert "Rådet den 31 december 2009" in page
    assert "Inget råd den dagen" in page
    assert "platser:" not in page


def test_today_shows_who_sits_where(seated: Body, client: Client) -> None:
    page = read(client)
    assert "Rådet i dag, " in page
    assert "Vera Vald , vice ordförande Sam Steg" in page
    assert "Vera Vald" not in read(client, "/radet/?datum=2025-12-31")


def test_the_council_follows_its_seats_through_time(standing: Body, client: Client, make: Any) -> None:
    fields = {"group": standing.groups.get(number=3), "number": 90, "period": make.period(date(2023, 10, 1), date(2024, 12, 31))}
    make.seat(standing, **fields)
    days = ("2023-09-30", "2023-10-01", "2024-12-31", "2025-01-01")
    counts = [re.findall(r"\d+ platser: [\d /]+\d", read(client, f"/radet/?datum={day}")) for day in days]
    assert counts == [["14 platser: 2 / 8 / 4"], ["15 platser: 2 / 8 / 5"], ["15 platser: 2 / 8 / 5"], ["14 platser: 2 / 8 / 4"]]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2013-10-15", "21 platser: 21 Uppgift saknas om grupp: 21"),
        ("2014-06-01", "20 platser: 20"),
        ("2017-01-01", "22 platser: 13 / 9 Civilsamhället: 13 Staden: 9"),
    ],
)
def test_idekom_on_the_days_that_are_known(idekom: Body, client: Client, day: str, told: str) -> None:
    assert told in read(client, f"/radet/?datum={day}")


@pytest.mark.parametrize("path", ["/radet/", "/radet/?datum=2017-06-10"])
def test_after_the_council_the_page_says_when_it_closed_and_what_came_after(idekom: Body, client: Client, path: str) -> None:
    page = read(client, path)
    assert "Idékom avslutades den 9 juni 2017 Samverkan fick en ny form" in page
    assert "Efter det kom: Forum 1 av 3 Forum 2 av 3 Forum 3 av 3 Styrgruppen Se platserna den sista dagen" in page
    assert "I Idékoms råd möttes staden" in page


@pytest.mark.parametrize("typed", ["igår", "2010-13-05", "5 mars 2010", "", "0000-00-00", "99999-01-01", "%00", "<script>alert(1)</script>"])
def test_a_day_that_cannot_be_read_is_told_beside_the_field(standing: Body, client: Client, typed: str) -> None:
    response = client.get("/radet/", {"datum": typed})
    assert response.status_code == 200
    assert response.text.count(MISTAKE) == 2  # in the summary and beside the field
    assert "<title>Fel: Rådet – Idékom</title>" in response.text
    assert "<script>alert" not in response.text
    assert "14 platser:" in read(client, "/radet/?datum=x")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_as_well(idekom: Body, client: Client, day: str) -> None:
    assert client.get("/radet/", {"datum": day}).status_code == 200


def test_the_page_says_that_the_council_binds_nobody_and_what_it_does(idekom: Body, client: Client) -> None:
    page = read(client)
    assert "Rådet binder ingen" in page
    assert "Vad rådet hade i uppdrag" in page
    assert "Före juni 2017: 22 platser, som beskrivs som 13 + 9." in page


def test_the_next_meetings_are_listed_on_every_day(standing: Body, client: Client, make: Any) -> None:
    assert "Inget möte är bestämt" in read(client)
    starts = datetime(2030, 3, 12, 13, 0, tzinfo=timezone.get_default_timezone())
    make.meeting(standing, starts_at=starts, ends_at=starts + timedelta(hours=2), place="Exempelsalen")
    make.meeting(standing, starts_at=starts.replace(year=2020), ends_at=starts.replace(year=2020) + timedelta(hours=2), place="Gamla salen")
    for path in ("/radet/", "/radet/?datum=2009-12-31"):
        page = read(client, path)
        assert "12 mars 2030 , kl. 13.00–15.00 Exempelsalen" in page
        assert "Gamla salen" not in page


def test_the_seat_map_draws_each_side_in_its_shape(seated: Body, client: Client) -> None:
    html = client.get("/radet/").text
    picture = html[html.index('<svg viewBox="0 0 400 232"') : html.index("</figure>")]
    assert (picture.count("<rect "), picture.count("<circle ")) == (6, 8)
    assert (picture.count("fill-none"), picture.count("fill-civil_society")) == (13, 1)
    assert "<title" in picture
    assert "<desc" in picture
    assert not re.search(r'(?:x|y|width|cx|cy|r)="\d+,', picture)  # Swedish decimals are no SVG


def test_the_page_in_english(idekom: Body, client: Client) -> None:
    page = read(client, "/en/radet/?datum=2010-03-05")
    assert "Presidium of Social resursnämnd" in page
    assert "Elected members: 2 Social economy: 8 Officials: 4" in page
    assert "What the council was to do" in page


def test_an_empty_portal_has_a_council_page(db: None, client: Client) -> None:
    page = read(client)
    assert "Inget råd den dagen" in page
    assert "Inget möte är bestämt" in page


def test_the_page_is_only_read(idekom: Body, client: Client) -> None:
    assert client.post("/radet/").status_code == 405
    assert not client.get("/radet/").cookies


def test_the_page_asks_as_often_however_many_seats_there_are(db: None, client: Client, make: Any) -> None:
    body = make.body()
    counts = []
    for rows in (1, 3, 300):
        for _row in range(rows - Seat.objects.count()):
            make.seat(body).appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=date(2020, 1, 1))
            if (held := Meeting.objects.count()) < rows:
                start = timezone.now() + timedelta(days=held + 1)  # a body meets once a day
                make.meeting(body, starts_at=start, ends_at=start + timedelta(hours=2))
        with CaptureQueriesContext(connection) as captured:
            assert f"{rows} plats" in read(client)
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 14
