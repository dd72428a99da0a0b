"""The meetings as everybody sees them: what is shown when, and what is never shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council.models import AgendaItem, Assignment, Body, Meeting
from tests import builders
from tests.council import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Body:
    return builders.body(slug="idekom", name="Idékom")


def page(client: Client, meeting: Meeting) -> str:
    response = client.get(meeting.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_planned_meeting_says_that_the_agenda_comes(client: Client, council: Body) -> None:
    meeting = builders.meeting(council, premeeting_at=timezone.now() + timedelta(days=6, hours=23), premeeting_place="Lilla rummet")
    building.item(meeting, "Ännu inte bestämt")
    text = page(client, meeting)
    assert "Dagordningen kommer när kallelsen har skickats." in text
    assert "Rådhuset" in text
    assert "Lilla rummet" in text
    assert "Ännu inte bestämt" not in text
    assert meeting.calendar_url in text


def test_a_called_meeting_shows_its_agenda_with_numbers_times_and_parts(client: Client, council: Body) -> None:
    meeting = builders.meeting(council)
    first = building.item(meeting, "Inledning", minutes=10, responsible=builders.person(name="Föra Gande"))
    building.item(meeting, "Lokalerna", minutes=30)
    AgendaItem.objects.create(meeting=meeting, parent=first, position=1, title="En del")
    meeting.call(by=builders.user())
    text = page(client, meeting)
    for words in ('id="p1"', 'id="p1-1"', 'id="p2"', "Föredragande: Föra Gande", "En del", "10 minuter"):
        assert words in text
    start = timezone.localtime(meeting.starts_at)
    assert f"Kl. {start + timedelta(minutes=10):%H.%M}" in text


def test_outcomes_and_assignments_wait_for_the_adjusted_minutes(client: Client, council: Body) -> None:
    meeting = building.held(council)
    item = building.item(meeting, discussion="KANARIE-samtal")
    item.conclude("decided", by=builders.user(), words="KANARIE-beslut")
    Assignment.objects.create(item=item, what="KANARIE-uppdrag", doer="Kansliet")
    before = page(client, meeting)
    assert "Lokalerna" in before
    assert "KANARIE" not in before
    assert "Utfall" not in before
    assert "Protokollet är inte justerat än" in before
    building.adjusted(meeting)
    after = page(client, meeting)
    for words in ("KANARIE-samtal", "KANARIE-beslut", "KANARIE-uppdrag", "beslutades", "Läs protokollet"):
        assert words in after


@pytest.mark.parametrize("who", ["anonymous", "member", "secretary"])
def test_what_is_internal_is_not_there_whoever_asks(who: str, council: Body, sign_in: Any, secretary: Any) -> None:
    member = building.member(council)
    client = sign_in({"anonymous": None, "member": member, "secretary": secretary}[who])
    meeting = building.held(council, link="https://mote.example.org/KANARIE-lank")
    hidden = building.item(meeting, "KANARIE-intern", is_internal=True, description="KANARIE-text")
    AgendaItem.objects.create(meeting=meeting, parent=hidden, position=1, title="KANARIE-del")
    shown = building.item(meeting, "Öppen punkt")
    building.paper(shown, "KANARIE-underlag", is_internal=True)
    building.paper(hidden, "KANARIE-bilaga")
    building.paper(shown, "Öppet underlag")
    building.adjusted(meeting)
    text = page(client, meeting)
    assert "KANARIE" not in text
    assert "Öppet underlag" in text
    assert 'id="p2"' in text
    assert 'id="p1"' not in text


def test_a_cancelled_meeting_says_so_and_shows_no_agenda(client: Client, council: Body) -> None:
    meeting = building.called(council)
    building.item(meeting, "Punkten")
    meeting.cancel(by=builders.user(), note="KANARIE-skäl")
    text = page(client, meeting)
    assert "Mötet är inställt" in text
    assert "Punkten" not in text
    assert "KANARIE" not in text


def test_an_item_that_returns_tells_which_time_and_links_to_the_earlier_ones(client: Client, council: Body) -> None:
    by = builders.user()
    first, second = building.held(council, days_ago=30), building.held(council, days_ago=20)
    item = building.item(first, "Ständigt på nytt")
    item.conclude("tabled", by=by)
    again = AgendaItem.objects.add(second, **item.carried())
    again.conclude("tabled", by=by)
    third = builders.meeting(council)
    AgendaItem.objects.add(third, **again.carried())
    third.call(by=by)
    text = page(client, third)
    assert "Tas upp för tredje gången." in text
    assert f'href="{first.get_absolute_url()}#p1"' in text
    assert f'href="{second.get_absolute_url()}#p1"' in text


def test_a_moved_meeting_is_found_by_its_old_day(client: Client, council: Body) -> None:
    meeting = builders.meeting(council)
    old, start = meeting.get_absolute_url(), meeting.starts_at + timedelta(days=3)
    meeting.move(by=builders.user(), starts_at=start, ends_at=start + timedelta(hours=2))
    for path, wanted in (
        (old, meeting.get_absolute_url()),
        (f"{old}kalender.ics", meeting.calendar_url),
        (f"/en{old}", f"/en{meeting.get_absolute_url()}"),
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, wanted)


def test_another_body_has_its_own_addresses(client: Client, council: Body) -> None:
    forum = builders.body(slug="skolforum", name="Skolforum", kind=Body.Kind.FORUM)
    meeting = builders.meeting(forum)
    assert meeting.get_absolute_url() == f"/radet/organ/skolforum/moten/{meeting.on}/"
    assert "Skolforum" in page(client, meeting)
    assert client.get(f"/radet/moten/{meeting.on}/").status_code == 404
    own = builders.meeting(council, starts_at=meeting.starts_at + timedelta(days=1), ends_at=meeting.ends_at + timedelta(days=1))
    assert client.get(reverse("council:body_meeting", args=["idekom", own.on]))["Location"] == own.get_absolute_url()


@pytest.mark.parametrize("day", ["2026-13-99", "2026-02-30", "0000-00-00", "2026-1-1", "idag", "2026-01-01%00"])
def test_a_day_that_is_none_is_missing(client: Client, council: Body, day: str) -> None:
    builders.meeting(council)
    assert client.get(f"/radet/moten/{day}/").status_code == 404
    assert client.get(f"/radet/organ/idekom/moten/{day}/kalender.ics").status_code == 404


def test_papers_are_handed_out_only_when_everybody_may_read_them(client: Client, council: Body) -> None:
    meeting = builders.meeting(council)
    shown, hidden = building.item(meeting), building.item(meeting, is_internal=True)
    papers = [building.paper(shown, "Kartan"), building.paper(shown, is_internal=True), building.paper(hidden)]
    assert [client.get(paper.get_absolute_url()).status_code for paper in papers] == [404, 404, 404]
    meeting.call(by=builders.user())
    responses = [client.get(paper.get_absolute_url()) for paper in papers]
    assert [response.status_code for response in responses] == [200, 404, 404]
    assert b"".join(responses[0]).startswith(b"%PDF")
    assert responses[0]["Content-Disposition"] == f'attachment; filename="{meeting.on}-kartan.pdf"'
    default_storage.delete(str(papers[0].file))
    assert client.get(papers[0].get_absolute_url()).status_code == 404
    assert "Kartan" in page(client, meeting)
    assert client.get("/radet/underlag/99999999999999999999.pdf").status_code == 404


def test_the_list_has_what_comes_and_what_was_by_year_and_body(client: Client, council: Body) -> None:
    forum = builders.body(slug="skolforum", name="Skolforum", kind=Body.Kind.FORUM)
    coming, held, old = builders.meeting(council), building.held(council), building.held(council, days_ago=800)
    other = building.held(forum, days_ago=5)
    text = client.get("/radet/moten/").content.decode()
    assert [text.index(f'"{one.get_absolute_url()}"') for one in (coming, other, held, old)] == sorted(
        text.index(f'"{one.get_absolute_url()}"') for one in (coming, other, held, old)
    )
    mine = client.get("/radet/moten/?organ=skolforum").content.decode()
    assert other.get_absolute_url() in mine
    assert held.get_absolute_url() not in mine
    then = client.get(f"/radet/moten/?ar={old.on.year}&organ=idekom").content.decode()
    assert old.get_absolute_url() in then
    assert held.get_absolute_url() not in then
    assert coming.get_absolute_url() not in then


def test_the_list_has_pages(client: Client, council: Body) -> None:
    for number in range(21):
        building.held(council, days_ago=10 + number)
    first, second = (client.get(f"/radet/moten/?organ=idekom&sida={number}").content.decode() for number in (1, 2))
    assert "Sida 1 av 2" in first
    assert "organ=idekom&amp;sida=2" in first
    assert Meeting.objects.order_by("starts_at")[0].get_absolute_url() in second


@pytest.mark.parametrize("query", ["organ=%00", "organ=finnsinte", "ar=x", "ar=99999999999", "sida=1&ar=-1", "organ=" + "x" * 10_000])
def test_a_strange_question_to_the_list_is_answered(client: Client, council: Body, query: str) -> None:
    meeting = builders.meeting(council)
    response = client.get(f"/radet/moten/?{query}")
    assert (response.status_code, meeting.get_absolute_url() in response.content.decode()) == (200, True)


def test_pages_ask_the_database_as_often_for_three_as_for_one(client: Client, council: Body) -> None:
    meeting = building.held(council)
    building.adjusted(meeting)

    def counts() -> list[int]:
        found = []
        for path in ("/radet/moten/", meeting.get_absolute_url(), "/radet/kalender/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    def more() -> None:
        coming = builders.meeting(
            council, starts_at=timezone.localtime() + timedelta(days=20 + Meeting.objects.count()), ends_at=timezone.now() + timedelta(days=60)
        )
        past = building.held(council, days_ago=40 + Meeting.objects.count())
        assert coming.pk
        assert past.pk

    more()
    one = counts()
    more()
    more()
    assert counts() == one


def test_an_agenda_asks_the_database_as_often_for_three_items_as_for_one(client: Client, council: Body) -> None:
    meeting, earlier = builders.meeting(council), building.held(council, days_ago=40)

    def add() -> None:
        source = building.item(earlier, "Förr")
        item = AgendaItem.objects.add(meeting, **source.carried() | {"responsible": builders.person()})
        building.paper(item)
        AgendaItem.objects.create(meeting=meeting, parent=item, position=1, title="Del")

    add()
    meeting.call(by=builders.user())
    with CaptureQueriesContext(connection) as one:
        client.get(meeting.get_absolute_url())
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        text = client.get(meeting.get_absolute_url()).content.decode()
    assert text.count("Underlaget") == 3
    assert len(three) == len(one)


def test_readers_without_an_account_get_no_cookie(client: Client, council: Body) -> None:
    meeting = building.called(council)
    for path in (meeting.get_absolute_url(), "/radet/moten/", "/radet/kalender/", "/radet/kalender.ics", "/radet/sok/?q=x", "/radet/data/moten/"):
        assert not client.get(path).cookies, path
