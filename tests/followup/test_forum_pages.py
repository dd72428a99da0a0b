"""The forum's public pages: the programme, registering without an account, the page behind the mailed link, the calendar file."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from followup.models import Forum, ForumRegistration, ProgrammeItem
from idekom.lib.dated import today
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db
TYPED = {"name": "Alva Gäst", "email": "alva@example.org", "organisation": "Föreningen Bryggan", "dietary_needs": "vegan"}


def page(client: Client, name: str, forum: Forum, *more: Any) -> str:
    """One of the forum's pages, as one reads it."""
    return unescape(client.get(reverse(f"followup:{name}", args=[forum.round.year, *more])).content.decode())


def send(client: Client, forum: Forum, **typed: Any) -> str:
    """Fill in the registration."""
    return unescape(client.post(reverse("followup:register", args=[forum.round.year]), {**TYPED, **typed}).content.decode())


@pytest.fixture
def forum(make: Any) -> Forum:
    """A forum with a programme."""
    start = datetime(2030, 6, 3, 11, tzinfo=UTC)
    told = {"starts_at": start, "ends_at": start + timedelta(hours=3), "venue": "Provsalen", "address": "Provgatan 1"}
    found: Forum = make.forum(make.round(2026), closes_on=datetime(2030, 5, 20, tzinfo=UTC).date(), places=2, **told)
    for hour, title in ((14, "Samtal"), (13, "Välkomna")):
        ProgrammeItem.objects.create(forum=found, at=f"{hour}:00", title=title, speaker="Ordföranden", text="Vi hälsar.\nAlla.")
    return found


def test_the_page_tells_when_where_what_and_how_many_can_come(client: Client, forum: Forum, make: Any) -> None:
    html = page(client, "forum", forum)
    for shown in ("3 juni 2030 kl. 13.00–16.00", "Provsalen", "Provgatan 1", "2 platser kvar.", "Anmäl er senast den 20 maj 2030.", "Ordföranden"):
        assert shown in html
    assert html.index("Välkomna") < html.index("Samtal")
    make.registration(forum)
    assert "1 plats kvar." in page(client, "forum", forum)
    make.registration(forum)
    assert "Alla platser är tagna." in page(client, "forum", forum)
    assert "Anmäl er till väntelistan" in page(client, "forum", forum)


def test_reading_sets_no_cookie_and_takes_no_posts(client: Client, forum: Forum) -> None:
    for name in ("forum", "forum_calendar", "forum_screen"):
        address = reverse(f"followup:{name}", args=[2026])
        assert client.get(address).cookies == {}
        assert client.post(address).status_code == 405


def test_a_round_without_a_forum_says_so_and_a_planned_one_is_nobodys(client: Client, make: Any) -> None:
    round = make.round(2026, forum_on=today())
    assert client.get(f"/uppfoljning/{round.year}/forum/").status_code == 404
    round._become("open", by=None)
    assert "Programmet är inte klart än" in client.get(f"/uppfoljning/{round.year}/forum/").content.decode()
    assert client.get(f"/uppfoljning/{round.year}/forum/anmalan/").status_code == 404


def test_the_page_costs_the_same_however_long_it_is(client: Client, make: Any) -> None:
    forum, counted = make.forum(make.round(2026)), []
    earlier, owner = make.forum(make.round(2025)), make.party()
    for _time in range(3):
        ProgrammeItem.objects.create(forum=forum, at="13:00", title="Samtal")
        for held in (forum, earlier):
            make.question(held).take_up(by=make.user(), owner=owner, due_on=today())
        with CaptureQueriesContext(connection) as queries:
            page(client, "forum", forum)
        counted.append(len(queries))
    assert counted[0] == counted[2]


def test_registering_needs_no_account_and_says_what_comes(client: Client, forum: Forum, make: Any) -> None:
    party = make.affiliation(make.party("Föreningen Ljuset")).party
    assert "Det tas bort den 10 juni 2030." in page(client, "register", forum)
    html = send(client, forum, party=party.pk, organisation="")
    assert "Tack för er anmälan" in html
    assert "Vi mejlar alva@example.org" in html
    found = ForumRegistration.objects.get()
    assert (found.name, found.party, found.status, found.language) == ("Alva Gäst", party, "registered", "sv")


def test_the_answer_does_not_tell_whether_an_address_is_there_already(client: Client, forum: Forum) -> None:
    first, second = send(client, forum), send(client, forum, name="Någon annan")
    assert [line for line in first.splitlines() if "csrf" not in line] == [line for line in second.splitlines() if "csrf" not in line]
    assert ForumRegistration.objects.get().name == "Alva Gäst"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Skriv namnet på den som kommer."),
        ({"email": "alva"}, "Skriv adressen så här: namn@forening.se."),
        ({"email": ""}, "Skriv den adress som bekräftelsen ska gå till."),
        ({"party": "-1"}, "Välj en part i listan."),
        ({"party": "x"}, "Välj en part i listan."),
        ({"dietary_needs": "å" * 301}, "Korta texten till högst 300 tecken. Nu är den 301 tecken."),
    ],
)
def test_errors_say_how_to_mend_and_nothing_typed_is_lost(client: Client, forum: Forum, typed: dict[str, str], error: str) -> None:
    html = send(client, forum, **typed)
    assert error in html
    assert "Föreningen Bryggan" in html
    assert not ForumRegistration.objects.exists()


