"""What umbrellas say of their members, and what the members say of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from affiliation.tasks import deliver_mail
from agreement.models import Membership, Party, Representative
from idekom.lib.dated import period, today
from idekom.lib.history import WrongStatus
from tests.payloads import NASTY
from tests.together import together

pytestmark = pytest.mark.django_db


def url(name: str, party: Party, *args: Any) -> str:
    return reverse(f"affiliation:{name}", args=[party.slug, *args])


def umbrella(make: Any, name: str = "Paraplyet") -> Representative:
    """An administrator of an affiliated umbrella."""
    me: Representative = make.representative(make.affiliation(make.party(name, kind="umbrella")).party)
    return me


def name(me: Representative, member: str = "Medlemmen", email: str = "") -> Membership:
    """A member that was named a month ago."""
    made = Membership.name_member(me.party, member, from_on=today() - timedelta(days=30), email=email)
    assert made is not None
    return made


def standing(party: Party) -> list[str]:
    return [membership.name for membership in Membership.objects.standing(today()).filter(umbrella=party)]


def public(party: Party) -> str:
    return Client().get(party.get_absolute_url()).content.decode()


def test_an_administrator_names_members_and_they_are_asked(make: Any, sign_in: Any) -> None:
    me, known = umbrella(make), make.representative(make.affiliation(make.party("Bryggan")).party, user=make.user(language="en"))
    typed = "Åkern ; akern@example.org\r\n\r\n  Bryggan  \nÄngen\nåkern"
    text = sign_in(me.user).post(url("own_members", me.party), {"members": typed}, follow=True).content.decode()
    assert "3 medlemmar är tillagda." in text
    assert "lades inte till igen" in text
    assert standing(me.party) == ["Åkern", "Ängen", "Bryggan"]
    assert "Visas, och är själv ansluten" in text
    deliver_mail()
    deliver_mail()
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == sorted(["akern@example.org", known.user.email])
    assert sent["akern@example.org"].subject == "Är Åkern medlem i Paraplyet?"
    asked = Membership.objects.get(member=known.party)
    assert f"/en/medlemskap/{asked.token}/" in sent[known.user.email].body
    assert not Membership.objects.filter(notified_at=None).exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Skriv minst en organisation."),
        ("Åkern\n!!!", "Rad 2: skriv medlemmens namn"),
        ("Åkern; akern", "Rad 1: skriv e-postadressen"),
        ("; a@example.org", "Rad 1: skriv medlemmens namn"),
        ("å" * 161, "Rad 1: skriv medlemmens namn"),
        ("Åkern; " + "a" * 60 + "@" + ("b" * 60 + ".") * 4 + "se", "Rad 1"),
        ("\n".join(f"Medlem {number}" for number in range(301)), "högst 300 medlemmar"),
        ("å" * 60_000, "Korta texten"),
    ],
)
def test_what_must_be_mended_is_told_by_row_and_nothing_typed_is_lost(make: Any, sign_in: Any, typed: str, told: str) -> None:
    me = umbrella(make)
    text = sign_in(me.user).post(url("own_members", me.party), {"members": typed}).content.decode()
    assert told in text
    assert typed[:100] in text
    assert standing(me.party) == []


@pytest.mark.parametrize("kind", list(NASTY))
def test_whatever_is_typed_is_taken_or_told(make: Any, sign_in: Any, kind: str) -> None:
    me = umbrella(make)
    for value in (NASTY[kind], f"Åkern; {NASTY[kind]}", f"{NASTY[kind][:100]}; a@example.org"):
        assert sign_in(me.user).post(url("own_members", me.party), {"members": value}).status_code in (200, 302)
    assert "<script>alert" not in sign_in(me.user).get(url("own_members", me.party)).content.decode()


def test_only_umbrellas_have_members_and_only_administrators_name_them(make: Any, sign_in: Any, outsider_client: Client) -> None:
    me, single = umbrella(make), make.representative()
    reader = make.representative(me.party, role=Representative.Role.READER)
    typed = {"members": "Åkern"}
    assert sign_in(single.user).post(url("own_members", single.party), typed).status_code == 404
    assert sign_in(single.user).get(url("own_members", single.party)).status_code == 404
    for browser in (sign_in(reader.user), outsider_client, sign_in(single.user)):
        assert browser.post(url("own_members", me.party), typed).status_code == 404
    assert "<textarea" not in sign_in(reader.user).get(url("own_members", me.party)).content.decode()
    assert standing(me.party) == []


def test_an_administrator_takes_a_member_off_the_list(make: Any, sign_in: Any) -> None:
    me, other = umbrella(make), umbrella(make, "Andra")
    membership = name(me)
    assert sign_in(other.user).post(url("end_member", other.party, membership.pk)).status_code == 404
    assert "Medlemmen är borttagen" in sign_in(me.user).post(url("end_member", me.party, membership.pk), follow=True).content.decode()
    assert "Medlemmen" not in public(me.party)
    membership.refresh_from_db()
    assert membership.until_on == today() - timedelta(days=1)
    assert sign_in(me.user).post(url("end_member", me.party, membership.pk)).status_code == 404
    assert name(me).is_denied is False  # it may come back


def test_looking_changes_nothing_and_one_button_denies(make: Any) -> None:
    me, client = umbrella(make), Client()
    membership = name(me, email="m@example.org")
    address = reverse("affiliation:membership", args=[membership.token])
    assert "Paraplyet säger att Medlemmen är medlem." in client.get(address).content.decode()
    assert "Medlemmen" in public(me.party)
    for _twice in range(2):
        assert "visas inte längre som medlem i Paraplyet" in client.post(address, follow=True).content.decode()
    assert "Medlemmen" not in public(me.party)
    assert standing(me.party) == []
    assert client.get("/medlemskap/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_denied_member_stays_denied_whatever_the_umbrella_does(make: Any, sign_in: Any) -> None:
    me, member = umbrella(make), make.affiliation(make.party("Bryggan")).party
    membership = name(me, "Bryggan")
    membership.deny()
    browser = sign_in(me.user)
    assert "Har sagt nej" in browser.get(url("own_members", me.party)).content.decode()
    assert "har sagt att den inte är medlem" in browser.get(url("own_party", me.party)).content.decode()
    assert "har sagt att den inte är medlem" in browser.post(url("end_member", me.party, membership.pk), follow=True).content.decode()
    for typed in ("Bryggan", " bryggan ", "BRYGGAN; ny@example.org", "Bryggan."):
        assert "lades inte till igen" in browser.post(url("own_members", me.party), {"members": typed}, follow=True).content.decode()
    membership.refresh_from_db()
    assert (membership.is_denied, Membership.objects.count(), member.name in public(me.party)) == (True, 1, False)
    member.name = "Bryggan i Göteborg"  # under another name it is the same party
    member.save()
    assert Membership.name_member(me.party, "Bryggan i Göteborg", from_on=today()) is None


def test_a_denied_row_that_the_secretariat_ended_is_not_named_again(make: Any) -> None:
    me = umbrella(make)
    membership = name(me)
    membership.deny()
    Membership.objects.filter(pk=membership.pk).update(period=period(today() - timedelta(days=30), today() - timedelta(days=1)))
    assert Membership.name_member(me.party, "Medlemmen", from_on=today()) is None


def test_what_is_off_the_list_cannot_be_denied(make: Any) -> None:
    membership = name(umbrella(make))
    membership.end(today())
    with pytest.raises(WrongStatus):
        membership.deny()
    with pytest.raises(WrongStatus):
        membership.end(today())
    address = reverse("affiliation:membership", args=[membership.token])
    assert "står inte längre i listan" in Client().post(address, follow=True).content.decode()
    membership.refresh_from_db()
    assert not membership.is_denied


def test_a_member_that_is_a_party_denies_from_its_own_place(make: Any, sign_in: Any) -> None:
    me, member = umbrella(make), make.representative(make.affiliation(make.party("Bryggan")).party)
    membership = name(me, "Bryggan")
    reader = make.representative(member.party, role=Representative.Role.READER)
    address = url("deny_membership", member.party, membership.pk)
    assert "Vi är inte medlemmar" in sign_in(member.user).get(url("own_party", member.party)).content.decode()
    assert sign_in(reader.user).post(address).status_code == 404
    assert sign_in(me.user).post(url("deny_membership", me.party, membership.pk)).status_code == 404
    assert "Ni visas inte längre som medlem i Paraplyet." in sign_in(member.user).post(address, follow=True).content.decode()
    assert standing(me.party) == []


def test_no_mail_goes_about_what_is_denied_or_ended_before(make: Any) -> None:
    me = umbrella(make)
    name(me, email="m@example.org").deny()
    name(me, "Andra", email="a@example.org").end(today())
    deliver_mail()
    assert mail.outbox == []
    assert not Membership.objects.filter(notified_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_twelve_who_name_the_same_member_name_it_once(make: Any) -> None:
    me = umbrella(make)
    results = together(12, lambda _which: Membership.name_member(me.party, "Medlemmen", from_on=today()))
    assert [type(result).__name__ for result in results].count("Membership") == 1
    assert not [result for result in results if isinstance(result, Exception)]


def test_the_list_asks_as_often_however_many_there_are(make: Any, sign_in: Any) -> None:
    me = umbrella(make)
    browser, counts, made = sign_in(me.user), [], 0
    for wanted in (1, 3, 300):
        for number in range(made, wanted):
            name(me, make.affiliation(make.party(f"Medlem {number}")).party.name)
        made = wanted
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url("own_members", me.party)).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
