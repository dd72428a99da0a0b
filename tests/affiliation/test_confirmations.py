"""The yearly question whether the entry is right: asked by the clock, answered by one button."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, Confirmation
from affiliation.tasks import ask_for_confirmation
from agreement.models import Representative
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus

pytestmark = pytest.mark.django_db


def asked(affiliation: Affiliation) -> list[date]:
    return list(Confirmation.objects.filter(affiliation=affiliation).order_by("asked_on").values_list("asked_on", flat=True))


def question(make: Any, **fields: Any) -> tuple[Representative, Confirmation]:
    """An administrator, and a question that waits."""
    me = make.representative(make.affiliation(make.party("Ljuset", description="Vi lyser."), **fields).party)
    return me, Confirmation.objects.create(affiliation=me.party.affiliations.get(), asked_on=today())


def address(confirmation: Confirmation) -> str:
    return reverse("affiliation:confirmation", args=[confirmation.token])


def test_three_years_of_the_clock(make: Any) -> None:
    """One answers every year after ten days, one never, one left after a year; the task runs three times a day."""
    start = date(2020, 1, 15)
    answers, silent = (make.affiliation(from_on=start) for _one in range(2))
    left = make.affiliation(from_on=start, until_on=date(2021, 3, 1))
    marked: list[date] = []
    for number in range(0, 3 * 365 + 80, 2):
        day = start + timedelta(days=number)
        for _thrice in range(3):
            Confirmation.objects.ask(day)
            marked += [day] * Confirmation.objects.mark_unanswered(day)
        for late in Confirmation.objects.filter(affiliation=answers, confirmed_at=None, asked_on__lte=day - timedelta(days=10)):
            late.confirm()
        assert Affiliation.objects.get(pk=answers.pk).unconfirmed_since is None
    assert len(asked(answers)) == len(asked(silent)) == 3
    assert len(asked(left)) == 1
    assert all(365 <= (later - earlier).days <= 367 for days in (asked(answers), asked(silent)) for earlier, later in pairwise(days))
    silent.refresh_from_db()
    assert silent.unconfirmed_since == asked(silent)[0] + timedelta(days=60)
    assert marked == [silent.unconfirmed_since]
    assert silent.until_on is None
    Confirmation.objects.filter(affiliation=silent).latest("pk").confirm()
    silent.refresh_from_db()
    assert silent.unconfirmed_since is None
    assert not Confirmation.objects.unanswered(silent).exists()


def test_after_a_gap_one_question_is_asked(make: Any) -> None:
    affiliation = make.affiliation(from_on=date(2015, 1, 1))
    for day in (date(2019, 5, 1), date(2022, 8, 1), date(2022, 8, 1), date(2022, 8, 2)):
        Confirmation.objects.ask(day)
    assert asked(affiliation) == [date(2019, 5, 1), date(2022, 8, 1)]


def test_the_task_asks_the_administrators_each_in_their_language_once(make: Any) -> None:
    me = make.representative(make.affiliation(make.party("Ljuset", address="Ågatan 1"), from_on=date(2015, 1, 1)).party)
    other = make.representative(me.party, user=make.user(language="en"))
    make.representative(me.party, role=Representative.Role.REPORTER)
    for _thrice in range(3):
        ask_for_confirmation()
    sent: dict[str, Any] = {message.to[0]: message for message in mail.outbox}
    assert (sorted(sent), len(mail.outbox)) == (sorted([me.user.email, other.user.email]), 2)
    token = Confirmation.objects.get().token
    assert sent[me.user.email].subject == "Stämmer uppgifterna om Ljuset?"
    for told in (f"/bekrafta/{token}/", "/uppgifter/", "Ågatan 1"):
        assert told in sent[me.user.email].body
        assert told in str(sent[me.user.email].alternatives[0][0])
    assert f"/en/bekrafta/{token}/" in sent[other.user.email].body


def test_a_party_without_administrators_is_asked_in_silence(make: Any) -> None:
    party = make.affiliation(from_on=date(2015, 1, 1)).party
    make.representative(party, role=Representative.Role.READER)
    ask_for_confirmation()
    assert mail.outbox == []
    assert not Confirmation.objects.filter(notified_at=None).exists()


def test_no_mail_goes_when_it_is_answered_before(make: Any) -> None:
    _me, confirmation = question(make)
    confirmation.confirm()
    ask_for_confirmation()
    assert mail.outbox == []


def test_looking_changes_nothing_and_one_button_confirms(make: Any, client: Client) -> None:
    me, confirmation = question(make)
    Affiliation.objects.update(unconfirmed_since=today())
    text = client.get(address(confirmation)).content.decode()
    for shown in ("Ljuset", "Vi lyser.", "Ja, allt stämmer", f"/mina-sidor/parter/{me.party.slug}/uppgifter/"):
        assert shown in text
    confirmation.refresh_from_db()
    assert confirmation.confirmed_at is None
    for _twice in range(2):
        assert "Tack, uppgifterna är bekräftade" in client.post(address(confirmation), follow=True).content.decode()
    confirmation.refresh_from_db()
    first = confirmation.confirmed_at
    assert (first is not None, confirmation.confirmed_by, Affiliation.objects.get().unconfirmed_since) == (True, None, None)
    client.post(address(confirmation))
    confirmation.refresh_from_db()
    assert confirmation.confirmed_at == first


def test_who_confirmed_is_kept_when_it_is_an_administrator(make: Any, sign_in: Any, outsider_client: Client) -> None:
    me, confirmation = question(make)
    sign_in(me.user).post(address(confirmation))
    confirmation.refresh_from_db()
    assert confirmation.confirmed_by == me.user
    _me, another = question(make)
    outsider_client.post(address(another))
    another.refresh_from_db()
    assert (another.confirmed_at is not None, another.confirmed_by) == (True, None)


def test_a_party_that_has_left_has_nothing_to_confirm(make: Any, client: Client) -> None:
    _me, confirmation = question(make, from_on=date(2015, 1, 1), until_on=date(2016, 1, 1))
    with pytest.raises(WrongStatus):
        confirmation.confirm()
    assert "Här finns inget att bekräfta" in client.post(address(confirmation), follow=True).content.decode()
    confirmation.refresh_from_db()
    assert confirmation.confirmed_at is None


def test_the_page_is_secret(make: Any, client: Client) -> None:
    _me, confirmation = question(make)
    response = client.get(address(confirmation))
    assert ("no-store" in response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == (True, "noindex, nofollow")
    assert client.get("/bekrafta/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_an_administrator_confirms_from_the_own_place(make: Any, sign_in: Any) -> None:
    me, confirmation = question(make)
    reader = make.representative(me.party, role=Representative.Role.READER)
    here = reverse("affiliation:own_party", args=[me.party.slug])
    button = reverse("affiliation:own_confirm", args=[me.party.slug])
    assert button in sign_in(me.user).get(here).content.decode()
    assert button not in sign_in(reader.user).get(here).content.decode()
    assert sign_in(reader.user).post(button).status_code == 404
    assert "Tack. Uppgifterna är bekräftade." in sign_in(me.user).post(button, follow=True).content.decode()
    confirmation.refresh_from_db()
    assert confirmation.confirmed_by == me.user
    assert button not in sign_in(me.user).get(here).content.decode()
    assert "redan bekräftade" in sign_in(me.user).post(button, follow=True).content.decode()
