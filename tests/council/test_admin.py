"""The council in the secretary's office."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council.models import Body, Mandate, Meeting, Seat, SeatGroup

MODELS = ["body", "seatgroup", "seat", "person", "mandate", "meeting", "workinggroup"]
TAKEN = "Platsen har redan någon i den rollen under en del av tiden."


def url(name: str, view: str, *args: Any) -> str:
    return reverse(f"admin:council_{name}_{view}", args=args)


@pytest.fixture
def mandate(db: None, make: Any) -> Mandate:
    """Somebody who holds a seat without end."""
    seat: Seat = make.seat(has_substitute=True)
    return seat.appoint(make.person(name="Vera Vald"), role=Mandate.Role.ORDINARY, from_on=date(2025, 1, 1))


def typed(seat: Seat, person: Any, role: str = "ordinary", from_on: str = "2026-01-01", until_on: str = "") -> dict[str, str]:
    """What the secretary writes in the form."""
    return {"seat": str(seat.pk), "person": str(person.pk), "role": role, "period_0": from_on, "period_1": until_on}


@pytest.mark.parametrize("name", MODELS)
def test_the_lists_and_the_empty_forms_open(idekom: Body, mandate: Mandate, make: Any, secretary_client: Client, name: str) -> None:
    make.meeting(idekom)
    listed = secretary_client.get(url(name, "changelist"), {"q": "a"})
    assert listed.status_code == 200
    assert 'id="changelist"' in listed.text
    assert 'name="_save"' in secretary_client.get(url(name, "add")).text


@pytest.mark.parametrize("name", MODELS)
def test_the_lists_are_for_the_secretariat(db: None, outsider_client: Client, name: str) -> None:
    assert outsider_client.get(url(name, "changelist")).status_code == 302


def test_the_list_says_from_when_and_until_when(mandate: Mandate, secretary_client: Client) -> None:
    html = secretary_client.get(url("mandate", "changelist")).text
    assert [text in html for text in ("Från och med", "Till och med", "1 januari 2025")] == [True] * 3


def test_the_secretary_seats_a_person(db: None, make: Any, secretary_client: Client) -> None:
    seat, person = make.seat(has_substitute=True), make.person()
    assert secretary_client.post(url("mandate", "add"), typed(seat, person)).status_code == 302
    assert secretary_client.post(url("mandate", "add"), typed(seat, make.person(), role="substitute")).status_code == 302
    held = Seat.objects.with_holders(date(2026, 1, 1)).get()
    assert (held.holder, held.substitute is not None) == (person, True)


def test_a_period_is_written_as_two_dates_with_a_label_each(db: None, secretary_client: Client) -> None:
    html = secretary_client.get(url("mandate", "add")).text
    inputs = re.findall(r'<input type="date" name="(period_[01])"[^>]*aria-label="([^"]+)"', html)
    assert inputs == [("period_0", "Från och med"), ("period_1", "Till och med")]


def test_an_overlap_is_told_beside_the_form(mandate: Mandate, make: Any, secretary_client: Client) -> None:
    response = secretary_client.post(url("mandate", "add"), typed(mandate.seat, make.person()))
    assert response.status_code == 200
    assert TAKEN in response.text
    assert Mandate.objects.get() == mandate


def test_another_seat_is_free(mandate: Mandate, make: Any, secretary_client: Client) -> None:
    assert secretary_client.post(url("mandate", "add"), typed(make.seat(), make.person())).status_code == 302
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "substitute"}, "role"),
        ({"role": "kung"}, "role"),
        ({"seat": "", "person": ""}, "seat"),
        ({"seat": "999999"}, "seat"),
        ({"period_0": "2026-02-01", "period_1": "2026-01-01"}, "period"),
        ({"period_0": "", "period_1": "2026-01-01"}, "__all__"),
        ({"period_0": "2026-01-01", "period_1": "9999-12-31"}, "period"),
        ({"period_0": "i dag"}, "period"),
    ],
)
def test_what_is_written_wrong_is_told_and_never_a_crash(make: Any, db: None, secretary_client: Client, changed: dict[str, str], field: str) -> None:
    response = secretary_client.post(url("mandate", "add"), typed(make.seat(), make.person()) | changed)
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert not Mandate.objects.exists()


def test_a_mandate_is_ended_but_neither_moved_nor_deleted(mandate: Mandate, make: Any, secretary_client: Client) -> None:
    address = url("mandate", "change", mandate.pk)
    moved = typed(make.seat(), make.person(), from_on="2025-01-01", until_on="2026-06-30")
    assert secretary_client.post(address, moved).status_code == 302
    seat, person = mandate.seat, mandate.person
    mandate.refresh_from_db()
    assert (mandate.seat, mandate.person, mandate.until_on) == (seat, person, date(2026, 6, 30))
    assert secretary_client.post(url("mandate", "delete", mandate.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in secretary_client.get(url("mandate", "changelist")).text


def test_an_overlap_by_a_longer_mandate_is_told(mandate: Mandate, make: Any, secretary_client: Client) -> None:
    early = mandate.seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=date(2024, 1, 1), until_on=date(2024, 12, 31))
    response = secretary_client.post(url("mandate", "change", early.pk), {"period_0": "2024-01-01", "period_1": "2025-01-31"})
    assert response.status_code == 200
    assert TAKEN in response.text
    early.refresh_from_db()
    assert early.until_on == date(2024, 12, 31)


def test_a_meeting_that_ends_before_it_starts_is_told(db: None, make: Any, secretary_client: Client) -> None:
    moments = {"starts_at": "2026-12-01T15:00", "ends_at": "2026-12-01T13:00"}
    fields = {"body": str(make.body().pk), "place": "Salen", **moments}
    assert "Mötet måste sluta efter att det har börjat." in secretary_client.post(url("meeting", "add"), fields).text
    assert secretary_client.post(url("meeting", "add"), fields | {"ends_at": "2026-12-01T17:00"}).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.place, timezone.localtime(meeting.ends_at).hour) == ("Salen", 17)
    assert 'type="datetime-local" name="ends_at" value="2026-12-01T17:00"' in secretary_client.get(url("meeting", "move", meeting.pk)).text


def test_a_body_is_made_with_its_groups(db: None, secretary_client: Client) -> None:
    group = {"groups-TOTAL_FORMS": "1", "groups-INITIAL_FORMS": "0", "groups-0-number": "1", "groups-0-name_sv": "Alla", "groups-0-side": "city"}
    fields = {"slug": "forum", "name_sv": "Forum", "kind": "forum", "period_0": "2017-06-10", "period_1": "", **group}
    fields |= {"standing_items-TOTAL_FORMS": "0", "standing_items-INITIAL_FORMS": "0"}
    assert secretary_client.post(url("body", "add"), fields).status_code == 302
    assert SeatGroup.objects.get().body.name == "Forum"


@pytest.mark.parametrize("name", ["mandate", "seat"])
def test_the_lists_ask_as_often_however_long_they_are(make: Any, secretary_client: Client, name: str) -> None:
    body, nominator, sector = make.body(), make.party(), make.sector()
    secretary_client.get(url(name, "changelist"))
    counts = []
    for rows in (1, 3, 300):
        for _row in range(rows - Seat.objects.count()):
            seat = make.seat(body, nominator=nominator, sector=sector)
            seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=date(2020, 1, 1))
        with CaptureQueriesContext(connection) as captured:
            assert secretary_client.get(url(name, "changelist")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
