"""Where nominating bodies name people, and the page on which the named person says yes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council.models import Mandate, Nomination, Seat
from idekom.lib.dated import today
from tests.council.nominating import decided, nomination

pytestmark = pytest.mark.django_db
OWN = "/mina-sidor/nomineringar/"


@pytest.fixture
def seat(make: Any) -> Seat:
    made: Seat = make.seat(has_substitute=True)
    return made


@pytest.fixture
def nominator(seat: Seat, make: Any, sign_in: Any) -> Client:
    """Somebody at the nominating body."""
    client: Client = sign_in(make.representative(seat.nominator).user)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    told = {"role": "ordinary", "name": "Nina Ny", "email": "nina@example.org", "phone": "031-1", "from_on": today().isoformat(), "until_on": ""}
    return told | fields


def test_list_tells_who_sits_until_when_and_what_is_vacant(nominator: Client, seat: Seat, make: Any) -> None:
    seat.appoint(make.person(name="Sitter Nu"), role=Mandate.Role.ORDINARY, from_on=date(2020, 1, 1), until_on=date(2099, 12, 31))
    page = nominator.get(OWN).text
    assert all(word in page for word in ("Sitter Nu", "31 december 2099", "Vakant", reverse("council:nominate", args=[seat.pk])))


def test_a_body_nominates_and_takes_back(nominator: Client, seat: Seat) -> None:
    page = nominator.post(reverse("council:nominate", args=[seat.pk]), typed(), follow=True)
    named = Nomination.objects.get()
    assert ("Nomineringen är mottagen" in page.text, named.party, named.source, named.phone) == (True, seat.nominator, "own_pages", "031-1")
    assert "Personen är redan nominerad" in nominator.post(reverse("council:nominate", args=[seat.pk]), typed()).text
    assert "återtagen" in nominator.post(reverse("council:withdraw_nomination", args=[named.pk]), follow=True).text
    again = nominator.post(reverse("council:withdraw_nomination", args=[named.pk]), follow=True).text
    assert "ärendet har ändrats" in again


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "Skriv personens namn."),
        ({"email": "nina"}, "Skriv en e-postadress"),
        ({"from_on": "i morgon"}, "Skriv dagen som år-månad-dag"),
        ({"from_on": "1999-01-01"}, "Platsen finns inte den dagen."),
        ({"until_on": "2000-01-01"}, "Sista dagen måste komma efter den första."),
        ({"role": "kung"}, "Välj ordinarie eller ersättare."),
        ({"name": "N" * 10_000}, "Skriv namnet med högst 120 tecken."),
        ({"name": "\x00"}, "Skriv personens namn."),
    ],
)
def test_errors_say_how_to_mend_and_nothing_typed_is_lost(nominator: Client, seat: Seat, fields: dict[str, str], told: str) -> None:
    page = nominator.post(reverse("council:nominate", args=[seat.pk]), typed(**fields))
    assert told in page.text
    assert "031-1" in page.text
    assert Nomination.objects.count() == 0


def test_a_seat_without_substitute_offers_none(make: Any, sign_in: Any) -> None:
    plain = make.seat()
    client = sign_in(make.representative(plain.nominator).user)
    assert "Ersättare" not in client.get(reverse("council:nominate", args=[plain.pk])).text
    assert "Välj ordinarie" in client.post(reverse("council:nominate", args=[plain.pk]), typed(role="substitute")).text


def test_others_find_no_page(seat: Seat, make: Any, sign_in: Any, outsider_client: Client) -> None:
    named = nomination(seat)
    reader = sign_in(make.representative(seat.nominator, role="reader").user)
    other_seat = make.seat()
    other = sign_in(make.representative(other_seat.nominator).user)
    for client in (reader, outsider_client):
        assert client.get(OWN).status_code == 404
    for client in (reader, outsider_client, other):
        assert client.get(reverse("council:nominate", args=[seat.pk])).status_code == 404
        assert client.post(reverse("council:withdraw_nomination", args=[named.pk])).status_code == 404
    assert Client().get(OWN).status_code == 302
    named.refresh_from_db()
    assert named.status == "proposed"


def test_only_posts_withdraw(nominator: Client, seat: Seat) -> None:
    assert nominator.get(reverse("council:withdraw_nomination", args=[nomination(seat).pk])).status_code == 405


def test_queries_do_not_grow_with_the_nominations(nominator: Client, seat: Seat, make: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            nominator.get(OWN)
        return len(found)

    nomination(seat)
    queries()
    one = queries()
    nomination(seat)
    nomination(seat)
    make.seat(seat.body, nominator=seat.nominator)
    assert queries() == one


def test_the_person_says_yes_with_a_button_and_a_look_changes_nothing(client: Client, seat: Seat) -> None:
    named = nomination(seat, agreed=False)
    page = client.get(named.get_absolute_url())
    assert ("Ja, jag ställer upp" in page.text, page.headers["X-Robots-Tag"]) == (True, "noindex, nofollow")
    assert "no-store" in page.headers["Cache-Control"]
    assert (named.email in page.text, named.phone and named.phone in page.text) == (False, "")
    named.refresh_from_db()
    assert named.agreed_at is None
    assert "Tack, du har sagt ja" in client.post(named.get_absolute_url(), follow=True).text
    assert client.get(reverse("council:nomination", args=["x" * 30])).status_code == 404
    assert client.delete(named.get_absolute_url()).status_code == 405


def test_the_persons_page_tells_how_it_went(client: Client, make: Any) -> None:
    by = make.user()
    seated, declined, withdrawn = nomination(), nomination(), nomination()
    seated.seat_person(by=by, on=today() + timedelta(days=10), decision=decided())
    declined.decline(by=by, decision=decided(), note="Nej.")
    withdrawn.withdraw(by=by)
    words = ("Du har en plats i", "Rådet har beslutat att inte utse dig", "har tagit tillbaka den")
    for named, told in zip((seated, declined, withdrawn), words, strict=True):
        assert told in client.post(named.get_absolute_url(), follow=True).text


def test_private_contact_data_is_on_no_public_page(client: Client, seat: Seat, make: Any) -> None:
    named = nomination(seat, email="kanarie@hemlig.example", phone="031-KANARIE")
    named.seat_person(by=make.user(), on=today(), decision=decided())
    for path in (reverse("council:council"), reverse("start"), named.get_absolute_url()):
        text = client.get(path).text
        assert ("kanarie@hemlig.example" in text, "031-KANARIE" in text) == (False, False)


def test_my_pages_lead_there(nominator: Client) -> None:
    assert OWN in nominator.get(reverse("my_pages")).text
