"""A whole meeting as the secretary enters it in the browser, without scripts; the minutes contain exactly that, and what was tabled returns."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from agreement.models import Side
from council.models import AgendaItem, Body, Mandate, Meeting, Minutes, SeatGroup
from council.tasks import print_minutes
from idekom.users.models import User
from tests import builders
from tests.browser.test_main_job import follow

pytestmark = pytest.mark.django_db(transaction=True)

SECTORS = ["Arbete", "Bistånd", "Cykel", "Dans", "Etnisk", "Folkbildning", "Grannskap", "Hälsa", "Idrott", "Jämställdhet", "Kultur"]
OFFICES = [f"Förvaltning {number}" for number in range(1, 11)]
TABLED = ["Lokaler på kvällstid", "Bidragens villkor", "Tidigt samråd"]
AWAY = ["Arbete", "Cykel", "Kultur", "Förvaltning 1", "Förvaltning 2", "Förvaltning 3", "Förvaltning 4"]
"""Whose ordinary member is away; for the two first a substitute serves."""
SERVED = AWAY[:2]


@pytest.fixture
def council(db: None) -> Body:
    """Eleven sectors and ten offices; the first of the officials is an elected member with a party letter."""
    body = builders.body(name="Rådet på prov")
    sides = {Side.CITY: ("Staden", OFFICES), Side.CIVIL_SOCIETY: ("Civilsamhället", SECTORS)}
    number, since = 0, timezone.localdate() - timedelta(days=100)
    for place, (side, (name, voices)) in enumerate(sides.items(), start=1):
        group = SeatGroup.objects.create(body=body, number=place, name=name, side=side)
        for voice in voices:
            number += 1
            of = {"sector": builders.sector(voice)} if side == Side.CIVIL_SOCIETY else {}
            seat = builders.seat(body, group=group, number=number, label=voice, has_substitute=voice in SERVED, **of)
            title = "vice ordförande (Ö)" if voice == "Förvaltning 10" else ""
            user = builders.user(f"{number}@prov.example.org")
            seat.appoint(builders.person(name=f"Ledamot {voice}", title=title, user=user), role=Mandate.Role.ORDINARY, from_on=since)
            if voice in SERVED:
                seat.appoint(builders.person(name=f"Ersättare {voice}"), role=Mandate.Role.SUBSTITUTE, from_on=since)
    return body


def when(days: int = 0, hour: int = 18) -> str:
    """A moment as it is typed."""
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}T{hour}:00"


def plan(page: Page, days: int) -> None:
    """Plan a meeting."""
    page.goto("/admin/council/meeting/add/")
    page.get_by_label("Organ").select_option(label="Rådet på prov")
    page.get_by_label("Börjar", exact=True).fill(when(days))
    page.get_by_label("Slutar").fill(when(days, 20))
    page.get_by_label("Lokal", exact=True).fill("Sal Prov")
    follow(page.get_by_role("button", name="Spara", exact=True))


def add_items(page: Page) -> None:
    """Three subjects, and one that becomes an assignment."""
    follow(page.get_by_role("link", name="Ändra dagordningen"))
    for title in [*TABLED, "Rådets presentation"]:
        follow(page.get_by_role("link", name="Lägg till en punkt"))
        page.get_by_label("Rubrik").fill(title)
        follow(page.get_by_role("button", name="Spara", exact=True))
    follow(page.get_by_role("link", name="Tillbaka till mötet"))


def note_room(page: Page) -> None:
    """Who was there: fourteen ordinary members, two substitutes, one co-opted."""
    follow(page.get_by_role("link", name="Fyll i närvaron"))
    for voice in [*OFFICES, *SECTORS]:
        if voice not in AWAY:
            page.get_by_label(f"Närvaro: Ledamot {voice}", exact=True).select_option(label="närvarande")
    for voice in SERVED:
        page.get_by_label(f"Närvaro: Ersättare {voice}", exact=True).select_option(index=2)  # serves for their own seat
    first = page.get_by_role("group", name="Person 1")
    first.get_by_label("Eller nytt namn").fill("Adam Adjungerad")
    first.get_by_label("Som").select_option(label="adjungerad")
    first.get_by_label("Organisation eller uppgift").fill("Museet på prov")
    follow(page.get_by_role("button", name="Spara närvaron"))
    follow(page.get_by_role("link", name="Tillbaka till mötet"))


def conclude(page: Page) -> None:
    """What came of each item, walked through in order."""
    follow(page.get_by_role("link", name="Godkännande av dagordningen").last)
    while True:
        title = page.get_by_role("heading", level=1).inner_text()
        if any(one in title for one in TABLED):
            page.get_by_label("bordlades").check()
            page.get_by_label("Beslutet i ord").fill("Frågan väntar på underlag.")
        elif "Rådets presentation" in title:
            page.get_by_label("gavs i uppdrag").check()
            page.get_by_label("Vad som ska göras").first.fill("Skriva om presentationen")
            page.get_by_label("Eller med ord").first.fill("Kansliet på prov")
        else:
            page.get_by_label("antecknades").check()
        if not page.get_by_role("button", name="Spara och gå till nästa").count():
            break
        follow(page.get_by_role("button", name="Spara och gå till nästa"))
    follow(page.get_by_role("button", name="Spara och gå till mötet"))


def send_to_adjusters(page: Page) -> None:
    """Begin the minutes, choose one from each side, and send."""
    follow(page.get_by_role("button", name="Börja på protokollet"))
    page.get_by_label("Inledning").fill("Alla hälsades välkomna.")
    follow(page.get_by_role("button", name="Spara texten"))
    page.get_by_label("Ledamot Förvaltning 10").check()
    page.get_by_label("Ledamot Dans").check()
    follow(page.get_by_role("button", name="Välj justerare"))
    follow(page.get_by_role("button", name="Skicka till justerarna"))


def test_meeting_is_entered_in_the_browser_and_the_minutes_contain_exactly_that(
    council: Body, secretary: User, new_page: Callable[..., Page], client: Any
) -> None:
    page = new_page(secretary, scripts=False)
    plan(page, 0)
    add_items(page)
    note_room(page)
    conclude(page)
    follow(page.get_by_role("link", name="Ange att mötet är hållet"))
    follow(page.get_by_role("button", name="Mötet är hållet"))
    send_to_adjusters(page)
    minutes = Minutes.objects.get()
    for adjuster in minutes.adjusters.select_related("person__user"):
        reader = new_page(adjuster.person.user, 390, scripts=False)
        reader.goto(f"/mina-sidor/protokoll/{minutes.pk}/")
        follow(reader.get_by_role("button", name="Jag godkänner protokollet"))
    print_minutes()
    held = Meeting.objects.get()
    file = b"".join(client.get(held.address("minutes_pdf")).streaming_content)
    check(" ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(file)).pages).split()))
    plan(page, 30)
    coming = Meeting.objects.after(held)[0]
    returned = AgendaItem.objects.filter(meeting=coming, tabled_from__isnull=False).order_by("position")
    assert [(item.title, item.time_up) for item in returned] == [(title, 2) for title in TABLED]
    assert page.locator("#dagordning").get_by_text("andra gången").count() == 3


def check(text: str) -> None:
    """The text of the minutes has everybody under their side, and each item's outcome."""
    text = re.sub(r"Rådet på prov, protokoll \d+ \w+ \d{4} \d \(\d\) ?", "", text)  # the foot of each page
    present, absent = text.split("Frånvarande", 1)
    city, civil_society = present.split("Civilsamhället Namn", 1)
    for voice in OFFICES:
        assert (f"Ledamot {voice} " in f"{city} ".replace(",", " ")) is (voice not in AWAY), voice
    assert "Ledamot Förvaltning 10, vice ordförande (Ö) Förvaltning 10 ordinarie" in city
    for voice in SECTORS:
        assert (f"Ledamot {voice} {voice} ordinarie" in civil_society) is (voice not in AWAY), voice
    for voice in SERVED:
        assert f"Ersättare {voice} {voice} ersättare, tjänstgör för Ledamot {voice}" in civil_society
    assert "Adam Adjungerad Museet på prov adjungerad" in civil_society
    assert len(re.findall(r"(ordinarie|ersättare, tjänstgör)", present)) == 16
    missing, items = absent.split("§ 1 ", 1)
    assert re.findall(r"Ledamot (\w+(?: \d+)?) \(", missing) == [*AWAY[3:], *AWAY[:3]]
    assert "Ingen tjänstgjorde för Förvaltning 1, Förvaltning 2, Förvaltning 3, Förvaltning 4, Kultur." in city
    for title in TABLED:
        assert re.search(rf"§ \d {title} Frågan bordlades och tas upp igen på nästa möte\. Frågan väntar på underlag\.", items), title
    assert "Rådets presentation Frågan blev ett uppdrag. Uppdrag Vad Vem Till vem Senast Skriva om presentationen Kansliet på prov" in items
    assert "Alla hälsades välkomna." in text
    assert text.count("godkände protokollet genom inloggning") == 2