def test_a_party_and_another_organisation_are_one_too_many(client: Client, forum: Forum, make: Any) -> None:
    html = send(client, forum, party=make.affiliation().party.pk)
    assert "inte båda." in html


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_whatever_is_typed_is_kept_or_told(client: Client, forum: Forum, text: str) -> None:
    for name in ("name", "email", "party", "organisation", "dietary_needs"):
        html = send(client, forum, **{name: text})
        assert "Tack för er anmälan" in html or "att rätta" in html


def test_it_closes(client: Client, forum: Forum) -> None:
    Forum.objects.update(closes_on=today() - timedelta(days=1))
    assert "Anmälan stängde den" in page(client, "register", forum)
    send(client, forum)
    assert not ForumRegistration.objects.exists()
    assert "Anmälan är stängd." in page(client, "forum", forum)


def test_one_network_may_not_register_without_end(client: Client, forum: Forum, settings: Settings) -> None:
    Forum.objects.update(places=None)
    for number in range(30):
        send(client, forum, email=f"gast{number}@example.org")
    assert client.post(reverse("followup:register", args=[2026]), TYPED).status_code == 429
    assert ForumRegistration.objects.count() == 30


def test_the_mailed_page_shows_changes_and_cancels(client: Client, forum: Forum, make: Any) -> None:
    mine = make.registration(forum, name="Alva", dietary_needs="vegan")
    make.registration(forum)
    next_one = make.registration(forum, name="Bo")
    html = page(client, "registration", forum, mine.token)
    assert "Ni har en plats." in html
    assert 'value="vegan"' in html
    assert "Ni är nummer 1 på väntelistan." in page(client, "registration", forum, next_one.token)
    html = client.post(mine.get_absolute_url(), {"dietary_needs": "nötallergi", "access_needs": ""}, follow=True).content.decode()
    assert "Uppgifterna är sparade." in html
    assert 'value="nötallergi"' in html
    html = client.post(reverse("followup:cancel_registration", args=[2026, mine.token]), follow=True).content.decode()
    assert html.count("Ni är avanmälda.") == 2
    assert "Anmäl er igen" in html
    assert "Ni har en plats." in page(client, "registration", forum, next_one.token)


def test_looking_changes_nothing_and_a_wrong_secret_finds_nothing(client: Client, forum: Forum, make: Any) -> None:
    mine = make.registration(forum)
    cancel = reverse("followup:cancel_registration", args=[2026, mine.token])
    assert client.get(cancel).status_code == 405
    response = client.get(mine.get_absolute_url())
    assert ("no-store" in response["Cache-Control"], response["X-Robots-Tag"]) == (True, "noindex, nofollow")
    for address in (mine.get_absolute_url(), cancel):
        wrong = address.replace(mine.token, "a" * len(mine.token))
        assert client.post(wrong).status_code == 404
        assert client.post(address.replace("2026", "2025")).status_code == 404
    assert client.get("/uppfoljning/2026/forum/anmalan/a%00b/").status_code == 404
    assert ForumRegistration.objects.get().status == "registered"


def test_what_has_been_cannot_be_cancelled(client: Client, forum: Forum, make: Any) -> None:
    mine = make.registration(forum)
    before = timezone.now() - timedelta(days=2)
    Forum.objects.update(starts_at=before, ends_at=before + timedelta(hours=1), closes_on=timezone.localdate(before))
    assert "Avanmäl er" not in page(client, "registration", forum, mine.token)
    html = client.post(reverse("followup:cancel_registration", args=[2026, mine.token]), follow=True).content.decode()
    assert "Forumet har varit. Anmälan går inte längre att ändra." in html
    assert "Forumet har varit." in page(client, "forum", forum)


def test_the_calendar_file_is_the_same_event_with_a_rising_number(client: Client, forum: Forum, make: Any) -> None:
    def event() -> Any:
        response = client.get(reverse("followup:forum_calendar", args=[2026]))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        book = Calendar.from_ical(response.content)
        assert [zone["TZID"] for zone in book.walk("VTIMEZONE")] == ["Europe/Stockholm"]
        (found,) = book.walk("VEVENT")
        return found

    first = event()
    assert (first["DTSTART"].params["TZID"], first["DTSTART"].dt.isoformat()) == ("Europe/Stockholm", "2030-06-03T13:00:00+02:00")
    assert (str(first["LOCATION"]), int(first["SEQUENCE"])) == ("Provsalen, Provgatan 1", 0)
    assert str(first["URL"]).endswith("/uppfoljning/2026/forum/")
    Forum.objects.update(revised_at=forum.revised_at - timedelta(days=1))
    before = event()["DTSTAMP"].dt
    forum.starts_at += timedelta(hours=1)
    forum.plan(by=make.user())
    second = event()
    assert (second["UID"], int(second["SEQUENCE"])) == (first["UID"], 1)
    assert second["DTSTAMP"].dt > before
