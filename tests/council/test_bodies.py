"""Bodies close and are followed by others; sectors change their names."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from council.models import AlreadyClosed, Body, Mandate, NoReason, Seat, WorkingGroup
from idekom.lib.dated import period

DAY, ORDINARY = date(2026, 6, 30), Mandate.Role.ORDINARY


@pytest.fixture
def body(standing: Body, make: Any) -> Body:
    """The council with two holders, of whom one has not begun on DAY, and a working group."""
    for number, from_on in ((1, date(2025, 1, 1)), (3, date(2026, 9, 1))):
        standing.seats.get(number=number).appoint(make.person(name=f"P{number}"), role=ORDINARY, from_on=from_on)
    fields = {"name": "Gruppen", "purpose": "Provar.", "convener": make.person(name="Sam Kallar")}
    WorkingGroup.objects.create(body=standing, period=period(date(2026, 1, 1)), **fields)
    return standing


def test_a_body_closes_with_its_seats_mandates_and_groups(body: Body, make: Any) -> None:
    after = [make.body(kind=Body.Kind.FORUM, period=period(DAY + timedelta(days=1))) for _one in range(3)]
    body.close(DAY, "Tre forum tar vid.", followed_by=after)
    body.refresh_from_db()
    assert (body.until_on, body.closing_reason, set(body.successors.all())) == (DAY, "Tre forum tar vid.", set(after))
    assert {seat.until_on for seat in body.seats.all()} == {DAY}
    begun, coming = (Mandate.objects.get(person__name=name) for name in ("P1", "P3"))
    assert (begun.until_on, begun.voided_at, coming.void_reason) == (DAY, None, "Tre forum tar vid.")
    assert body.working_groups.get().until_on == DAY
    assert not Seat.objects.filter(body=body).on(DAY + timedelta(days=1)).exists()
    assert [Body.objects.council(day) for day in (DAY, DAY + timedelta(days=1))] == [body, None]


def test_a_body_closes_once_with_a_reason_and_on_a_day_it_exists(body: Body) -> None:
    for on, reason, error in ((DAY, " ", NoReason), (date(2018, 1, 1), "Skäl", AlreadyClosed)):
        with pytest.raises(error):
            body.close(on, reason)
    body.close(DAY, "Skäl")
    with pytest.raises(AlreadyClosed):
        body.close(DAY, "Skäl igen")


def test_a_seat_that_begins_after_the_last_day_stops_the_closing(body: Body, make: Any) -> None:
    make.seat(body, number=77, period=period(DAY + timedelta(days=9)))
    with pytest.raises(AlreadyClosed, match="77"):
        body.close(DAY, "Skäl")
    body.refresh_from_db()
    assert (body.until_on, body.seats.get(number=1).until_on) == (None, None)


def test_the_page_of_a_closed_body_says_why_and_what_followed(idekom: Body, client: Client) -> None:
    page = client.get("/radet/organ/idekom/").text
    for words in ("9 juni 2017", "Samverkan fick en ny form", "Forum 3 av 3", "22 platser:"):
        assert words in page
    assert "Kom efter" in client.get("/radet/organ/styrgruppen/").text
    assert client.get("/radet/organ/finns-inte/").status_code == 404
    assert client.post("/radet/organ/idekom/").status_code == 405


@pytest.fixture
def renamed(standing: Body, make: Any) -> Seat:
    """A seat of a sector that changed its name in 2023."""
    new = make.sector("Funktionsrätt", slug="ny", period=period(date(2023, 1, 1)))
    old = make.sector("Handikapp", slug="gammal", period=period(date(2010, 3, 5), date(2022, 12, 31)), successor=new)
    Seat.objects.filter(body=standing, number=3).update(sector=old)
    return standing.seats.get(number=3)


def test_a_sector_has_the_name_of_its_day(renamed: Seat, client: Client) -> None:
    days = (date(2022, 12, 31), date(2023, 1, 1), date(2026, 1, 1))
    shown = [next(seat for seat in renamed.body.seats.seated(day) if seat.number == 3).sector_then for day in days]
    assert [sector.name if sector else None for sector in shown] == ["Handikapp", "Funktionsrätt", "Funktionsrätt"]
    assert "– Handikapp" in client.get("/radet/?datum=2022-12-31").text
    now = client.get("/radet/").text
    assert ("– Funktionsrätt" in now, "– Handikapp" in now) == (True, False)
    assert "hette tidigare Handikapp" in client.get(renamed.get_absolute_url()).text


def test_a_new_sector_on_a_seat_shows_its_old_name_before(renamed: Seat) -> None:
    seat = renamed
    seat.sector = seat.sector.successor if seat.sector else None
    seat.save()
    found = next(one for one in seat.body.seats.seated(date(2020, 1, 1)) if one.number == 3)
    assert str(found.sector_then) == "Handikapp"


def test_who_moves_to_another_seat_leaves_the_first(body: Body) -> None:
    mandate, to = Mandate.objects.get(person__name="P1"), body.seats.get(number=2)
    moved = mandate.move(to, DAY)
    mandate.refresh_from_db()
    assert (mandate.until_on, moved.seat, moved.from_on, moved.until_on) == (DAY - timedelta(days=1), to, DAY, None)
    with pytest.raises(ValidationError):
        moved.move(mandate.seat, DAY)  # it begins that very day
