"""What the council proposes: on an agenda, decided at once or with the adjusted minutes, and called a proposal wherever it stands."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.text import slugify

from council.models import AgendaItem, Proposal
from council.tasks import sweep
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.council.sitting import Sitting, sitting
from tests.together import together

pytestmark = pytest.mark.django_db
CANARY = "hemlighet-som-ingen-ska-se"


def proposal(title: str = "Gemensamma mötesplatser", **fields: Any) -> Proposal:
    return Proposal.objects.create(**{"title": title, "slug": slugify(title), "text": "Parterna öppnar sina lokaler.", **fields})


@pytest.fixture
def here() -> Sitting:
    """A meeting that has not been held yet."""
    return sitting(city=1, civil_society=1)


def test_a_proposal_stands_under_an_item_of_its_own_and_is_decided_at_once(here: Sitting) -> None:
    one = proposal()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert (one.item and one.item.title, one.status) == ("Gemensamma mötesplatser", "on_agenda")
    one.decide("adopt", by=here.by, at_once=True)
    assert (one.status, one.decided_on, one.paragraph) == ("adopted", date(2026, 3, 12), "4")
    assert list(one.events.values_list("action", flat=True)) == ["put_on_agenda", "adopt"]


def test_a_decision_waits_for_the_adjusted_minutes(here: Sitting) -> None:
    one = proposal()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    one.decide("reject", by=here.by, at_once=False)
    sweep()
    one.refresh_from_db()
    assert (one.status, one.waiting) == ("on_agenda", "reject")
    here.held().adjusted()
    assert Proposal.objects.take_adjusted() == 1
    assert Proposal.objects.take_adjusted() == 0
    one.refresh_from_db()
    assert (one.status, one.waiting, one.decided_on) == ("rejected", "", date(2026, 3, 12))


@pytest.mark.django_db(transaction=True)
def test_two_workers_decide_once(here: Sitting) -> None:
    one = proposal()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    one.decide("adopt", by=here.by, at_once=False)
    here.held().adjusted()
    assert sorted(together(4, lambda _which: Proposal.objects.take_adjusted())) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert one.events.filter(action="adopt").count() == 1


def test_a_proposal_follows_its_tabled_item_to_the_next_meeting(here: Sitting) -> None:
    later = sitting(body=here.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    one = proposal()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert one.item is not None
    one.item.conclude("tabled", by=here.by)
    here.held()
    assert Proposal.objects.follow_tabled() == 1
    assert Proposal.objects.follow_tabled() == 0
    one.refresh_from_db()
    assert one.item is not None
    assert one.item.meeting == later.meeting
    assert AgendaItem.objects.filter(meeting=later.meeting, title=one.title).count() == 1


def test_wrong_states_are_refused(here: Sitting) -> None:
    one = proposal()
    with pytest.raises(WrongStatus):
        one.decide("adopt", by=here.by, at_once=True)
    one.withdraw(by=here.by)
    with pytest.raises(WrongStatus):
        one.put_on_agenda(by=here.by, meeting=here.meeting)
    with pytest.raises(WrongStatus):
        proposal("För sent").put_on_agenda(by=here.by, meeting=here.held().meeting)
    with pytest.raises(IntegrityError, match="has_its_item"), transaction.atomic():
        proposal("Utan punkt", status="adopted", decided_on=date(2026, 3, 12))


def test_everybody_reads_it_once_its_agenda_is_out_and_it_is_called_a_proposal(here: Sitting, client: Client) -> None:
    one, draft = proposal(), proposal(CANARY)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert client.get(one.get_absolute_url()).status_code == 404
    here.meeting.call(by=here.by)
    page = client.get(one.get_absolute_url()).text
    assert "FÖRSLAG" in page
    assert "Parterna öppnar sina lokaler." in page
    assert "På dagordningen" in page
    listed = client.get("/radet/forslag/").text
    assert one.title in listed
    assert CANARY not in listed
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_proposal_under_an_internal_item_is_nowhere(here: Sitting, client: Client) -> None:
    one = proposal(CANARY)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    AgendaItem.objects.filter(proposals=one).update(is_internal=True)
    here.meeting.call(by=here.by)
    one.decide("adopt", by=here.by, at_once=True)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert CANARY not in client.get("/radet/forslag/").text


def test_the_secretary_takes_it_from_words_to_decision(here: Sitting, secretary: User, secretary_client: Client) -> None:
    here.meeting.starts_at, here.meeting.ends_at = here.meeting.starts_at.replace(year=2099), here.meeting.ends_at.replace(year=2099)
    here.meeting.save()
    secretary_client.post("/admin/council/proposal/add/", {"title": "Lokaler", "slug": "lokaler", "text": "Öppna dem."})
    one = Proposal.objects.get()
    base = f"/admin/council/proposal/{one.pk}/"
    assert "Välj ett möte." in secretary_client.post(f"{base}dagordning/").text
    assert "på mötets dagordning" in secretary_client.post(f"{base}dagordning/", {"meeting": here.meeting.pk}, follow=True).text
    secretary_client.post(f"{base}change/", {"title": "Annat", "slug": "annat", "text": "Annat"})
    assert Proposal.objects.get().title == "Lokaler"
    told = secretary_client.post(f"{base}beslut/", {"choice": "adopt", "when": "adjusted"}, follow=True).text
    assert "väntar på justerat protokoll" in told
    assert "går inte längre" not in told
    assert secretary_client.get(f"{base}dra-tillbaka/").status_code == 405
    secretary_client.post(f"{base}dra-tillbaka/")
    assert Proposal.objects.get().status == "withdrawn"
    assert "Det går inte längre" in secretary_client.post(f"{base}beslut/", {"choice": "adopt", "when": "now"}, follow=True).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_many_there_are(here: Sitting, client: Client, django_assert_num_queries: Any, number: int) -> None:
    for n in range(number):
        one = proposal(f"Förslag {n}")
        one.put_on_agenda(by=here.by, meeting=here.meeting)
    here.meeting.call(by=here.by)
    with django_assert_num_queries(1):
        assert client.get("/radet/forslag/").text.count("På dagordningen") == number
