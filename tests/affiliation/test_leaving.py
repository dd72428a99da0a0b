"""Leaving the agreement, and staying after all."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, AffiliationEvent
from affiliation.models.affiliations import TooEarly
from affiliation.tasks import deliver_mail
from agreement.models import Party
from idekom.lib.dated import period, today
from idekom.lib.history import WrongStatus
from tests.together import together

pytestmark = pytest.mark.django_db


def url(name: str, party: Party) -> str:
    return reverse(f"affiliation:{name}", args=[party.slug])


def listed(party: Party) -> bool:
    """Whether the register has it today."""
    return party.name in Client().get(reverse("affiliation:register")).content.decode()


def test_an_administrator_leaves_with_a_day_and_a_button(make: Any, sign_in: Any) -> None:
    me, browser = make.representative(), None
    browser = sign_in(me.user)
    last = today() + timedelta(days=30)
    page = browser.get(url("own_leave", me.party)).content.decode()
    assert f'value="{today().isoformat()}"' in page
    assert page.count('type="text"') + page.count("<textarea") == 1  # the day, and no reason
    text = browser.post(url("own_leave", me.party), {"last_day": last.isoformat()}, follow=True).content.decode()
    for shown in ("Vi har antecknat att ni lämnar", "Ni lämnar den", "Ångra, vi är kvar"):
        assert shown in text
    affiliation = Affiliation.objects.get()
    event = affiliation.events.get()
    assert (affiliation.until_on, event.action, event.actor, event.last_day) == (last, "leave", me.user, last)
    assert listed(me.party)
    assert "Lämnar den" in Client().get(me.party.get_absolute_url()).content.decode()


def test_after_the_last_day_it_is_former_and_its_people_still_see_their_place(make: Any, sign_in: Any) -> None:
    me = make.representative(make.affiliation(make.party("Ljuset", description="Vi lyste.")).party)
    sign_in(me.user).post(url("own_leave", me.party), {"last_day": today().isoformat()})
    assert listed(me.party)
    Affiliation.objects.update(period=period(today() - timedelta(days=365), today() - timedelta(days=1)))  # a day later
    assert not listed(me.party)
    text = Client().get(me.party.get_absolute_url()).content.decode()
    assert "Tidigare ansluten" in text
    assert "Vi lyste." not in text
    assert "Ni var anslutna från" in sign_in(me.user).get(url("own_party", me.party)).content.decode()
    assert sign_in(me.user).post(url("own_stay", me.party)).status_code == 404
    with pytest.raises(WrongStatus):
        Affiliation.objects.get().stay(by=me.user)


def test_staying_takes_it_back(make: Any, sign_in: Any) -> None:
    me = make.representative()
    browser = sign_in(me.user)
    assert "Det går inte längre" in browser.post(url("own_stay", me.party), follow=True).content.decode()  # nobody leaves
    browser.post(url("own_leave", me.party), {"last_day": today().isoformat()})
    assert "Ni är kvar i överenskommelsen." in browser.post(url("own_stay", me.party), follow=True).content.decode()
    assert (Affiliation.objects.get().until_on, [event.action for event in AffiliationEvent.objects.all()]) == (None, ["leave", "stay"])


@pytest.mark.parametrize("day", ["", "i morgon", "\x00", "2026-02-30", "9999-12-31", "0001-01-01", "å" * 10_000, "-1"])
def test_a_day_that_cannot_be_is_told(make: Any, sign_in: Any, day: str) -> None:
    me = make.representative()
    assert "att rätta" in sign_in(me.user).post(url("own_leave", me.party), {"last_day": day}).content.decode()
    assert Affiliation.objects.get().until_on is None


def test_yesterday_is_too_early(make: Any, sign_in: Any) -> None:
    me = make.representative()
    yesterday = today() - timedelta(days=1)
    assert "Dagen har redan varit." in sign_in(me.user).post(url("own_leave", me.party), {"last_day": yesterday.isoformat()}).content.decode()
    with pytest.raises(TooEarly):
        Affiliation.objects.get().leave(by=me.user, last_day=yesterday)


def test_leaving_twice_keeps_the_first_day(make: Any, sign_in: Any) -> None:
    me = make.representative()
    first, second = today() + timedelta(days=3), today() + timedelta(days=9)
    told = [sign_in(me.user).post(url("own_leave", me.party), {"last_day": day.isoformat()}, follow=True) for day in (first, second)]
    assert ["Det går inte längre" in answer.content.decode() for answer in told] == [False, True]
    assert Affiliation.objects.get().until_on == first
    assert "Ångra på översikten" in sign_in(me.user).get(url("own_leave", me.party)).content.decode()


def test_mails_go_to_the_administrators_and_the_secretariat(make: Any, sign_in: Any, settings: Any) -> None:
    me = make.representative()
    other = make.representative(me.party, user=make.user(language="en"))
    make.representative(me.party, role="reader")
    sign_in(me.user).post(url("own_leave", me.party), {"last_day": (today() + timedelta(days=30)).isoformat()})
    deliver_mail()
    deliver_mail()
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == sorted([me.user.email, other.user.email, settings.PORTAL["contact_email"]])
    assert len(mail.outbox) == 3
    assert sent[me.user.email].subject == f"{me.party} lämnar överenskommelsen"
    assert f"/mina-sidor/parter/{me.party.slug}/" in sent[me.user.email].body
    assert f"/en/mina-sidor/parter/{me.party.slug}/" in sent[other.user.email].body
    mail.outbox.clear()
    sign_in(me.user).post(url("own_stay", me.party))
    deliver_mail()
    assert {message.subject for message in mail.outbox if message.to != [other.user.email]} == {f"{me.party} är kvar i överenskommelsen"}
    assert len(mail.outbox) == 3


@pytest.mark.django_db(transaction=True)
def test_of_many_who_leave_at_once_one_day_counts(make: Any) -> None:
    affiliation, by = make.affiliation(), make.user()
    results = together(12, lambda which: Affiliation.objects.get(pk=affiliation.pk).leave(by=by, last_day=today() + timedelta(days=which)))
    assert [type(result).__name__ for result in results].count("NoneType") == 1
    assert len([result for result in results if isinstance(result, WrongStatus)]) == 11
    affiliation.refresh_from_db()
    assert affiliation.events.get().last_day == affiliation.until_on
