"""Dot ballots in the office: written with areas and proposals, moved on by buttons, merged, written in from paper, made into activities."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreement.models import Activity
from council.models import Area, DotBallot, Option
from tests import builders
from tests.council import balloting, proposing

pytestmark = pytest.mark.django_db


def at(name: str, ballot: DotBallot, *more: int) -> str:
    return reverse(f"admin:council_dotballot_{name}", args=[ballot.pk, *more])


def inline(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """The fields of a formset."""
    told: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return told | {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_a_ballot_is_written_from_nothing_to_open(secretary_client: Client) -> None:
    body = balloting.body()
    words = {"body": body.pk, "title": "Vad vi börjar med", "slug": "borja", "text": ""}
    made = secretary_client.post(reverse("admin:council_dotballot_add"), words, follow=True)
    ballot = DotBallot.objects.get(slug="borja")
    assert made.redirect_chain == [(at("change", ballot), 302)]
    assert "Skriv hur många prickar var och en har." in made.content.decode()
    closes = (timezone.localtime() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    hours = {"dots": "5", "most_per_option": "2", "weighing": "sector", "opens_at": "", "closes_at": closes}
    secretary_client.post(at("change", ballot), {**words, **hours, **inline("areas", {"number": "1", "name": "Lokaler"})})
    area = Area.objects.get(ballot=ballot)
    rows = [{"number": str(number), "title": f"Förslag {number}", "text": ""} for number in (1, 2)]
    back = secretary_client.post(
        reverse("admin:council_area_change", args=[area.pk]), {"number": "1", "name": "Lokaler", **inline("options", *rows)}, follow=True
    )
    assert back.redirect_chain == [(at("change", ballot), 302)]
    assert "Innan den kan öppna" not in back.content.decode()
    assert [option.title for option in balloting.options(ballot)] == ["Förslag 1", "Förslag 2"]
    secretary_client.post(at("open", ballot))
    ballot.refresh_from_db()
    assert (ballot.status, ballot.weighing, ballot.voters.count()) == ("open", "sector", 6)


def test_what_is_missing_is_told_and_nothing_opens(secretary_client: Client) -> None:
    ballot = balloting.draft(dots=None)
    page = secretary_client.post(at("open", ballot), follow=True).content.decode()
    assert "Skriv hur många prickar var och en har." in page
    ballot.refresh_from_db()
    assert ballot.status == "draft"


def test_open_it_shows_how_many_and_cannot_be_rewritten(secretary_client: Client) -> None:
    ballot = balloting.opened()
    balloting.put(ballot, {0: 2})
    page = secretary_client.get(at("change", ballot)).content.decode()
    assert "1 av 6" in page
    assert 'name="title"' not in page
    area = reverse("admin:council_area_change", args=[ballot.areas.all()[0].pk])
    assert 'name="options-0-title"' not in secretary_client.get(area).content.decode()
    assert secretary_client.post(area, {"number": "1", "name": "Annat"}).status_code == 403


def test_it_is_closed_and_called_off_by_hand(secretary_client: Client) -> None:
    one, other = balloting.opened(), balloting.opened()
    assert "ingen rösta mer" in secretary_client.get(at("close", one)).content.decode()
    one.refresh_from_db()
    assert one.status == "open"
    secretary_client.post(at("close", one))
    assert "Skriv varför." in secretary_client.post(at("cancel", other), {"note": ""}).content.decode()
    secretary_client.post(at("cancel", other), {"note": "Listan var fel."})
    for ballot, status in ((one, "closed"), (other, "cancelled")):
        ballot.refresh_from_db()
        assert ballot.status == status
    late = secretary_client.post(at("cancel", one), {"note": "För sent."}).content.decode()
    assert "Det går inte längre" in late
    assert "För sent." in late


def test_numbers_on_paper_are_written_in(secretary_client: Client) -> None:
    ballot = balloting.on_paper(None, None, None)
    one, other, third = balloting.options(ballot)
    wrong = {f"alla-{one.pk}": "9", f"staden-{one.pk}": "3", f"civil-{one.pk}": "4", f"staden-{other.pk}": "2", f"alla-{third.pk}": "många"}
    page = secretary_client.post(at("numbers", ballot), wrong).content.decode()
    for words in ("Summan stämmer inte", "Skriv båda sidornas antal, eller ingens.", "Skriv ett heltal", 'value="9"', 'value="många"'):
        assert words in page
    right = {f"staden-{one.pk}": "3", f"civil-{one.pk}": "4", f"alla-{other.pk}": "0", f"alla-{third.pk}": ""}
    secretary_client.post(at("numbers", ballot), right)
    assert [(option.noted, option.noted_city) for option in balloting.options(ballot)] == [(7, 3), (0, None), (None, None)]
    secretary_client.post(at("record", ballot))
    text = Client().get(ballot.get_absolute_url()).content.decode()
    assert "Lapparna i pärmen." in text
    assert "inget antal är noterat" in text
    secretary_client.post(at("correct", ballot), {"note": "Felskrivet."})
    assert Client().get(ballot.get_absolute_url()).status_code == 404


def test_proposals_are_merged_and_taken_apart(secretary_client: Client) -> None:
    ballot = balloting.recorded(7, 3, 3)
    whole, other, third = balloting.options(ballot)
    assert "Välj minst ett förslag" in secretary_client.post(at("merge", ballot), {"whole": whole.pk}).content.decode()
    assert (
        "kan inte slås ihop med sig självt" in secretary_client.post(at("merge", ballot), {"whole": whole.pk, "parts": [whole.pk]}).content.decode()
    )
    secretary_client.post(at("merge", ballot), {"whole": whole.pk, "parts": [other.pk, third.pk]})
    assert "7 + 3 + 3 = 13" in secretary_client.get(at("change", ballot)).content.decode()
    secretary_client.post(at("split", ballot, third.pk))
    assert "7 + 3 = 10" in secretary_client.get(at("change", ballot)).content.decode()
    assert secretary_client.get(at("split", ballot, other.pk)).status_code == 405
    elsewhere = balloting.options(balloting.recorded(1))[0]
    assert secretary_client.post(at("split", ballot, elsewhere.pk)).status_code == 404


def test_winners_become_activities(secretary_client: Client) -> None:
    ballot, plan = balloting.recorded(7, 3), balloting.plan()
    one, _other = balloting.options(ballot)
    assert f"{one.title}: 7" in secretary_client.get(at("activities", ballot)).content.decode()
    assert "Välj en handlingsplan." in secretary_client.post(at("activities", ballot), {"options": [one.pk]}).content.decode()
    for _press in range(2):
        secretary_client.post(at("activities", ballot), {"plan": plan.pk, "options": [one.pk]})
    assert [activity.title for activity in Activity.objects.all()] == [one.title]
    assert secretary_client.get(at("activities", balloting.opened())).status_code == 404


def test_a_proposal_is_linked_and_shown_when_it_is_public(secretary_client: Client) -> None:
    ballot = balloting.recorded(7, 3)
    proposal = proposing.ready("Lokalerna")
    option = balloting.options(ballot)[0]
    secretary_client.post(at("proposal", ballot), {"option": option.pk, "proposal": proposal.pk})
    assert Option.objects.get(pk=option.pk).proposal == proposal
    assert "Blev rådets förslag" not in Client().get(ballot.get_absolute_url()).content.decode()
    meeting = builders.meeting()
    proposal.put_on_agenda(by=builders.user(), meeting=meeting)
    meeting.call(by=builders.user())
    assert "Blev rådets förslag" in Client().get(ballot.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["open", "close", "cancel", "record", "correct", "merge", "activities", "proposal", "numbers"])
def test_only_the_office_acts(outsider_client: Client, name: str) -> None:
    ballot = balloting.opened()
    assert outsider_client.post(at(name, ballot), {"note": "Nej."}).status_code == 302
    ballot.refresh_from_db()
    assert (ballot.status, ballot.events.count()) == ("open", 1)


@pytest.mark.parametrize("name", ["open", "record"])
def test_buttons_are_pressed_not_visited(secretary_client: Client, name: str) -> None:
    assert secretary_client.get(at(name, balloting.draft())).status_code == 405


def test_what_should_have_opened_waits_on_the_first_page(secretary_client: Client) -> None:
    balloting.draft(opens_at=timezone.now() - timedelta(hours=1), dots=None)
    assert "Omröstningar som inte kunde öppna" in secretary_client.get(reverse("admin:index")).content.decode()
