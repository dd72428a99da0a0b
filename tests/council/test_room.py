"""Who was in the room, as the secretary writes it down."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council.models import Attendance, Meeting, Person, Room
from idekom.users.models import User
from tests.council.desk import adjusted, council, meeting_today, person, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    """A meeting of today; four seats."""
    return meeting_today()


def row(meeting: Meeting, name: str, how: str, number: int | None = None, **times: str) -> dict[str, str]:
    """What is chosen for somebody with a mandate."""
    digit = number or int(name[-1])
    prefix = f"s{seat(meeting.body, digit).pk}-{person(name).pk}-{int(name.startswith('Ersättare'))}"
    return {f"{prefix}-there": how} | {f"{prefix}-{key}": value for key, value in times.items()}


def save(client: Client, meeting: Meeting, *rows: dict[str, str], others: int = 3) -> str:
    """Send the form; the page that comes."""
    typed = {"others": str(others)} | {key: value for one in rows for key, value in one.items()}
    return client.post(reverse("admin:council_meeting_room", args=[meeting.pk]), typed, follow=True).text


def noted(meeting: Meeting) -> list[tuple[str, str, int | None, bool]]:
    """(name, capacity, seat's number, serves) of everybody, in order of name."""
    return list(meeting.attendances.order_by("person__name").values_list("person__name", "capacity", "seat__number", "serves"))


def test_the_whole_room_in_one_form(meeting: Meeting, secretary_client: Client) -> None:
    other_seat = str(seat(meeting.body, 2).pk)
    page = save(
        secretary_client,
        meeting,
        row(meeting, "Ordinarie 1", "here"),
        row(meeting, "Ersättare 1", other_seat),
        row(meeting, "Ersättare 3", "listens"),
        {"o0-name": "Gun Gäst", "o0-capacity": "guest", "o0-words": "Föreningen Prov"},
    )
    assert noted(meeting) == [
        ("Ersättare 1", "substitute", 2, True),
        ("Ersättare 3", "substitute", 3, False),
        ("Gun Gäst", "guest", None, False),
        ("Ordinarie 1", "ordinary", 1, True),
    ]
    assert "Närvaron är sparad." in page
    assert "2 av 4 platser har någon som tjänstgör." in page
    assert "Kontor 2: här" in page
    assert "Kontor 3: saknas" in page
    assert page.count('value="Föreningen Prov"') == 1


def test_what_stands_already_stays_and_what_is_taken_away_goes(meeting: Meeting, secretary_client: Client) -> None:
    save(secretary_client, meeting, row(meeting, "Ordinarie 1", "here"), row(meeting, "Ordinarie 2", "here"))
    kept = meeting.attendances.get(person__name="Ordinarie 1").pk
    save(secretary_client, meeting, row(meeting, "Ordinarie 1", "here"), row(meeting, "Ersättare 2", str(seat(meeting.body, 2).pk)))
    assert noted(meeting) == [("Ersättare 2", "substitute", 2, True), ("Ordinarie 1", "ordinary", 1, True)]
    assert meeting.attendances.get(person__name="Ordinarie 1").pk == kept


def test_two_for_one_seat_at_a_time_is_told_beside_the_row_and_nothing_is_lost(meeting: Meeting, secretary_client: Client) -> None:
    both = (row(meeting, "Ordinarie 1", "here"), row(meeting, "Ersättare 1", str(seat(meeting.body, 1).pk)))
    page = save(secretary_client, meeting, *both, {"o0-name": "Gun Gäst", "o0-words": "Förening"})
    assert page.count("Någon tjänstgör redan för den platsen") == 1
    assert ('value="Gun Gäst"' in page, 'value="Förening"' in page, 'value="here" selected' in page) == (True, True, True)
    assert (noted(meeting), Person.objects.filter(name="Gun Gäst").exists()) == ([], False)


def test_one_after_the_other_for_a_seat(meeting: Meeting, secretary_client: Client) -> None:
    save(
        secretary_client,
        meeting,
        row(meeting, "Ordinarie 1", "here", left_at="12:30"),
        row(meeting, "Ersättare 1", str(seat(meeting.body, 1).pk), arrived_at="12:30"),
    )
    assert len(noted(meeting)) == 2
    assert Room.of(meeting).served == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"o0-words": "Förening"}, "Välj eller skriv vem det är."),
        ({"o0-name": "Ordinarie 1"}, "Det finns redan en person med det namnet."),
        ({"o0-name": "Ny", "o0-arrived_at": "25:99"}, "Skriv tiden som timme och minut"),
        ({"o0-name": "Ny", "o0-arrived_at": "13:00", "o0-left_at": "12:00"}, "Tiden då personen gick"),
        ({"o0-name": "Ny", "o0-capacity": "ordinary"}, "Välj ett av svaren."),
        ({"o0-person": "999999999999999999999"}, "Välj ett av svaren."),
        ({"o0-person": "x\x00"}, "Inget är sparat än."),
    ],
)
def test_what_cannot_be_read_is_told(meeting: Meeting, secretary_client: Client, typed: dict[str, str], told: str) -> None:
    assert told in save(secretary_client, meeting, typed)
    assert noted(meeting) == []


@pytest.mark.parametrize("others", ["", "x", "-1", "9999", "\x00", "٣"])
def test_a_count_of_rows_that_is_none_does_no_harm(meeting: Meeting, secretary_client: Client, others: str) -> None:
    typed = {"others": others} | row(meeting, "Ordinarie 1", "here") | row(meeting, "Ordinarie 2", "x", arrived_at="12:10")
    page = secretary_client.post(reverse("admin:council_meeting_room", args=[meeting.pk]), typed)
    assert (page.status_code, "Välj ett av svaren." in page.text) == (200, True)


def test_a_time_without_presence_is_told(meeting: Meeting, secretary_client: Client) -> None:
    assert "Tider är ifyllda." in save(secretary_client, meeting, row(meeting, "Ordinarie 1", "", left_at="12:30"))


def test_the_room_is_closed_when_the_minutes_are_adjusted(meeting: Meeting, secretary_client: Client, secretary: User) -> None:
    adjusted(meeting, secretary)
    assert "Närvaron ändras inte längre" in save(secretary_client, meeting, row(meeting, "Ordinarie 1", "here"))
    assert noted(meeting) == []


def test_the_room_is_for_those_who_work_in_the_office(meeting: Meeting, client: Client, outsider_client: Client, sign_in: Any, make: Any) -> None:
    address = reverse("admin:council_meeting_room", args=[meeting.pk])
    for browser, status in ((client, 302), (outsider_client, 302), (sign_in(make.user(is_staff=True)), 403)):
        assert browser.post(address, row(meeting, "Ordinarie 1", "here")).status_code == status
    assert Attendance.objects.count() == 0


def test_a_larger_room_takes_no_more_questions(secretary_client: Client) -> None:
    counts = []
    for seats in (2, 6):
        meeting = meeting_today(council(seats=seats))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            secretary_client.get(reverse("admin:council_meeting_room", args=[meeting.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
