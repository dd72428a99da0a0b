"""The pages of an election: what everybody reads, where the parties name people and vote, and the candidate's yes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Ballot, Candidate, Election
from agreement.models import Representative
from idekom.lib.dated import today
from tests.affiliation import electing

pytestmark = pytest.mark.django_db


def url(name: str, election: Election, *more: Any) -> str:
    return reverse(f"affiliation:{name}", args=[election.slug, *more])


def planned(**fields: Any) -> Election:
    """An election that still takes names."""
    return electing.election(names_until=today() + timedelta(days=1), opens_at=timezone.now() + timedelta(days=3), **fields)


@pytest.fixture
def here(make: Any) -> electing.Opened:
    return electing.opened(2)


@pytest.fixture
def voter(here: electing.Opened, make: Any, sign_in: Any) -> Client:
    """Somebody who votes for the first party on the roll."""
    client: Client = sign_in(make.representative(here.rolls[0].party).user)
    return client


def test_list_and_page_tell_what_is_elected_and_who_stands(client: Client, here: electing.Opened) -> None:
    assert here.election.name in client.get(reverse("affiliation:elections")).text
    page = client.get(url("election", here.election))
    assert all(one.name in page.text and one.presentation in page.text for one in here.candidates)
    assert "0 av 2 parter" in page.text
    assert not page.cookies
    assert all(one.email not in page.text for one in here.candidates)


def test_list_says_why_it_is_empty(client: Client, db: None) -> None:
    assert "Inget val är bestämt" in client.get(reverse("affiliation:elections")).text


def test_number_of_queries_does_not_grow_with_the_elections(client: Client, make: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("affiliation:elections"))
        return len(found)

    electing.election()
    queries()
    one = queries()
    electing.election()
    electing.election()
    assert queries() == one


def test_who_has_not_said_yes_is_shown_to_nobody(client: Client) -> None:
    election = planned(candidates=0)
    named = electing.candidate(election, agreed=False, name="Tyst Kandidat")
    assert "Tyst Kandidat" not in client.get(url("election", election)).text
    client.post(named.get_absolute_url())
    assert "Tyst Kandidat" in client.get(url("election", election)).text


def test_a_candidate_says_yes_with_a_button_and_a_look_changes_nothing(client: Client) -> None:
    named = electing.candidate(planned(candidates=0), agreed=False)
    page = client.get(named.get_absolute_url())
    assert "Ja, jag ställer upp" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    named.refresh_from_db()
    assert named.agreed_at is None
    assert "Tack, du ställer upp" in client.post(named.get_absolute_url(), follow=True).text
    assert client.get(reverse("affiliation:candidacy", args=["x" * 30])).status_code == 404


def test_a_late_or_withdrawn_candidate_is_told_so(client: Client) -> None:
    late = electing.candidate(here := electing.election(candidates=1), agreed=False)
    here.open(timezone.now())
    assert "Det är för sent att säga ja" in client.post(late.get_absolute_url(), follow=True).text
    struck = electing.candidate(planned())
    struck.strike()
    assert "Nomineringen gäller inte längre" in client.get(struck.get_absolute_url()).text


def test_voting_shows_a_code_once(voter: Client, here: electing.Opened) -> None:
    page = voter.get(url("own_election", here.election))
    assert "En röst går inte att ändra eller ta tillbaka" in page.text
    fields = {"roll": here.rolls[0].pk, "choices": [here.candidates[1].pk]}
    receipt = voter.post(url("vote", here.election), fields)
    ballot = Ballot.objects.get()
    assert (ballot.choices, ballot.code in receipt.text) == ([here.candidates[1].pk], True)
    assert "no-store" in receipt.headers["Cache-Control"]
    again = voter.get(url("own_election", here.election)).text
    assert "har röstat" in again
    assert ballot.code not in again
    assert "har redan röstat" in voter.post(url("vote", here.election), fields, follow=True).text
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("choices", "blank", "told"),
    [
        ([], "", "Välj minst en kandidat, eller kryssa i att ni röstar blankt."),
        ([0, 1], "", "Ni har valt 2. Välj högst 1."),
        ([0], "on", "Välj kandidater eller rösta blankt, inte båda."),
    ],
)
def test_a_ballot_that_is_filled_in_wrongly_is_not_cast(voter: Client, here: electing.Opened, choices: list[int], blank: str, told: str) -> None:
    fields = {"roll": here.rolls[0].pk, "choices": [here.candidates[place].pk for place in choices], "is_blank": blank}
    page = voter.post(url("vote", here.election), fields)
    assert told in page.text
    assert "Fel:" in page.text
    assert (Ballot.objects.count(), page.text.count("checked")) == (0, len(choices) + bool(blank))


@pytest.mark.parametrize("odd", ["-1", "x\x00", "\ud800", "9" * 40, "", "1' OR 1"])
def test_odd_votes_are_told_and_not_cast(voter: Client, here: electing.Opened, odd: str) -> None:
    typed = odd.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for fields in ({"roll": here.rolls[0].pk, "choices": [typed]}, {"roll": typed, "choices": []}):
        assert voter.post(url("vote", here.election), fields).status_code == 200
    assert Ballot.objects.count() == 0


def test_nobody_votes_for_somebody_elses_party(voter: Client, here: electing.Opened) -> None:
    page = voter.post(url("vote", here.election), {"roll": here.rolls[1].pk, "is_blank": "on"})
    assert page.status_code == 200
    assert (Ballot.objects.count(), here.election.turnout()) == (0, (0, 2))


def test_readers_outsiders_and_other_sectors_find_no_page(here: electing.Opened, make: Any, sign_in: Any, outsider_client: Client) -> None:
    reader = make.representative(here.rolls[0].party, role=Representative.Role.READER).user
    other = make.representative(make.affiliation(make.party(sector=make.sector())).party).user
    for client in (sign_in(reader), sign_in(other), outsider_client):
        assert client.get(url("own_election", here.election)).status_code == 404
        assert client.post(url("vote", here.election), {"is_blank": "on"}).status_code == 404
        assert client.post(url("name_candidate", here.election)).status_code == 404
    assert Client().get(url("own_election", here.election)).status_code == 302


def test_somebody_who_votes_for_two_parties_says_for_which(here: electing.Opened, make: Any, sign_in: Any) -> None:
    user = make.user()
    for roll in here.rolls:
        make.representative(roll.party, user)
    client = sign_in(user)
    assert "Vilka röstar?" in client.get(url("own_election", here.election)).text
    assert "Välj vilka som röstar." in client.post(url("vote", here.election), {"is_blank": "on"}).text
    client.post(url("vote", here.election), {"roll": here.rolls[1].pk, "is_blank": "on"})
    assert [roll.has_voted for roll in here.election.roll.order_by("pk")] == [False, True]


def test_only_posts_write(voter: Client, here: electing.Opened) -> None:
    for name, more in (("vote", []), ("name_candidate", []), ("strike_candidate", [here.candidates[0].pk])):
        assert voter.get(url(name, here.election, *more)).status_code == 405


def test_a_party_names_somebody_and_takes_it_back(make: Any, sign_in: Any) -> None:
    election = planned(candidates=0)
    party = electing.voters(election, 1)[0]
    client = sign_in(make.representative(party).user)
    fields = {"party": party.pk, "name": "Nina Namn", "email": "nina@example.org", "phone": "", "presentation": "Jag kan idrott."}
    page = client.post(url("name_candidate", election), fields, follow=True)
    named = Candidate.objects.get()
    assert ("Nomineringen är mottagen" in page.text, named.party, named.presentation) == (True, party, "Jag kan idrott.")
    assert "Personen är redan nominerad i valet." in client.post(url("name_candidate", election), fields).text
    assert "Skriv personens namn." in client.post(url("name_candidate", election), {**fields, "name": ""}).text
    assert "återtagen" in client.post(url("strike_candidate", election, named.pk), follow=True).text
    named.refresh_from_db()
    assert named.withdrawn_at
    assert client.post(url("strike_candidate", election, named.pk)).status_code == 404


def test_nobody_is_named_when_it_is_over(voter: Client, here: electing.Opened) -> None:
    assert "Nomineringen är stängd" in voter.post(url("name_candidate", here.election), {"name": "Sen"}, follow=True).text


def test_result_ballots_and_protocol_after_the_close(client: Client, make: Any) -> None:
    here = electing.opened(3)
    codes = here.vote([0], [0], [])
    assert client.get(url("election_protocol", here.election)).status_code == 404
    here.election.close(electing.after(here.election))
    page = client.get(url("election", here.election)).text
    assert all(code in page for code in codes)
    assert "Antal valsedlar: 3. Av dem är 1 blanka." in page
    assert client.get(url("election_protocol_pdf", here.election)).status_code == 404
    here.election.settle(by=make.user(), tellers=("Rut Räknare", "Rolf Räknare"), on=today())
    protocol = client.get(url("election_protocol", here.election)).text
    assert all(word in protocol for word in ("Rut Räknare", "Rolf Räknare", here.candidates[0].name, "Vald: ordinarie"))
    assert client.get(url("election_protocol_pdf", here.election)).content.startswith(b"%PDF")


def test_my_pages_lead_to_the_election(voter: Client, here: electing.Opened) -> None:
    assert url("own_election", here.election) in voter.get(reverse("my_pages")).text
