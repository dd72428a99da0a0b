"""What the council proposes: on an agenda, decided at once or with the adjusted minutes, and called a proposal wherever it stands."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from council.models import AgendaItem, Proposal, Stays
from council.tasks import sweep
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.council.proposing import proposal, ready
from tests.council.sitting import Sitting, sitting
from tests.together import together

pytestmark = pytest.mark.django_db
CANARY = "hemlighet-som-ingen-ska-se"


@pytest.fixture
def here() -> Sitting:
    """A meeting that has not been held yet."""
    return sitting(city=1, civil_society=1)


def test_a_proposal_stands_under_an_item_of_its_own_and_is_decided_at_once(here: Sitting) -> None:
    one = ready()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert (one.item and one.item.title, one.status) == ("Gemensamma mötesplatser", "on_agenda")
    one.decide("adopt", by=here.by, at_once=True)
    assert (one.status, one.decided_on, one.paragraph) == ("adopted", date(2026, 3, 12), "4")
    assert list(one.events.values_list("action", flat=True)) == ["make_ready", "put_on_agenda", "adopt"]


def test_a_decision_waits_for_the_adjusted_minutes(here: Sitting) -> None:
    one = ready()
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
    one = ready()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    one.decide("adopt", by=here.by, at_once=False)
    here.held().adjusted()
    assert sorted(together(4, lambda _which: Proposal.objects.take_adjusted())) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert one.events.filter(action="adopt").count() == 1


def test_a_proposal_follows_its_tabled_item_to_the_next_meeting(here: Sitting) -> None:
    later = sitting(body=here.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    one = ready()
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
    one = ready()
    with pytest.raises(WrongStatus):
        one.decide("adopt", by=here.by, at_once=True)
    one.withdraw(by=here.by)
    with pytest.raises(WrongStatus):
        one.put_on_agenda(by=here.by, meeting=here.meeting)
    with pytest.raises(WrongStatus):
        ready("För sent").put_on_agenda(by=here.by, meeting=here.held().meeting)
    with pytest.raises(IntegrityError, match="has_its_item"), transaction.atomic():
        proposal("Utan punkt", status="adopted", decided_on=date(2026, 3, 12))


def test_a_proposal_that_moves_to_another_meeting_leaves_nothing_behind(here: Sitting) -> None:
    later = sitting(body=here.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    one = ready()
    before = here.meeting.items.count()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert here.meeting.items.filter(title=one.title).count() == 1
    one.put_on_agenda(by=here.by, meeting=later.meeting)
    assert here.meeting.items.count() == before
    assert one.item
    assert (one.item.meeting, one.item.title) == (later.meeting, one.title)


def test_an_item_that_somebody_has_worked_with_stays_when_its_proposal_leaves(here: Sitting) -> None:
    one = ready()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    AgendaItem.objects.filter(proposals=one).update(discussion="Vi talade om det.")
    one.take_off_agenda(by=here.by)
    assert (one.status, one.item) == ("ready", None)
    assert here.meeting.items.filter(title=one.title).count() == 1


def test_an_item_with_a_proposal_is_not_removed_and_says_why(here: Sitting, secretary_client: Client) -> None:
    one = ready()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    assert one.item
    with pytest.raises(Stays, match="förslag"):
        one.item.remove()
    told = secretary_client.post(f"/admin/council/meeting/{here.meeting.pk}/dagordning/{one.item.pk}/ta-bort/", follow=True)
    assert (told.status_code, "rådets förslag står under punkten" in told.text) == (200, True)
    one.withdraw(by=here.by)
    one.refresh_from_db()
    assert [one.status, one.item, here.meeting.items.filter(title=one.title).count()] == ["withdrawn", None, 0]


def test_a_proposal_goes_back_with_its_item_when_that_was_not_tabled_after_all(here: Sitting) -> None:
    sitting(body=here.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    one = ready()
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    first = one.item
    assert first
    first.conclude("tabled", by=here.by)
    here.held()
    Proposal.objects.follow_tabled()
    first.conclude("decided", by=here.by)
    one.refresh_from_db()
    assert one.item == first


def test_two_who_move_it_at_once_leave_one_item(here: Sitting) -> None:
    later = sitting(body=here.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    one = ready()
    stale = Proposal.objects.get(pk=one.pk)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    with pytest.raises(WrongStatus):
        stale.put_on_agenda(by=here.by, meeting=later.meeting)
    assert AgendaItem.objects.filter(title=one.title).count() == 1


def test_everybody_reads_it_once_its_agenda_is_out_and_it_is_called_a_proposal(here: Sitting, client: Client) -> None:
    one, draft = ready(), ready(CANARY)
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
    one = ready(CANARY)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    AgendaItem.objects.filter(proposals=one).update(is_internal=True)
    here.meeting.call(by=here.by)
    one.decide("adopt", by=here.by, at_once=True)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert CANARY not in client.get("/radet/forslag/").text


def test_the_secretary_takes_it_from_words_to_decision(here: Sitting, secretary: User, secretary_client: Client) -> None:
    here.meeting.starts_at, here.meeting.ends_at = here.meeting.starts_at.replace(year=2099), here.meeting.ends_at.replace(year=2099)
    here.meeting.save()
    words = {"title": "Lokaler", "slug": "lokaler", "aim": "Alla får plats.", "text": "Öppna dem.", "addressed": "all"}
    secretary_client.post("/admin/council/proposal/add/", words)
    one = Proposal.objects.get()
    base = f"/admin/council/proposal/{one.pk}/"
    assert "Skriv först i förankringsloggen" in secretary_client.post(f"{base}steg/klart/", follow=True).text
    log = {f"anchorings-{name}": value for name, value in {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 9}.items()}
    asked = {"group": "fritidscheferna", "asked_on": "2026-02-03", "how": "meeting", "said": "Gärna."}
    secretary_client.post(f"{base}change/", {**words, **log, **{f"anchorings-0-{name}": value for name, value in asked.items()}})
    assert one.anchorings.get().entered_by == secretary
    assert "Det går inte längre" in secretary_client.post(f"{base}steg/ta-av/", follow=True).text
    assert secretary_client.get(f"{base}steg/klart/").status_code == 405
    assert secretary_client.post(f"{base}steg/annat/").status_code == 404
    assert "Rådet kan ta upp det" in secretary_client.post(f"{base}steg/klart/", follow=True).text
    assert "Välj ett möte." in secretary_client.post(f"{base}dagordning/").text
    assert "på mötets dagordning" in secretary_client.post(f"{base}dagordning/", {"meeting": here.meeting.pk}, follow=True).text
    secretary_client.post(f"{base}change/", {**log, "title": "Annat", "slug": "annat", "text": "Annat"})
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
        one = ready(f"Förslag {n}")
        one.put_on_agenda(by=here.by, meeting=here.meeting)
    here.meeting.call(by=here.by)
    with django_assert_num_queries(1):
        assert client.get("/radet/forslag/").text.count("På dagordningen") == number
