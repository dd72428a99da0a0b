"""An election in the secretary's office: planned, looked at, its ties settled, its protocol made, or called off."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Candidate, Election
from council.models import Nomination
from idekom.lib.dated import today
from tests.affiliation import electing

pytestmark = pytest.mark.django_db
BASE = "admin:affiliation_election"


def url(page: str, election: Election, *more: Any) -> str:
    return reverse(f"{BASE}_{page}", args=[election.pk, *more])


def test_secretary_plans_an_election_and_the_candidates_are_asked(secretary_client: Client, make: Any) -> None:
    sector, seat = make.sector(), make.seat(has_substitute=True)
    opens = timezone.localtime() + timedelta(days=20)
    fields = {
        "name": "Val för idrotten",
        "slug": "val-for-idrotten",
        "sector": sector.pk,
        "names_until": (today() + timedelta(days=10)).isoformat(),
        "opens_at": opens.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (opens + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"),
        "seated_from": (today() + timedelta(days=60)).isoformat(),
        "seated_until": "",
        "places-TOTAL_FORMS": "1",
        "places-INITIAL_FORMS": "0",
        "places-0-seat": seat.pk,
        "places-0-role": "ordinary",
        "candidates-TOTAL_FORMS": "1",
        "candidates-INITIAL_FORMS": "0",
        "candidates-0-name": "Kaj Kandidat",
        "candidates-0-email": "Kaj@example.org",
    }
    page = secretary_client.post(reverse(f"{BASE}_add"), fields, follow=True)
    election = Election.objects.get()
    assert (election.status, election.places.get().seat, Candidate.objects.get().email) == ("planned", seat, "kaj@example.org")
    assert Candidate.objects.get().agreed_at is None
    assert page.status_code == 200
    wrong = secretary_client.post(reverse(f"{BASE}_add"), {**fields, "slug": "annat", "names_until": opens.date().isoformat()})
    assert "Nomineringen måste sluta innan valet öppnar." in wrong.text


def test_an_open_election_is_read_and_not_changed(secretary_client: Client) -> None:
    here = electing.opened(3)
    here.vote([0])
    page = secretary_client.get(url("change", here.election)).text
    assert "1 av 3 parter har röstat." in page
    assert 'name="closes_at"' not in page
    assert secretary_client.post(url("change", here.election), {"name": "Ny"}).status_code == 403
    assert "Resultat" not in page


def test_secretary_settles_a_tie_and_makes_the_protocol(secretary_client: Client) -> None:
    election = electing.closed([0], [1])
    first, second = election.on_ballot()
    assert "Val som är räknade och saknar protokoll" in secretary_client.get(reverse("admin:index")).text
    assert url("lot", election, 1) in secretary_client.get(url("change", election)).text
    tellers = {"teller_one": "Rut", "teller_two": "Rolf", "settled_on": today().isoformat()}
    assert "Skriv in lotten först." in secretary_client.post(url("settle", election), tellers).text
    lot = {"order_1": second.pk, "order_2": second.pk, "drawn_on": today().isoformat(), "witnesses": "Vera Vittne"}
    twice = secretary_client.post(url("lot", election, 1), lot).text
    assert "Var och en ska stå en gång i ordningen." in twice
    assert "Vera Vittne" in twice
    page = secretary_client.post(url("lot", election, 1), {**lot, "order_2": first.pk}, follow=True).text
    assert url("settle", election) in page
    assert "Skriv rösträknarens namn." in secretary_client.post(url("settle", election), {}).text
    page = secretary_client.post(url("settle", election), tellers, follow=True).text
    nomination = Nomination.objects.get()
    assert (nomination.name, reverse("admin:council_nomination_change", args=[nomination.pk]) in page) == (second.name, True)
    assert "ärendet har ändrats" in secretary_client.post(url("settle", election), tellers).text
    assert Nomination.objects.count() == 1


def test_secretary_calls_an_election_off_and_says_why(secretary_client: Client, client: Client) -> None:
    here = electing.opened(2)
    here.vote([0])
    assert "Skriv varför valet ställs in." in secretary_client.post(url("cancel", here.election), {"note": ""}).text
    secretary_client.post(url("cancel", here.election), {"note": "En kandidat drog sig ur."})
    here.election.refresh_from_db()
    assert (here.election.status, here.election.ballots.count()) == ("cancelled", 0)
    assert "En kandidat drog sig ur." in client.get(reverse("affiliation:election", args=[here.election.slug])).text


def test_secretary_strikes_a_candidate_before_it_opens(secretary_client: Client) -> None:
    election = electing.election()
    one = election.candidates.all()[0]
    assert secretary_client.get(url("strike", election, one.pk)).status_code == 405
    secretary_client.post(url("strike", election, one.pk))
    one.refresh_from_db()
    assert one.withdrawn_at
    assert secretary_client.post(url("strike", election, one.pk)).status_code == 404


def test_there_is_no_lot_without_a_tie(secretary_client: Client) -> None:
    for election in (electing.closed([0], [0], [1]), electing.opened(1).election):
        assert "Det finns inget att lotta om" in secretary_client.get(url("lot", election, 1), follow=True).text


def test_who_may_only_look_changes_nothing(make: Any, sign_in: Any) -> None:
    election = electing.closed([0])
    reader = make.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_election"))
    client = sign_in(reader)
    assert client.get(url("change", election)).status_code == 200
    assert url("settle", election) not in client.get(url("change", election)).text
    for page in ("settle", "cancel"):
        assert client.post(url(page, election), {}).status_code == 403


def test_an_election_that_could_not_open_waits_for_the_secretary(secretary_client: Client) -> None:
    electing.election(candidates=0)
    assert "Val som inte kunde öppna" in secretary_client.get(reverse("admin:index")).text
