"""The pages of minutes: for everybody, for adjusters, and for the secretary."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from council import minutes as drawing
from council.models import AgendaItem, Minutes
from council.tasks import deliver_mail, print_minutes
from tests import builders
from tests.council.sitting import Sitting, sitting

CANARY = "hemlighet-som-ingen-ska-se"
PAGE = "/radet/moten/2026-03-12/protokoll/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Sitting:
    """A meeting that has been held, with an internal item."""
    made = sitting(city=1, civil_society=1)
    made.came(0)
    made.add("Lokaler").conclude("noted", by=made.by, words="Föreningarna vill mötas närmare.")
    made.add(CANARY, is_internal=True, discussion=CANARY).conclude("noted", by=made.by)
    return made.held()


def sent(here: Sitting) -> Minutes:
    minutes = here.minutes()
    drawing.send(minutes, by=here.by)
    return minutes


def test_minutes_that_are_not_adjusted_are_nowhere(here: Sitting, client: Client, secretary_client: Client) -> None:
    sent(here)
    for browser in (client, secretary_client):
        for ending in ("/", ".pdf", ".json"):
            assert browser.get(PAGE.rstrip("/") + ending).status_code == 404


def test_adjusted_minutes_are_for_everybody_without_what_is_internal(here: Sitting, client: Client) -> None:
    minutes = here.adjusted()
    assert "Filen görs just nu" in client.get(PAGE).text
    assert client.get(PAGE.rstrip("/") + ".pdf").status_code == 404
    print_minutes()
    minutes.refresh_from_db()
    page, data = client.get(PAGE).text, client.get(PAGE.rstrip("/") + ".json")
    assert minutes.public_sha256 in page
    assert "Föreningarna vill mötas närmare." in page
    assert "En intern punkt visas inte i den här versionen." in page
    assert CANARY not in page + data.text
    assert data.json() == drawing.public(minutes.document)
    file = b"".join(client.get(PAGE.rstrip("/") + ".pdf").streaming_content)  # type: ignore[attr-defined]
    assert file == minutes.public_file.read_bytes()


def test_another_body_has_its_minutes_under_its_own_name(client: Client) -> None:
    here = sitting(body=builders.body(slug="forum-norr", kind="forum"), city=1, civil_society=1).held()
    here.adjusted()
    assert client.get(PAGE).status_code == 404
    assert here.meeting.body.name in client.get("/radet/organ/forum-norr/moten/2026-03-12/protokoll/").text


@pytest.mark.parametrize("day", ["2026-13-99", "0000-00-00", "9999-12-31", "2026-3-1"])
def test_a_day_that_is_none_leads_nowhere(day: str, client: Client) -> None:
    assert client.get(f"/radet/moten/{day}/protokoll/").status_code == 404


def test_an_addendum_stands_under_the_minutes_and_an_internal_one_does_not(here: Sitting, client: Client) -> None:
    minutes = here.adjusted()
    minutes.add("Lokalen heter Vega.", by=here.by)
    minutes.add(CANARY, by=here.by, is_internal=True)
    page = client.get(PAGE).text
    assert "Lokalen heter Vega." in page
    assert CANARY not in page


def test_a_file_can_be_compared(here: Sitting, client: Client) -> None:
    minutes = here.adjusted()
    print_minutes()
    minutes.refresh_from_db()
    true = minutes.public_file.read_bytes()
    for content, told in ((true, "så som det justerades"), (true + b" ", "inget av de justerade protokollen")):
        answer = client.post("/radet/protokoll/jamfor/", {"fil": SimpleUploadedFile("x.pdf", content)})
        assert told in answer.text
    assert "Välj den fil som ni vill jämföra." in client.post("/radet/protokoll/jamfor/").text


def test_an_adjuster_reads_everything_and_approves(here: Sitting, sign_in: Any) -> None:
    minutes = sent(here)
    first, last = [adjuster.person.user for adjuster in minutes.adjusters.select_related("person__user")]
    address = reverse("council:adjusting", args=[minutes.pk])
    page = sign_in(first).get(address).text
    assert CANARY in page
    approving = reverse("council:approve_minutes", args=[minutes.pk])
    assert "väntar vi på de andra" in sign_in(first).post(approving, {"digest": minutes.digest}, follow=True).text
    assert "Du godkände protokollet" in sign_in(first).get(address).text
    assert "har ändrats sedan sidan visades" in sign_in(last).post(approving, {"digest": "0" * 64}, follow=True).text
    assert "Nu kan alla läsa det" in sign_in(last).post(approving, {"digest": minutes.digest}, follow=True).text
    assert Minutes.objects.get(pk=minutes.pk).is_adjusted


def test_nobody_else_reads_or_approves(here: Sitting, outsider_client: Client, secretary_client: Client, client: Client) -> None:
    minutes = sent(here)
    for name in ("adjusting", "approve_minutes", "remark_on_minutes"):
        address = reverse(f"council:{name}", args=[minutes.pk])
        for browser in (outsider_client, secretary_client):
            assert (browser.get if name == "adjusting" else browser.post)(address).status_code == 404
        assert client.post(address).status_code in {302, 405}
    assert Minutes.objects.get(pk=minutes.pk).status == "for_adjustment"


def test_an_adjuster_who_has_nothing_yet_sees_nothing(here: Sitting, sign_in: Any) -> None:
    minutes = here.minutes()
    assert sign_in(minutes.adjusters.all()[0].person.user).get(reverse("council:adjusting", args=[minutes.pk])).status_code == 404


def test_a_remark_goes_to_the_office_and_an_empty_one_nowhere(here: Sitting, sign_in: Any) -> None:
    minutes = sent(here)
    browser, address = sign_in(minutes.adjusters.all()[0].person.user), reverse("council:remark_on_minutes", args=[minutes.pk])
    assert "Det finns 1 sak att rätta" in browser.post(address, {"note": " "}).text
    browser.post(address, {"note": "Mitt namn är fel stavat."})
    deliver_mail()
    (told,) = [message for message in mail.outbox if "vill ändra" in message.subject]
    assert "Mitt namn är fel stavat." in told.body
    assert minutes.events.filter(action="remark").count() == 1


def test_the_adjusters_are_mailed_once_each_step(here: Sitting) -> None:
    minutes = sent(here)
    deliver_mail()
    deliver_mail()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(one.person.user.email for one in minutes.adjusters.all() if one.person.user)
    assert not any(CANARY in message.body for message in mail.outbox)
    minutes.take_back(by=here.by, note="Ett namn var fel.")
    deliver_mail()
    assert [("Ett namn var fel." in message.body) for message in mail.outbox[2:]] == [True, True]


def test_the_secretary_takes_minutes_from_the_meeting_to_the_adjusters(here: Sitting, secretary_client: Client) -> None:
    here.came(1)
    begun = secretary_client.post(f"/admin/council/minutes/mote/{here.meeting.pk}/borja/")
    again = secretary_client.post(f"/admin/council/minutes/mote/{here.meeting.pk}/borja/")
    assert begun.headers["Location"] == again.headers["Location"]
    minutes = Minutes.objects.get()
    page = secretary_client.get(f"/admin/council/minutes/{minutes.pk}/change/").text
    assert "Det står inte vem som var ordförande." in page
    items = {f"said-{one.pk}": one.discussion for one in here.meeting.items.all()} | {f"words-{one.pk}": "" for one in here.meeting.items.all()}
    lokaler = here.meeting.items.get(title="Lokaler")
    secretary_client.post(f"/admin/council/minutes/{minutes.pk}/skriv/", {"note": "Välkomna", **items, f"said-{lokaler.pk}": "Alla var överens."})
    city, civil_society = (person.pk for person in here.holders)
    for person in here.holders:
        person.user = builders.user(f"{person.slug}@example.org")
        person.save()
    secretary_client.post(f"/admin/council/minutes/{minutes.pk}/justerare/", {"city": [city], "civil_society": [civil_society]})
    told = secretary_client.post(f"/admin/council/minutes/{minutes.pk}/skicka/", follow=True).text
    minutes.refresh_from_db()
    assert "Justerarna får ett mejl." in told
    assert minutes.status == "for_adjustment"
    assert minutes.document["note"] == "Välkomna"
    assert next(item for item in minutes.document["items"] if item["title"] == "Lokaler")["discussion"] == "Alla var överens."


def test_adjusters_are_chosen_among_those_who_served_and_from_both_sides(here: Sitting, secretary_client: Client) -> None:
    minutes = Minutes.objects.begin(here.meeting)
    answer = secretary_client.post(
        f"/admin/council/minutes/{minutes.pk}/justerare/", {"city": [here.holders[0].pk], "civil_society": [here.holders[1].pk]}
    )
    assert "är inte ett av de giltiga" in answer.text or "Välj ett giltigt" in answer.text
    assert minutes.adjusters.count() == 0


def test_nothing_can_be_written_while_the_adjusters_have_it(here: Sitting, secretary_client: Client) -> None:
    minutes = sent(here)
    answer = secretary_client.post(f"/admin/council/minutes/{minutes.pk}/skriv/", {"note": "För sent"}, follow=True)
    assert "har ändrats sedan sidan visades" in answer.text
    assert AgendaItem.objects.filter(meeting=here.meeting, discussion="").exists()
    assert Minutes.objects.get(pk=minutes.pk).note == ""


def test_the_draft_is_a_file_for_the_office_alone(here: Sitting, secretary_client: Client, outsider_client: Client) -> None:
    minutes = here.minutes()
    address = f"/admin/council/minutes/{minutes.pk}/protokoll.pdf"
    assert secretary_client.get(address).content.startswith(b"%PDF-")
    assert outsider_client.get(address).status_code == 302


def test_the_public_page_asks_as_often_however_long_the_minutes_are(client: Client, django_assert_max_num_queries: Any) -> None:
    long = sitting(city=1, civil_society=3, on=date(2026, 3, 12))
    for n in range(5):
        long.add(f"Punkt {n}").conclude("noted", by=long.by)
    long.held().adjusted()
    with django_assert_max_num_queries(6):
        client.get(PAGE)
