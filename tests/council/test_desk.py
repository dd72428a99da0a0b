"""A meeting's desk: planned, moved, cancelled and held from there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council.models import AgendaItem, Assignment, Attendance, Meeting, Minutes
from idekom.users.models import User
from tests import builders
from tests.council.desk import adjusted, council, meeting_today, person, seat

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"admin:council_meeting_{name}", args=args)


def typed(start: str = "2027-03-12T18:00", end: str = "2027-03-12T20:00", **more: str) -> dict[str, str]:
    """When and where, as the form sends it."""
    return {"starts_at": start, "ends_at": end, "place": "Prövosalen", "premeeting_at": "", "premeeting_place": ""} | more


def test_a_planned_meeting_has_its_agenda_at_once(secretary_client: Client) -> None:
    body = council()
    page = secretary_client.post(url("add"), typed(body=str(body.pk), link="", chair="", secretary=""), follow=True).text
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.items.count()) == ("planned", 4)
    assert "Gör dagordningen klar." in page
    assert "18.05–18.10" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ends_at": "2027-03-12T17:00"}, "Mötet måste sluta efter att det har börjat."),
        ({"premeeting_at": "2027-03-12T19:00"}, "Förmötet måste börja före mötet."),
        ({"premeeting_place": "Fikarummet"}, "Skriv när förmötet börjar"),
        ({"starts_at": "x\x00"}, "Skriv dag och tid"),
        ({"starts_at": "0001-01-01T00:00"}, "Kontrollera året."),
    ],
)
def test_times_that_do_not_fit_are_told_beside_their_field(secretary_client: Client, wrong: dict[str, str], told: str) -> None:
    meeting = builders.meeting()
    for page in (
        secretary_client.post(url("move", meeting.pk), typed() | wrong),
        secretary_client.post(url("add"), typed(body=str(meeting.body_id)) | wrong),
    ):
        assert told in page.text
    assert (Meeting.objects.count(), Meeting.objects.get().place) == (1, "Rådhuset")


def test_a_body_meets_once_a_day(secretary_client: Client) -> None:
    body = council()
    first = builders.meeting(body)
    other = builders.meeting(body, starts_at=first.starts_at + timedelta(days=9), ends_at=first.ends_at + timedelta(days=9))
    same = {"start": f"{timezone.localtime(first.starts_at):%Y-%m-%dT%H:%M}", "end": f"{timezone.localtime(first.ends_at):%Y-%m-%dT%H:%M}"}
    assert "Organet har redan ett möte den dagen." in secretary_client.post(url("move", other.pk), typed(**same)).text


def test_moving_shows_who_is_told_and_moves_when_pressed(secretary_client: Client, secretary: User) -> None:
    meeting = builders.meeting(council())
    assert "Ingen får något mejl." in secretary_client.post(url("move", meeting.pk), typed()).text
    meeting.call(by=secretary)
    check = secretary_client.post(url("move", meeting.pk), typed()).text
    assert "De här 8 får ett mejl: Ersättare 1" in check
    meeting.refresh_from_db()
    assert meeting.place == "Rådhuset"
    secretary_client.post(url("move_take", meeting.pk), typed())
    before, meeting = meeting, Meeting.objects.get(pk=meeting.pk)
    assert (meeting.place, str(meeting.on), meeting.former_days) == ("Prövosalen", "2027-03-12", [before.on])


def test_cancelling_asks_why(secretary_client: Client) -> None:
    meeting = builders.meeting(council())
    assert "Skriv varför mötet ställs in." in secretary_client.post(url("cancel", meeting.pk), {"note": " "}).text
    page = secretary_client.post(url("cancel", meeting.pk), {"note": "För få kan komma."}, follow=True).text
    meeting.refresh_from_db()
    assert (meeting.status, "För få kan komma." in page) == ("cancelled", True)
    for step in ("cancel", "move", "hold"):
        assert "redan hållet eller inställt" in secretary_client.post(url(step, meeting.pk), typed(note="x"), follow=True).text


def test_holding_lists_what_is_not_filled_in(secretary_client: Client, secretary: User) -> None:
    meeting = meeting_today()
    item = meeting.items.get(kind="agenda")
    item.conclude("assigned", by=secretary)
    page = secretary_client.get(url("hold", meeting.pk)).text
    gaps = ["Ingen är antecknad som närvarande", "§ 1 Godkännande av dagordningen gavs i uppdrag", "§ 2 Föregående mötes protokoll har inget utfall"]
    assert [gap in page for gap in gaps] == [True] * 3
    assert Meeting.objects.get().status == "planned"
    secretary_client.post(url("hold", meeting.pk))
    assert Meeting.objects.get().status == "held"


def test_a_meeting_to_come_is_not_held(secretary_client: Client) -> None:
    meeting = builders.meeting()
    assert "Mötet har inte varit än." in secretary_client.post(url("hold", meeting.pk), follow=True).text
    assert Meeting.objects.get().status == "planned"


def test_the_desk_tells_where_it_stands(secretary_client: Client, secretary: User) -> None:
    meeting = meeting_today()
    assert "Ange sedan att mötet är hållet." in secretary_client.get(url("change", meeting.pk)).text
    adjusted(meeting, secretary)
    page = secretary_client.get(url("change", meeting.pk)).text
    assert "Protokollet är justerat. Inget av det som står här ändras längre." in page
    for link in ("agenda", "room", "hold", "move"):
        assert f'href="{url(link, meeting.pk)}"' not in page


def test_the_office_is_told_of_meetings_that_wait(secretary_client: Client, secretary: User) -> None:
    body = council()
    builders.meeting(body)
    held = meeting_today(body)
    held.hold(by=secretary)
    Assignment.objects.create(item=held.items.all()[0], what="Sent", doer="kansliet", due_on=held.on - timedelta(days=1))
    index = secretary_client.get(reverse("admin:index")).text
    for label in ("Möten vars kallelse inte har gått", "Hållna möten vars protokoll inte är klart", "Försenade uppdrag från möten"):
        assert label in index
    Minutes.objects.create(meeting=held)
    assert list(Meeting.objects.without_minutes()) == [held]


@pytest.mark.parametrize("page", ["move_take", "agenda_order"])
def test_what_changes_is_no_page_to_open(secretary_client: Client, page: str) -> None:
    assert secretary_client.get(url(page, builders.meeting().pk)).status_code == 405


@pytest.mark.parametrize("page", ["details", "move", "cancel", "hold", "item_add", "room", "outcomes", "move_take", "agenda_order"])
def test_only_those_with_the_right_write(client: Client, outsider_client: Client, sign_in: Any, page: str) -> None:
    meeting = builders.meeting()
    method = "get" if page == "outcomes" else "post"
    for browser, status in ((client, 302), (outsider_client, 302), (sign_in(builders.user(is_staff=True)), 403)):
        assert getattr(browser, method)(url(page, meeting.pk), typed(note="x")).status_code == status
    assert (Meeting.objects.get().place, Meeting.objects.get().status) == ("Rådhuset", "planned")


def test_a_fuller_desk_takes_no_more_questions(secretary_client: Client) -> None:
    counts = []
    for number in (1, 3):
        meeting = meeting_today()
        for _n in range(number):
            item = AgendaItem.objects.add(meeting, title="Ämne", responsible=person("Ordinarie 1") if number == 1 else builders.person())
            AgendaItem.objects.add(meeting, title="Del", parent=item)
            Assignment.objects.create(item=item, what="Göra", person=builders.person())
            holder = seat(meeting.body, _n + 1)
            Attendance.objects.create(meeting=meeting, person=builders.person(), capacity="ordinary", seat=holder, serves=True)
        with CaptureQueriesContext(connection) as queries:
            secretary_client.get(url("change", meeting.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_longer_lists_take_no_more_questions(secretary_client: Client) -> None:
    """The agenda, the walk through its items, and all assignments."""
    meeting = meeting_today()
    listed = reverse("admin:council_assignment_changelist")
    secretary_client.get(listed)
    counts: list[list[int]] = []
    for _more in range(2):
        for _n in range(2):
            item = AgendaItem.objects.add(meeting, title="Ämne", responsible=builders.person())
            item.papers.create(name="Blad", file="papers/x.pdf")
            Assignment.objects.create(item=item, what="Göra", person=builders.person())
        counts.append([])
        for address in (listed, url("agenda", meeting.pk), url("outcome", meeting.pk, meeting.items.all()[0].pk)):
            with CaptureQueriesContext(connection) as queries:
                secretary_client.get(address)
            counts[-1].append(len(queries))
    assert counts[0] == counts[1]
