"""Whom a proposal is laid before, when, and what is mailed about it: each once, by a clock that is moved."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from affiliation import addressing
from agreement.models import Party
from council.models import Hinder, PartyDecision
from council.tasks import deliver_mail
from idekom.lib.dated import today
from tests import builders
from tests.council.proposing import ADOPTED_ON, addressed, adopted, says

pytestmark = pytest.mark.django_db


def party(name: str, *, days: int = 900, until: int | None = None, **fields: Any) -> Party:
    """A party affiliated since so many days before the adoption."""
    ends = None if until is None else ADOPTED_ON - timedelta(days=until)
    made: Party = builders.affiliation(builders.party(name, **fields), from_on=ADOPTED_ON - timedelta(days=days), until_on=ends).party
    return made


@pytest.mark.parametrize(
    ("whom", "expected"),
    [("all", {"Föreningen", "Nämnden"}), ("city", {"Nämnden"}), ("civil_society", {"Föreningen"}), ("chosen", {"Den valda"})],
)
def test_it_is_laid_before_those_of_the_day(whom: str, expected: set[str]) -> None:
    party("Föreningen"), party("Nämnden", kind="city_body"), party("Den som har lämnat", until=1), party("Den som kom sedan", days=-1)
    one = adopted(addressed=whom)
    one.chosen.set([builders.party("Den valda")])
    assert addressing.address_adopted(today()) == len(expected)
    assert addressing.address_adopted(today()) == 0
    one.refresh_from_db()
    assert ({row.party.name for row in one.decisions.all()}, one.addressed_on) == (expected, today())


def test_those_who_join_later_are_added_by_the_secretary(secretary_client: Client, outsider_client: Client) -> None:
    party("Föreningen")
    one = adopted()
    addressing.address_adopted(today())
    later = party("Den som kom sedan", days=-1)
    path = f"/admin/affiliation/affiliation/forslag/{one.pk}/"
    assert "Den som kom sedan" in secretary_client.get(path).text
    assert "Välj minst en part." in secretary_client.post(path).text
    assert "1 part har fått förslaget." in secretary_client.post(path, {"parties": [later.pk]}, follow=True).text
    assert one.decisions.filter(party=later).exists()
    assert "redan" in secretary_client.post(path, {"parties": [later.pk]}).text
    assert outsider_client.post(path, {"parties": [later.pk]}).status_code in {302, 403}


def test_administrators_are_told_once_that_it_binds_nobody() -> None:
    row = addressed(party("Föreningen"))[0]
    user = builders.representative(row.party).user
    builders.representative(row.party, role="reader")  # type: ignore[arg-type]
    deliver_mail()
    deliver_mail()
    told = [message for message in mail.outbox if message.to == [user.email]]
    assert [message.subject for message in told] == ["Förslag till er: Gemensamma mötesplatser"]
    text = str(told[0].body)
    assert "Det här är ett FÖRSLAG. Det binder er inte." in text
    assert f"/mina-sidor/parter/{row.party.slug}/forslag/gemensamma-motesplatser/" in text
    assert len([message for message in mail.outbox if "Förslag till er" in message.subject]) == 1


def test_one_question_after_ninety_days_and_never_again() -> None:
    open_one, answered = addressed(party("Tysta"), party("Svarande"), on=today())
    left = addressed(party("Lämnat", until=-5), of=open_one.proposal)[0]
    user = builders.representative(open_one.party).user
    says(answered)
    deliver_mail()
    mail.outbox.clear()
    assert addressing.ask_about_hinders(today() + timedelta(days=89)) == 0
    assert addressing.ask_about_hinders(today() + timedelta(days=90)) == 1
    assert addressing.ask_about_hinders(today() + timedelta(days=500)) == 0
    deliver_mail()
    deliver_mail()
    assert [(message.to, message.subject) for message in mail.outbox] == [([user.email], "En fråga om förslaget: Gemensamma mötesplatser")]
    hinder = Hinder.objects.get()
    assert hinder.token in str(mail.outbox[0].body)
    assert not PartyDecision.objects.filter(pk=left.pk).exclude(hinder=None).exists()


def test_who_answers_before_the_mail_goes_is_not_asked() -> None:
    row = addressed(party("Tysta"), on=today())[0]
    builders.representative(row.party)
    deliver_mail()
    mail.outbox.clear()
    addressing.ask_about_hinders(today() + timedelta(days=90))
    says(row)
    deliver_mail()
    assert mail.outbox == []


def test_a_sentence_about_what_is_in_the_way(client: Client, secretary_client: Client) -> None:
    row = addressed(party("Tysta"))[0]
    Hinder.objects.ask(today() + timedelta(days=90), [row.party])
    path = f"/vad-hindrar/{row.hinder.token}/"
    assert client.get(path).text.count("Skicka till kansliet") == 1
    for wrong in ("", "   ", "\x00", "x" * 401):
        page = client.post(path, {"answer": wrong})
        assert (page.status_code, "is-wrong" in page.text) == (200, True)
    assert "Kansliet läser det." in client.post(path, {"answer": "Vi hinner inte."}, follow=True).text
    client.post(path, {"answer": "Något annat."})
    assert Hinder.objects.get().answer == "Vi hinner inte."
    assert "Vi hinner inte." in secretary_client.get("/admin/council/partydecision/?hinder=svar").text
    assert "Vi hinner inte." not in client.get(f"{row.proposal.get_absolute_url()}bundna/").text
    assert client.get("/vad-hindrar/this-is-nobodys-secret-00000/").status_code == 404


def test_a_reminder_from_the_office(secretary_client: Client) -> None:
    row = addressed(party("Tysta"))[0]
    builders.representative(row.party)
    path = f"/admin/council/partydecision/{row.pk}/paminn/"
    assert secretary_client.get(path).status_code == 405
    assert "mindre än två veckor" in secretary_client.post(path, follow=True).text
    row.events.update(at=timezone.now() - timedelta(days=20))
    secretary_client.post(path)
    deliver_mail()
    assert [message.subject for message in mail.outbox][-1] == "Påminnelse om ett förslag: Gemensamma mötesplatser"
