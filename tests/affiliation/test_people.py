"""Who acts for a party: changing roles, ending, stepping down, handing over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import Party, Representative
from agreement.models.parties import LastAdministrator, NoHeir
from idekom.lib.dated import today
from tests.together import together

pytestmark = pytest.mark.django_db
Role = Representative.Role
HEIR = "Bjud in en efterträdare först, eller hör av er till kansliet."


def url(name: str, party: Party, *args: Any) -> str:
    return reverse(f"affiliation:{name}", args=[party.slug, *args])


def roles(party: Party) -> dict[str, str]:
    """{address: role} of those who act for the party today."""
    return {one.user.email: one.role for one in Representative.objects.of(party, today())}


def test_an_administrator_changes_a_role(make: Any, sign_in: Any) -> None:
    me = make.representative()
    other = make.representative(me.party, role=Role.READER)
    text = sign_in(me.user).post(url("own_person", me.party, other.pk), {"role": "reporter"}, follow=True).content.decode()
    assert f"{other.user.email} är nu rapportör." in text
    assert roles(me.party)[other.user.email] == "reporter"
    assert [change.role for change in other.changes.order_by("pk")] == ["reader", "reporter"]


@pytest.mark.parametrize("role", ["", "owner", "\x00", "a" * 10_000])
def test_an_unknown_role_is_told(make: Any, sign_in: Any, role: str) -> None:
    me = make.representative()
    other = make.representative(me.party, role=Role.READER)
    assert "att rätta" in sign_in(me.user).post(url("own_person", me.party, other.pk), {"role": role}).content.decode()
    assert roles(me.party)[other.user.email] == "reader"


def test_the_last_administrator_keeps_the_role(make: Any, sign_in: Any) -> None:
    me = make.representative()
    assert HEIR in sign_in(me.user).post(url("own_person", me.party, me.pk), {"role": "reader"}).content.decode()
    assert HEIR in sign_in(me.user).post(url("step_down", me.party), follow=True).content.decode()
    assert HEIR in sign_in(me.user).post(url("end_person", me.party, me.pk), follow=True).content.decode()
    assert roles(me.party) == {me.user.email: "administrator"}


def test_an_administrator_ends_somebody_at_once(make: Any, sign_in: Any) -> None:
    me = make.representative()
    other = make.representative(me.party)
    text = sign_in(me.user).post(url("end_person", me.party, other.pk), follow=True).content.decode()
    assert f"{other.user.email} företräder inte längre parten." in text
    assert sign_in(other.user).get(url("own_party", me.party)).status_code == 404
    other.refresh_from_db()
    assert other.until_on == today() - timedelta(days=1)
    assert sign_in(me.user).post(url("end_person", me.party, other.pk)).status_code == 404  # it is done


def test_whoever_was_let_in_today_is_out_at_once_and_history_knows(make: Any, sign_in: Any) -> None:
    me = make.representative()
    other = Representative.appoint(me.party, make.user(), from_on=today())
    pk = other.pk
    sign_in(me.user).post(url("end_person", me.party, pk))
    assert sign_in(other.user).get(url("own_party", me.party)).status_code == 404
    kept = Representative.pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]
    assert [change.pgh_label for change in kept.order_by("pk")] == ["insert", "delete"]


@pytest.mark.parametrize("role", Role.values)
def test_anybody_may_step_down(make: Any, sign_in: Any, role: str) -> None:
    stays, me = make.representative(), None
    me = make.representative(stays.party, role=role)
    text = sign_in(me.user).post(url("step_down", me.party), follow=True).content.decode()
    assert f"Du företräder inte längre {me.party}." in text
    assert roles(me.party) == {stays.user.email: "administrator"}
    assert sign_in(me.user).post(url("step_down", me.party)).status_code == 404


def test_people_of_another_party_are_out_of_reach(make: Any, sign_in: Any) -> None:
    me, other = make.representative(), make.representative()
    browser = sign_in(me.user)
    assert browser.get(url("own_person", me.party, other.pk)).status_code == 404
    for name in ("own_person", "end_person"):
        assert browser.post(url(name, me.party, other.pk), {"role": "reader"}).status_code == 404
    sign_in(me.user).post(url("hand_over", me.party), {"heir": str(other.pk), "stays": "no"})
    assert (roles(me.party), roles(other.party)) == ({me.user.email: "administrator"}, {other.user.email: "administrator"})


@pytest.mark.parametrize(("stays", "left"), [("yes", "reader"), ("no", None)])
def test_handing_over_is_one_step(make: Any, sign_in: Any, stays: str, left: str | None) -> None:
    me = make.representative()
    heir = make.representative(me.party, role=Role.READER)
    text = sign_in(me.user).post(url("hand_over", me.party), {"heir": str(heir.pk), "stays": stays}, follow=True).content.decode()
    assert f"{heir.user} är nu administratör för {me.party}." in text
    assert roles(me.party) == {heir.user.email: "administrator"} | ({me.user.email: left} if left else {})
    assert sign_in(me.user).post(url("hand_over", me.party), {"heir": str(heir.pk), "stays": stays}).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"heir": "x", "stays": "no"}, {"heir": "-1", "stays": "\x00"}, {"heir": "9" * 50, "stays": "yes"}])
def test_handing_over_to_nobody_changes_nothing(make: Any, sign_in: Any, typed: dict[str, str]) -> None:
    me = make.representative()
    make.representative(me.party, role=Role.READER)
    before = roles(me.party)
    assert "att rätta" in sign_in(me.user).post(url("hand_over", me.party), typed).content.decode()
    assert sign_in(me.user).get(url("hand_over", me.party)).status_code == 200
    assert roles(me.party) == before


def test_the_heir_who_left_meanwhile_is_told_of(make: Any) -> None:
    me = make.representative()
    heir = make.representative(me.party, role=Role.READER)
    heir.end(today())
    with pytest.raises(NoHeir):
        me.hand_over(heir, today(), stays=False)
    with pytest.raises(NoHeir):
        me.hand_over(me, today(), stays=True)
    assert roles(me.party) == {me.user.email: "administrator"}


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_leave_one(make: Any) -> None:
    for _turn in range(5):
        first = make.representative()
        both = [first.pk, make.representative(first.party).pk]
        results = together(2, lambda which, pks=both: Representative.objects.get(pk=pks[which]).end(today()))  # type: ignore[misc]
        assert sorted(type(result).__name__ for result in results) == ["LastAdministrator", "NoneType"]
        assert list(roles(first.party).values()) == ["administrator"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_leave(make: Any) -> None:
    """The control: look for another administrator, then leave – without the party's lock – leaves nobody."""
    for _turn in range(10):
        first = make.representative()
        both = [first.pk, make.representative(first.party).pk]

        def naive(which: int, pks: list[int] = both) -> None:
            mine = Representative.objects.get(pk=pks[which])
            if not Representative.objects.administrators(mine.party, today()).exclude(pk=mine.pk).exists():
                raise LastAdministrator
            Representative.objects.filter(pk=mine.pk).update(role=Role.READER)

        together(2, naive)
        if not Representative.objects.administrators(first.party, today()).exists():
            return
    pytest.fail("the race was never lost: the test above proves nothing")


def test_the_list_asks_as_often_however_many_there_are(make: Any, client: Client, sign_in: Any) -> None:
    me = make.representative()
    browser, counts, made = sign_in(me.user), [], 1
    for wanted in (1, 3, 300):
        for _number in range(made, wanted):
            make.representative(me.party, role=Role.READER)
        made = wanted
        for name in ("own_people", "own_party", "hand_over"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url(name, me.party)).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:6] == counts[6:]
