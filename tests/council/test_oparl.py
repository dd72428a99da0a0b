"""The council as open data: the fields that OParl 1.1 requires, addresses that resolve, and nothing that the pages hide."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council.models import AgendaItem, Assignment, Attendance, Body, Mandate, Meeting
from council.oparl import KINDS, SCHEMA
from idekom.lib.dated import today
from tests import builders
from tests.council import building, proposing

pytestmark = pytest.mark.django_db

REQUIRED = {
    "System": {"id", "type", "oparlVersion", "body"},
    "Body": {
        "id",
        "type",
        "name",
        "organization",
        "person",
        "meeting",
        "paper",
        "legislativeTerm",
        "agendaItem",
        "file",
        "membership",
        "locationList",
    },
    "Organization": {"id", "type", "body", "name", "membership", "meeting"},
    "Person": {"id", "type", "body", "name", "membership"},
    "Membership": {"id", "type", "person", "organization", "startDate"},
    "Meeting": {"id", "type", "name", "start", "end", "organization", "agendaItem", "location", "meetingState", "cancelled", "created", "modified"},
    "AgendaItem": {"id", "type", "meeting", "number", "order", "name", "public", "created", "modified"},
    "Location": {"id", "type", "description"},
    "Paper": {"id", "type", "body", "name", "paperType", "created", "modified"},
    "File": {"id", "type", "name", "mimeType", "accessUrl"},
}


@pytest.fixture
def council() -> Body:
    return builders.body(slug="idekom", name="Idékom")


@pytest.fixture
def told(council: Body) -> Meeting:
    """A meeting with adjusted minutes, a paper and a member."""
    building.member(council)
    meeting = building.held(council)
    item = building.item(meeting)
    AgendaItem.objects.create(meeting=meeting, parent=item, position=1, title="En del")
    building.paper(item)
    item.conclude("decided", by=builders.user(), words="Ja.")
    building.adjusted(meeting)
    return meeting


def read(client: Client, address: str) -> Any:
    response = client.get(address.removeprefix(settings.SITE_URL))
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), address
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def addresses(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (address for value in data.values() for address in addresses(value))
    elif isinstance(data, list):
        yield from (address for value in data for address in addresses(value))
    elif isinstance(data, str) and data.startswith(f"{settings.SITE_URL}/radet/data/"):
        yield data


def everything(client: Client) -> dict[str, Any]:
    """{address: what is there}: all that can be reached from the start."""
    found: dict[str, Any] = {}
    waiting = [f"{settings.SITE_URL}/radet/data/"]
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = read(client, address)
            waiting += addresses(found[address])
    return found


def test_every_address_resolves_and_every_object_has_what_is_required(client: Client, told: Meeting) -> None:
    proposing.adopted()
    seen = set()
    for address, data in everything(client).items():
        if "data" in data:
            assert {"data", "pagination", "links"} <= set(data)
            assert {"totalElements", "elementsPerPage", "currentPage", "totalPages"} == set(data["pagination"])
            continue
        kind = data["type"].removeprefix(SCHEMA)
        assert data["id"] == address
        assert REQUIRED[kind] <= set(data), kind
        seen.add(kind)
    assert seen == set(REQUIRED)


def test_a_meeting_and_its_items(client: Client, told: Meeting) -> None:
    data = read(client, f"/radet/data/moten/{told.pk}/")
    assert (data["meetingState"], data["cancelled"]) == ("durchgeführt", False)
    assert [(one["number"], one["order"], one["name"]) for one in data["agendaItem"]] == [("1", 0, "Lokalerna"), ("1.1", 1, "En del")]
    assert (data["agendaItem"][0]["result"], data["agendaItem"][0]["resolutionText"]) == ("beslutades", "Ja.")
    assert data["web"].endswith(told.get_absolute_url())
    assert read(client, f"/en/radet/data/moten/{told.pk}/") == data


def test_what_the_pages_hide_is_not_here(client: Client, council: Body) -> None:
    building.member(council, email="kanarie.epost@example.org", name="KANARIE-konto")
    builders.person(name="KANARIE-utan-uppdrag")
    wrong = builders.seat(council).appoint(builders.person(name="KANARIE-ogiltig"), role=Mandate.Role.ORDINARY, from_on=today())
    wrong.void(reason="Ett misstag")
    planned, held = builders.meeting(council, link="https://kanarie.example.org"), building.held(council)
    building.item(planned, "KANARIE-planerad")
    shown, hidden = building.item(held, "Öppen", discussion="KANARIE"), building.item(held, "KANARIE-intern", is_internal=True)
    AgendaItem.objects.create(meeting=held, parent=hidden, position=1, title="KANARIE-del")
    building.paper(hidden, "KANARIE-bilaga")
    building.paper(shown, "KANARIE-underlag", is_internal=True)
    shown.conclude("decided", by=builders.user(), words="KANARIE-beslut")
    Assignment.objects.create(item=shown, what="KANARIE-uppdrag", doer="Kansliet")
    Attendance.objects.create(meeting=held, person=builders.person(name="KANARIE-gäst"), capacity="guest")
    building.asked()
    text = json.dumps(everything(client), ensure_ascii=False)
    assert "kanarie" not in text.lower()
    assert "Öppen" in text
    assert "Utan konto" in text  # a member of a body, whose poll is not here
    assert "Extra möte" not in text


def test_only_what_has_changed_can_be_asked_for(client: Client, told: Meeting) -> None:
    proposing.adopted()
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    for kind, wanted in KINDS.items():
        if wanted.is_stamped:
            total = read(client, f"/radet/data/{kind}/")["pagination"]["totalElements"]
            since = client.get(f"/radet/data/{kind}/", {"modified_since": later}).json()["pagination"]["totalElements"]
            until = client.get(f"/radet/data/{kind}/", {"created_until": later}).json()["pagination"]["totalElements"]
            assert (since, until) == (0, total), kind
            assert total > 0


@pytest.mark.parametrize("query", ["modified_since=igar", "modified_since=2026-13-99", "created_until=%00"])
def test_a_moment_that_is_none_is_told(client: Client, council: Body, query: str) -> None:
    assert client.get(f"/radet/data/moten/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["finnsinte/", "moten/999999/", "moten/99999999999999999999/", "samverkan/2/", "arenden/1/"])
def test_what_is_not_there_is_missing(client: Client, council: Body, path: str) -> None:
    assert client.get(f"/radet/data/{path}").status_code == 404


def test_lists_have_pages_that_lead_to_each_other(client: Client, council: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("council.oparl.PER_PAGE", 2)
    for days in (1, 2, 3):
        building.held(council, days_ago=days)
    first = client.get(f"/radet/data/moten/?organ={council.pk}&page=x&modified_since=2020-01-01").json()
    assert (len(first["data"]), first["pagination"]["totalPages"]) == (2, 2)
    assert "prev" not in first["links"]
    second = read(client, first["links"]["next"])
    assert (len(second["data"]), "next" in second["links"], second["links"]["first"]) == (1, False, first["links"]["first"])


def test_lists_ask_the_database_as_often_for_three_as_for_one(client: Client, council: Body) -> None:
    def add(days: int) -> None:
        building.member(council)
        item = building.item(building.held(council, days_ago=days))
        building.paper(item)
        (row,) = proposing.addressed(of=proposing.adopted(f"Förslag {days}"))
        proposing.says(row)

    def counts() -> dict[str, int]:
        found = {}
        for kind in KINDS:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/radet/data/{kind}/")
            found[kind] = len(queries)
        return found

    add(1)
    one = counts()
    add(2)
    add(3)
    assert counts() == one


def test_the_data_are_linked_from_the_pages(client: Client, told: Meeting) -> None:
    for path in (told.get_absolute_url(), "/radet/moten/"):
        text = client.get(path).content.decode()
        assert 'rel="alternate" type="application/json"' in text
    assert "/radet/data/" in client.get("/oppna-data/").content.decode()
