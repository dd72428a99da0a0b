"""The secretary's board: each step asks, says what will happen, and does it; by plain forms and without ranges."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from council.models import Body, Mandate, Office, Person, Seat
from idekom.lib.dated import period, today
from tests import builders
from tests.conftest import browser
from tests.payloads import NASTY

ORDINARY = Mandate.Role.ORDINARY
DAY = date(2027, 3, 1)


@pytest.fixture
def seat(standing: Body) -> Seat:
    """Seat 3, held since 2025 by somebody who chairs."""
    seat: Seat = standing.seats.get(number=3)
    mandate = seat.appoint(builders.person(name="Ada Avgår"), role=ORDINARY, from_on=date(2025, 1, 1))
    Office.appoint(mandate, Office.Role.CHAIR, from_on=date(2025, 1, 1))
    return seat


def url(name: str, row: Any) -> str:
    return reverse(f"admin:council_{name}", args=[row.pk])


def typed(**fields: Any) -> dict[str, Any]:
    return {"person": "", "new_name": "", "on": DAY.isoformat(), "role": "ordinary"} | fields


def test_the_board_tells_who_sits_where_and_what_comes(seat: Seat, secretary_client: Client, make: Any) -> None:
    seat.pass_on(make.person(name="Bo Kommer"), on=DAY)
    html = secretary_client.get(url("body_board", seat.body)).text
    assert "till och med 28 februari 2027" in html
    assert "1 mars 2027: Bo Kommer, ordinarie" in html
    assert html.count("<strong>Vakant</strong>") == 13 + 8
    assert html.count("Platsen går över till …") == 14
    assert secretary_client.post(url("body_board", seat.body)).status_code == 405


def test_a_seat_passes_on_after_a_page_that_says_what_will_happen(seat: Seat, secretary_client: Client, make: Any) -> None:
    heir = make.person(name="Bo Kommer")
    address = url("seat_pass_on", seat)
    assert 'name="on" value="' in secretary_client.get(address).text
    page = secretary_client.post(address, typed(person=heir.pk)).text
    assert "Ada Avgår har platsen till och med den 28 februari 2027." in page
    assert "Uppdraget som ordförande upphör samma dag." in page
    assert "Bo Kommer har platsen som ordinarie från och med den 1 mars 2027, tills vidare." in page
    assert seat.mandates.count() == 1  # nothing has happened yet
    answer = secretary_client.post(address, typed(person=heir.pk, confirmed="ja"))
    assert answer.headers["Location"] == url("body_board", seat.body)
    held = [(mandate.person.name, mandate.from_on, mandate.until_on) for mandate in seat.mandates.order_by("period")]
    assert held == [("Ada Avgår", date(2025, 1, 1), DAY - timedelta(days=1)), ("Bo Kommer", DAY, None)]
    assert Office.objects.get().until_on == DAY - timedelta(days=1)


def test_what_was_done_is_in_the_history_with_who_did_it(seat: Seat, secretary_client: Client, secretary: Any) -> None:
    secretary_client.post(url("seat_pass_on", seat), typed(new_name="Ny Person", confirmed="ja"))
    ended = seat.mandates.get(person__name="Ada Avgår").changes.select_related("pgh_context").latest("pgh_id")  # type: ignore[attr-defined]
    assert (ended.pgh_context.metadata["user"], ended.period.upper) == (secretary.pk, DAY)


def test_a_new_name_becomes_a_person_and_a_namesake_another(seat: Seat, secretary_client: Client) -> None:
    address = url("seat_pass_on", seat)
    assert "Åsa Ny läggs till bland personerna." in secretary_client.post(address, typed(new_name="Åsa Ny")).text
    assert not Person.objects.filter(name="Åsa Ny").exists()
    for on in (DAY, DAY + timedelta(days=30)):
        secretary_client.post(address, typed(new_name="Åsa Ny", on=on.isoformat(), confirmed="ja"))
    assert list(Person.objects.filter(name="Åsa Ny").order_by("pk").values_list("slug", flat=True)) == ["asa-ny", "asa-ny-2"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Välj en person i listan eller skriv ett nytt namn"),
        ({"new_name": "Ny", "on": ""}, "Skriv datumet som år-månad-dag"),
        ({"new_name": "Ny", "on": "0001-01-01"}, "Välj en dag mellan 1990 och 2200."),
        ({"new_name": "Ny", "on": "9999-12-31"}, "Välj en dag mellan 1990 och 2200."),
        ({"new_name": "Ny", "on": "2025-01-01"}, "Uppdraget pågår inte den dagen, eller börjar just då."),
        ({"new_name": "Ny", "on": "2018-01-01"}, "Platsen finns inte under hela den tiden."),
        ({"person": "-1"}, "Välj en av personerna i listan"),
        ({"new_name": "Ny", "role": "kung"}, "role"),
        ({"new_name": "x" * 10_000}, "new_name"),
    ],
)
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "ja"}])
def test_what_cannot_be_is_told_and_nothing_happens(
    seat: Seat, secretary_client: Client, fields: dict[str, Any], told: str, confirmed: dict[str, str]
) -> None:
    people = Person.objects.count()
    response = secretary_client.post(url("seat_pass_on", seat), typed(**fields, **confirmed))
    assert response.status_code == 200
    assert told in response.text
    assert (seat.mandates.count(), Person.objects.count()) == (1, people)


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_no_input_breaks_the_step(seat: Seat, secretary_client: Client, nasty: str) -> None:
    for confirmed in ({}, {"confirmed": "ja"}):
        assert (
            secretary_client.post(url("seat_pass_on", seat), typed(new_name=nasty, on=nasty, role=nasty, person=nasty, **confirmed)).status_code
            == 200
        )


def test_a_seat_is_left_vacant(seat: Seat, secretary_client: Client) -> None:
    page = secretary_client.post(url("seat_vacate", seat), {"on": "2027-03-01", "role": "ordinary"}).text
    assert "Platsen är vakant från och med den 1 mars 2027, tills någon utses." in page
    secretary_client.post(url("seat_vacate", seat), {"on": "2027-03-01", "role": "ordinary", "confirmed": "ja"})
    assert seat.sitting(DAY, ORDINARY) is None
    again = secretary_client.post(url("seat_vacate", seat), {"on": "2027-03-01", "role": "ordinary"}).text
    assert "Uppdraget pågår inte den dagen" in again


def test_a_wrong_mandate_is_voided_with_its_reason(seat: Seat, secretary_client: Client, secretary: Any) -> None:
    mandate = seat.mandates.get()
    page = secretary_client.post(url("mandate_void", mandate), {"reason": "Fel person"}).text
    assert "räknas som om det aldrig har funnits" in page
    assert "Skriv varför." in secretary_client.post(url("mandate_void", mandate), {"reason": " ", "confirmed": "ja"}).text
    secretary_client.post(url("mandate_void", mandate), {"reason": "Fel person", "confirmed": "ja"})
    mandate.refresh_from_db()
    assert (mandate.voided_at is not None, mandate.voided_by, mandate.void_reason) == (True, secretary, "Fel person")
    assert secretary_client.get(url("mandate_void", mandate)).status_code == 404
    assert not Office.objects.valid().exists()


def test_the_chair_and_the_vice_chair_are_given_and_ended(seat: Seat, secretary_client: Client, make: Any) -> None:
    same = seat.body.seats.get(number=4)
    other = seat.body.seats.get(number=1)
    for one in (same, other):
        one.appoint(make.person(), role=ORDINARY, from_on=date(2025, 1, 1))
    fields = {"role": "vice_chair", "on": "2026-01-01", "until_on": ""}
    assert "ska komma från var sin sida" in secretary_client.post(url("seat_chair", same), fields).text
    assert (
        "är vice ordförande i Provrådet från och med den 1 januari 2026, tills vidare."
        in secretary_client.post(url("seat_chair", other), fields).text
    )
    secretary_client.post(url("seat_chair", other), fields | {"confirmed": "ja"})
    office = Office.objects.get(role="vice_chair")
    secretary_client.post(url("office_end", office), {"on": "2026-12-31", "confirmed": "ja"})
    office.refresh_from_db()
    assert office.until_on == date(2026, 12, 31)


def test_a_body_is_closed_with_what_follows_it(seat: Seat, secretary_client: Client, make: Any) -> None:
    after = make.body(name="Nya forumet", period=period(DAY))
    fields = {"on": "2027-02-28", "reason": "Ett forum tar vid.", "followed_by": [after.pk]}
    page = secretary_client.post(url("body_close", seat.body), fields).text
    assert "14 platser och 1 uppdrag upphör samma dag" in page
    assert "Det följs av: Nya forumet." in page
    assert f'<input type="hidden" name="followed_by" value="{after.pk}"' in page
    secretary_client.post(url("body_close", seat.body), fields | {"confirmed": "ja"})
    body = Body.objects.get(pk=seat.body_id)
    assert (body.until_on, list(body.successors.all())) == (date(2027, 2, 28), [after])
    assert "Organet är redan avslutat" in secretary_client.post(url("body_close", body), fields).text


@pytest.mark.parametrize("name", ["body_board", "body_close", "seat_pass_on", "seat_vacate", "seat_chair", "mandate_void", "office_end"])
def test_the_steps_are_for_those_who_may(seat: Seat, outsider_client: Client, name: str) -> None:
    row = {"body": seat.body, "seat": seat, "mandate": seat.mandates.get(), "office": Office.objects.get()}[name.partition("_")[0]]
    assert outsider_client.get(url(name, row)).status_code == 302
    reader = builders.user("laser@example.org", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    assert browser(reader).get(url(name, row)).status_code == (200 if name == "body_board" else 403)


def test_what_waits_is_on_the_first_page(seat: Seat, secretary_client: Client) -> None:
    seat.mandates.get().correct(from_on=date(2025, 1, 1), until_on=today() + timedelta(days=30))
    todo = {waiting.label: waiting for waiting in secretary_client.get("/admin/").context["todo"]}
    assert (todo["Mandat som löper ut inom 60 dagar"].count, todo["Platser i rådet utan ledamot"].count) == (1, 13)
    assert todo["Mandat som löper ut inom 60 dagar"].url == url("body_board", seat.body)
