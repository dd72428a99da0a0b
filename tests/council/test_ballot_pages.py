"""Dot ballots for everybody, and for who votes: choosing, checking, leaving the dots, the receipt."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council.models import DotBallot, Vote, Voter
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db


@pytest.fixture
def voter() -> Voter:
    return balloting.voters(balloting.opened())[0]


def at(voter: Voter, name: str = "dots") -> str:
    return reverse(f"council:{name}", args=[voter.token])


def typed(voter: Voter, *words: str) -> dict[str, str]:
    """What is typed for the first options, in order."""
    return {f"forslag-{option.pk}": word for option, word in zip(balloting.options(voter.ballot), words, strict=False)}


def test_dots_are_chosen_checked_and_left(client: Client, voter: Voter) -> None:
    page = client.get(at(voter)).content.decode()
    assert f"Du röstar som {voter.person.name}." in page
    assert "Du har 5 prickar." in page
    assert page.count('type="number"') == 4
    check = client.post(at(voter, "check_dots"), typed(voter, "3", "", "1")).content.decode()
    assert "Prickarna är inte lämnade än." in check
    assert "Du har 1 prick kvar." in check
    assert Vote.objects.count() == 0
    receipt = client.post(at(voter, "put_dots"), typed(voter, "3", "", "1"), follow=True)
    assert receipt.redirect_chain == [(at(voter, "dots_receipt"), 302)]
    assert "Dina prickar är lämnade" in receipt.content.decode()
    assert sorted(Vote.objects.values_list("dots", flat=True)) == [1, 3]


def test_one_goes_back_from_the_check_with_what_one_chose(client: Client, voter: Voter) -> None:
    page = client.post(at(voter), typed(voter, "2", "1")).content.decode()
    assert "Du har 2 prickar kvar." in page
    assert 'value="2"' in page
    assert Vote.objects.count() == 0


def test_dots_are_changed_until_the_close(client: Client, voter: Voter) -> None:
    for words in (("3",), ("1", "2")):
        client.post(at(voter, "put_dots"), typed(voter, *words))
    assert sorted(Vote.objects.values_list("dots", flat=True)) == [1, 2]
    assert "Du har redan röstat" in client.get(at(voter)).content.decode()


def test_too_many_dots_says_how_many_to_take_away_and_loses_nothing(client: Client, voter: Voter) -> None:
    for name in ("check_dots", "put_dots"):
        page = client.post(at(voter, name), typed(voter, "3", "3", "2")).content.decode()
        assert "Du har satt 8 prickar men har 5. Ta bort 3 prickar." in page
        assert page.count('value="3"') == 2
        assert "<title>Fel:" in " ".join(page.split())
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("word", ["4", "-1", "1.5", "tre", "\0", "\ud800", "9" * 10_000, "1" * 30])
def test_strange_numbers_are_told_beside_the_field(client: Client, voter: Voter, word: str) -> None:
    sent = urlencode(typed(voter, word, "1"), errors="surrogatepass")
    page = client.post(at(voter, "put_dots"), sent, content_type="application/x-www-form-urlencoded").content.decode()
    assert ("Skriv ett heltal, till exempel 2, eller lämna tomt." in page) or ("Sätt högst 3 prickar på samma förslag." in page)
    assert 'value="1"' in page
    assert Vote.objects.count() == 0


def test_no_dots_and_unknown_options_are_no_vote(client: Client, voter: Voter) -> None:
    for data in ({}, {"forslag-999999": "1"}, typed(voter, "0", "")):
        assert "Sätt minst en prick." in client.post(at(voter, "put_dots"), data).content.decode()
    assert Vote.objects.count() == 0


def test_one_dot_at_the_most_is_a_box_to_tick(client: Client) -> None:
    voter = balloting.voters(balloting.opened(most_per_option=1, dots=2))[0]
    page = client.get(at(voter)).content.decode()
    assert (page.count('type="checkbox"'), page.count('type="number"')) == (4, 0)
    over = client.post(at(voter, "put_dots"), typed(voter, "on", "on", "on")).content.decode()
    assert "Ta bort 1 prick." in over
    assert over.count("checked") == 3
    client.post(at(voter, "put_dots"), typed(voter, "on", "on"))
    assert list(Vote.objects.values_list("dots", flat=True)) == [1, 1]


def test_looking_changes_nothing_and_a_wrong_link_is_nobodys(client: Client, voter: Voter) -> None:
    for name in ("dots", "dots_receipt"):
        response = client.get(at(voter, name))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert client.get(at(voter, name).replace(voter.token, "x" * 32)).status_code == 404
    voter.refresh_from_db()
    assert (voter.voted_at, Vote.objects.count()) == (None, 0)
    for name in ("check_dots", "put_dots"):
        assert client.get(at(voter, name)).status_code == 405
        assert client.post(at(voter, name).replace(voter.token, "x" * 32)).status_code == 404


def test_a_late_request_is_refused_though_no_task_has_run(client: Client, voter: Voter) -> None:
    now = timezone.now()
    DotBallot.objects.update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1))
    for name in ("check_dots", "put_dots"):
        page = client.post(at(voter, name), typed(voter, "1")).content.decode()
        assert "Prickarna är inte sparade." in page
    assert Vote.objects.count() == 0
    assert "Resultatet kommer om en stund." in client.get(voter.ballot.get_absolute_url()).content.decode()


def test_over_and_called_off_the_link_says_so(client: Client) -> None:
    over, called_off = balloting.closed({0: 2}), balloting.opened()
    called_off.cancel(by=builders.user(), note="Listan var fel.")
    assert f"{over.get_absolute_url()}#resultat" in client.get(at(balloting.voters(over)[0])).content.decode()
    assert "Listan var fel." in client.get(at(balloting.voters(called_off)[0])).content.decode()


def test_my_own_ballots_are_mine(sign_in: Any, voter: Voter) -> None:
    me, other = sign_in(voter.person.user), sign_in(builders.user())
    page = reverse("council:own_ballots")
    assert at(voter) in me.get(page).content.decode()
    assert at(voter) in me.get(reverse("my_pages")).content.decode()
    assert "Du har ingen omröstning" in other.get(page).content.decode()
    balloting.put(voter.ballot, {0: 1})
    assert at(voter) not in me.get(reverse("my_pages")).content.decode()
    assert "du har röstat" in me.get(page).content.decode()


def test_before_the_opening_it_is_announced_without_its_list(client: Client) -> None:
    hidden = balloting.draft()
    announced = balloting.draft(opens_at=timezone.now() + timedelta(days=1))
    listed = client.get(reverse("council:ballots")).content.decode()
    assert (announced.title in listed, hidden.title in listed) == (True, False)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = client.get(announced.get_absolute_url()).content.decode()
    assert "Omröstningen har inte öppnat än." in page
    assert balloting.options(announced)[0].title not in page


def test_after_the_close_the_result_is_a_picture_and_a_table(client: Client) -> None:
    ballot = balloting.closed({0: 3}, {0: 2}, {1: 1}, {2: 2}, {0: 1}, {1: 2})
    page = client.get(ballot.get_absolute_url()).content.decode()
    assert page.count('class="bar bar--') == 8  # four options, two sides
    assert "Per sektor" in page
    assert reverse("council:ballot_csv", args=[ballot.slug]) in page
    assert not any(voter.person.name in page for voter in balloting.voters(ballot))
    assert "Set-Cookie" not in client.get(ballot.get_absolute_url()).headers
    csv = client.get(reverse("council:ballot_csv", args=[ballot.slug]))
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert client.get(reverse("council:ballot_json", args=[ballot.slug])).json()["rubrik"] == ballot.title


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_lists_ask_as_often_for_three_as_for_one(client: Client, sign_in: Any) -> None:
    body = balloting.body()
    first = balloting.opened(body)
    me = sign_in(balloting.voters(first)[0].person.user)
    pages = [(client, reverse("council:ballots")), (me, reverse("council:own_ballots")), (me, reverse("my_pages"))]
    for browser, path in pages:
        queries(browser, path)
    before = [queries(browser, path) for browser, path in pages]
    for _more in range(2):
        balloting.opened(body)
    assert [queries(browser, path) for browser, path in pages] == before


def test_pages_ask_as_often_for_many_proposals_as_for_few(client: Client) -> None:
    few, many = balloting.closed({0: 2}, options=(1, 1)), balloting.closed({0: 2}, options=(4, 4))
    queries(client, few.get_absolute_url())
    assert queries(client, few.get_absolute_url()) == queries(client, many.get_absolute_url())
    one, other = (balloting.voters(balloting.opened(options=options))[0] for options in ((1, 1), (4, 4)))
    assert queries(client, at(one)) == queries(client, at(other))
