"""Calendar feeds: they parse, an event stays the same event, and nothing in them is for members alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from council.models import Body, Meeting
from tests import builders
from tests.council import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Body:
    return builders.body(slug="idekom", name="Idékom")


def events(client: Client, path: str) -> list[Any]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    book = Calendar.from_ical(response.content)
    assert (str(book["VERSION"]), bool(book["PRODID"]), len(book.walk("VTIMEZONE"))) == ("2.0", True, 1)
    return book.walk("VEVENT")


def test_a_feed_has_an_event_for_each_meeting_with_a_link_back(client: Client, council: Body) -> None:
    meeting = builders.meeting(council, link="https://KANARIE.example.org/", premeeting_at=timezone.now() + timedelta(days=6, hours=23))
    building.item(meeting, "KANARIE", is_internal=True)
    (event,) = events(client, "/radet/kalender.ics")
    host = "testserver" if "testserver" in str(event["UID"]) else str(event["UID"]).partition("@")[2]
    assert str(event["UID"]) == f"mote-{meeting.pk}@{host}"
    assert str(event["URL"]).endswith(meeting.get_absolute_url())
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (meeting.starts_at.replace(microsecond=0), meeting.ends_at.replace(microsecond=0))
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Idékom, möte", "Rådhuset")
    assert "Förmöte kl." in str(event["DESCRIPTION"])
    assert "LAST-MODIFIED" in event
    assert "KANARIE" not in event.to_ical().decode()


def test_a_change_keeps_the_event_and_raises_its_number(client: Client, council: Body) -> None:
    meeting, by = builders.meeting(council), builders.user()
    seen = [events(client, "/radet/kalender.ics")[0]]
    start = meeting.starts_at + timedelta(days=1)
    for step in (
        lambda: meeting.call(by=by),
        lambda: meeting.move(by=by, starts_at=start, ends_at=start + timedelta(hours=1), place="En annan sal"),
        lambda: meeting.cancel(by=by, note="KANARIE"),
    ):
        step()
        seen += events(client, "/radet/kalender.ics")
    assert len({str(event["UID"]) for event in seen}) == 1
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2, 3]
    assert [str(event.get("STATUS", "")) for event in seen] == ["", "", "", "CANCELLED"]
    assert str(seen[2]["LOCATION"]) == "En annan sal"
    assert str(seen[3]["SUMMARY"]) == "Inställt: Idékom, möte"
    assert "KANARIE" not in seen[3].to_ical().decode()


def test_each_body_has_its_feed_and_each_meeting_its_file(client: Client, council: Body) -> None:
    forum = builders.body(slug="skolforum", name="Skolforum", kind=Body.Kind.FORUM)
    own, other = builders.meeting(council), builders.meeting(forum)
    old = building.held(council, days_ago=400)
    assert len(events(client, "/radet/kalender.ics")) == 2
    assert [str(event["SUMMARY"]) for event in events(client, "/radet/organ/skolforum/kalender.ics")] == ["Skolforum, möte"]
    for meeting in (own, other, old):
        (event,) = events(client, meeting.calendar_url)
        assert str(event["UID"]).startswith(f"mote-{meeting.pk}@")
    assert client.get("/radet/organ/finns-inte/kalender.ics").status_code == 404


def test_the_feed_is_in_the_readers_language(client: Client, council: Body) -> None:
    builders.meeting(council)
    (event,) = events(client, "/en/radet/kalender.ics")
    assert "/en/radet/moten/" in str(event["URL"])


def test_a_program_that_has_the_feed_is_told_that_nothing_changed(client: Client, council: Body, settings: Any) -> None:
    settings.PUBLIC_PAGE_SECONDS = 0
    meeting = builders.meeting(council)
    first = client.get("/radet/kalender.ics")
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get("/radet/kalender.ics", headers=header).status_code == 304
    Meeting.objects.get(pk=meeting.pk).call(by=builders.user())
    assert client.get("/radet/kalender.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get("/radet/kalender.ics").content == client.get("/radet/kalender.ics").content


def test_the_page_says_how_to_subscribe_without_script(client: Client, council: Body) -> None:
    builders.meeting(council)
    text = client.get(reverse("council:subscribe")).content.decode()
    for words in ("webcal://", "calendar.google.com", "outlook.live.com", "iPhone", "Android", "/radet/organ/idekom/kalender.ics</code>"):
        assert words in text
    assert "<script" not in text.split("<main")[1].split("</main>")[0]
