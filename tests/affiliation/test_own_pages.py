"""A party's own place: who may see it, who may change it, and what changing does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation
from agreement.models import District, Party, Representative
from idekom.lib.dated import period, today
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db
Role = Representative.Role
PAGES = ["own_party", "own_details", "own_people", "own_leave"]
FORMS = {
    "own_details": {"description": "Hej", "sector": ""},
    "own_people": {"email": "ny@example.org", "role": "reader"},
    "own_leave": {"last_day": "2099-01-01"},
    "own_confirm": {},
    "own_stay": {},
    "hand_over": {"stays": "no"},
}


def url(name: str, party: Party, *args: Any) -> str:
    return reverse(f"affiliation:{name}", args=[party.slug, *args])


def typed(**changes: Any) -> dict[str, Any]:
    """A party's entry as typed."""
    return {"description": "Vi finns.", "website": "", "address": "", "postal_code": "", "city": "", "district": "", **changes}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", Role.values)
def test_everybody_who_acts_for_the_party_may_read(make: Any, sign_in: Any, name: str, role: str) -> None:
    me = make.representative(role=role)
    text = sign_in(me.user).get(url(name, me.party)).content.decode()
    assert me.party.name in text
    has_form = '<form method="post" enctype' in text or '<form method="post" novalidate' in text
    assert has_form == (role == "administrator" and name != "own_party")


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_may(make: Any, client: Client, outsider_client: Client, secretary_client: Client, sign_in: Any, name: str) -> None:
    me, other = make.representative(), make.representative()
    for browser in (outsider_client, secretary_client, sign_in(other.user)):
        assert browser.get(url(name, me.party)).status_code == 404
    assert client.get(url(name, me.party)).headers["Location"].startswith("/konto/login/?next=")
    me.period = period(date(2015, 1, 1), today() - timedelta(days=1))
    me.save()
    assert sign_in(me.user).get(url(name, me.party)).status_code == 404


@pytest.mark.parametrize("name", list(FORMS))
@pytest.mark.parametrize("role", ["reporter", "reader", "nobody"])
def test_only_an_administrator_may_change(make: Any, sign_in: Any, outsider: Any, name: str, role: str) -> None:
    party = make.representative().party
    user = outsider if role == "nobody" else make.representative(party, role=role).user
    before = list(Representative.objects.values()), list(Party.objects.values()), list(Affiliation.objects.values())
    assert sign_in(user).post(url(name, party), FORMS[name]).status_code == 404
    assert (list(Representative.objects.values()), list(Party.objects.values()), list(Affiliation.objects.values())) == before


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("own_confirm", []),
        ("own_stay", []),
        ("step_down", []),
        ("end_person", [1]),
        ("revoke_invitation", [1]),
        ("end_member", [1]),
        ("deny_membership", [1]),
    ],
)
def test_a_get_does_nothing(make: Any, sign_in: Any, name: str, args: list[int]) -> None:
    me = make.representative()
    assert sign_in(me.user).get(url(name, me.party, *args)).status_code == 405


@pytest.mark.parametrize("pk", ["99999999999999999999999", "0", "7"])
def test_numbers_of_nothing_are_not_found(make: Any, sign_in: Any, pk: str) -> None:
    me = make.representative()
    for tail in (f"personer/{pk}/avsluta/", f"inbjudningar/{pk}/ta-tillbaka/", f"medlemmar/{pk}/ta-bort/", f"medlemskap/{pk}/forneka/"):
        assert sign_in(me.user).post(f"{url('own_party', me.party)}{tail}").status_code == 404
    assert sign_in(me.user).get(f"{url('own_party', me.party)}personer/{pk}/").status_code == 404


def test_the_entry_is_changed_at_once_and_history_keeps_it(make: Any, sign_in: Any, client: Client) -> None:
    north = District.objects.create(slug="nordost", name="Nordost", period=period(date(2010, 1, 1)))
    me = make.representative(make.affiliation(make.party("Ljuset", sector=make.sector(), description="Förut.")).party)
    new = typed(website="ljuset.example.org", address="Ågatan 1", postal_code="411 03", city="Göteborg", district=str(north.pk))
    response = sign_in(me.user).post(url("own_details", me.party), {**new, "sector": str(me.party.sector_id), "name": "Kuppen"}, follow=True)
    assert "Ändringen är sparad" in response.content.decode()
    text = client.get(me.party.get_absolute_url()).content.decode()
    for shown in ("Ljuset", "Vi finns.", "https://ljuset.example.org", "Ågatan 1, 411 03 Göteborg", "Nordost"):
        assert shown in text
    assert "Kuppen" not in text
    assert [change.description for change in me.party.changes.order_by("pk")][-2:] == ["Förut.", "Vi finns."]


def test_an_empty_address_is_not_shown(make: Any, sign_in: Any, client: Client) -> None:
    me = make.representative(make.affiliation(make.party(address="Ågatan 1", website="https://a.example.org")).party)
    sign_in(me.user).post(url("own_details", me.party), typed())
    text = client.get(me.party.get_absolute_url()).content.decode()
    assert "Ågatan" not in text
    assert "a.example.org" not in text


@pytest.mark.parametrize("field", ["description", "website", "address", "postal_code", "city", "sector", "district"])
def test_no_field_breaks_the_page_and_nothing_typed_is_lost(make: Any, sign_in: Any, field: str) -> None:
    me = make.representative()
    browser = sign_in(me.user)
    for value in [*NASTY.values(), "å" * 10_000, "\ufffd", "-1", "9" * 40, "javascript:alert(1)"]:
        response = browser.post(url("own_details", me.party), typed(**{"description": "Kvar.", field: value}))
        assert response.status_code in (200, 302), (field, value[:40])
        if response.status_code == 200:
            text = response.content.decode()
            assert "att rätta" in text
            assert field == "description" or "Kvar." in text
            assert "<script>alert" not in text


def test_a_party_that_has_left_is_read_and_not_changed(make: Any, sign_in: Any) -> None:
    party = make.affiliation(from_on=date(2015, 1, 1), until_on=today() - timedelta(days=1)).party
    me = make.representative(party)
    browser = sign_in(me.user)
    assert "Ni var anslutna från den 1 januari 2015" in browser.get(url("own_party", party)).content.decode()
    assert '<form method="post" enctype' not in browser.get(url("own_details", party)).content.decode()
    for name in ("own_details", "own_leave", "own_stay", "own_confirm"):
        assert browser.post(url(name, party), FORMS[name]).status_code == 404
    browser.post(url("own_people", party), FORMS["own_people"])
    assert party.invitations.count() == 1  # its people can still be mended: it may come back


def test_my_pages_lead_to_the_place_and_keep_the_language(make: Any, sign_in: Any, client: Client) -> None:
    me = make.representative()
    browser = sign_in(me.user)
    assert url("own_party", me.party) in browser.get("/mina-sidor/").content.decode()
    for language, kept in (("en", "en"), ("xx", "en"), ("\x00", "en"), ("sv", "sv")):
        assert browser.post("/mina-sidor/sprak/", {"language": language}).status_code == 302
        me.user.refresh_from_db()
        assert me.user.language == kept
    assert browser.get("/mina-sidor/sprak/").status_code == 405
    assert client.post("/mina-sidor/sprak/", {"language": "en"}).headers["Location"].startswith("/konto/login/")
