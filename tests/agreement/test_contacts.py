"""Whom to talk to: found by words, subject and part of the city; a name only by consent; checked once a year."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import Contact, District, Party, Topic
from idekom.lib.dated import period, today
from tests import builders

pytestmark = pytest.mark.django_db
PATH = "/kunskap/kontakter/"


def topic(slug: str = "lokaler", **fields: Any) -> Topic:
    return Topic.objects.create(**{"slug": slug, "name": slug.capitalize(), "words": "möteslokal, hyra", **fields})


def district(slug: str, name: str) -> District:
    made: District = District.objects.create(slug=slug, name=name, period=period(builders.EPOCH))
    return made


def contact(function: str = "Föreningskonsulent", *, about: Topic | None = None, where: tuple[District, ...] = (), **fields: Any) -> Contact:
    party = fields.pop("party", None) or builders.party("Fritidsförvaltningen", kind="city_body")
    told = {"helps_with": "Svarar på frågor.", "email": "funktion@staden.example.org", "period": period(builders.EPOCH)}
    made: Contact = Contact.objects.create(**{"party": party, "function": function, **told, **fields})
    made.topics.add(about or Topic.objects.first() or topic())
    made.districts.set(where)
    return made


def found(client: Client, query: str = "") -> list[str]:
    return [one.function for one in client.get(PATH + query).context["contacts"]]


@pytest.mark.parametrize("typed", ["foreningskonsulent", "FÖRENINGSKONS", "moteslokal", "fritids", "hisingen", "bokar hyra", "lokåler"])
def test_contacts_are_found_by_every_word_without_accents(client: Client, typed: str) -> None:
    contact(helps_with="Bokar lokaler.", where=(district("hisingen", "Hisingen"),))
    other = topic("bidrag", words="pengar")
    contact("Ekonom", about=other, party=builders.party("Kontoret", kind="city_body"), where=(district("centrum", "Centrum"),))
    assert found(client, f"?q={typed}") == ["Föreningskonsulent"]


def test_subject_and_district_narrow_and_the_whole_city_is_everywhere(client: Client) -> None:
    hisingen, centrum = district("hisingen", "Hisingen"), district("centrum", "Centrum")
    lokaler, bidrag = topic(), topic("bidrag")
    contact("Här", about=lokaler, where=(hisingen,))
    contact("Där", about=lokaler, where=(centrum,))
    contact("Överallt", about=bidrag)
    assert found(client, "?stadsomrade=hisingen") == ["Här", "Överallt"]
    assert found(client, "?stadsomrade=hisingen&amne=lokaler") == ["Här"]
    assert found(client, "?amne=finnsinte&stadsomrade=inte-heller") == ["Där", "Här", "Överallt"]


def test_nothing_found_says_what_to_do(client: Client) -> None:
    contact()
    html = client.get(PATH + "?q=rymdfart").text
    assert "Ingen kontakt passar det ni sökte" in html
    assert "idekom@example.org" in html
    assert "Kansliet tar reda på vem som svarar" in html
    Contact.objects.all().delete()
    assert "Inga kontakter står här än" in client.get(PATH).text


@pytest.mark.parametrize("query", ["?q=%00", "?q=" + "å" * 10_000, "?q=%ED%A0%80", "?amne=-1&stadsomrade=%00", "?q=%25_%5C"])
def test_no_input_breaks_the_search(client: Client, query: str) -> None:
    contact()
    assert client.get(PATH + query).status_code == 200


def test_one_that_has_ended_or_not_begun_is_not_shown(client: Client) -> None:
    contact("Nu")
    contact("Förr", period=period(builders.EPOCH, today() - timedelta(days=1)))
    contact("Sedan", period=period(today() + timedelta(days=1)))
    assert found(client) == ["Nu"]


def test_a_name_needs_the_day_of_consent_and_is_shown_with_it(client: Client) -> None:
    with pytest.raises(IntegrityError, match="a_name_is_shown_by_consent"), transaction.atomic():
        contact(name="Pia Påhitt")
    contact(name="Pia Påhitt", consented_on=today())
    assert "Pia Påhitt" in client.get(PATH).text


def test_a_contact_can_be_reached_and_belongs_to_the_city() -> None:
    with pytest.raises(IntegrityError, match="a_contact_can_be_reached"), transaction.atomic():
        contact(email="")
    stray = contact(party=builders.party(kind=Party.Kind.ORGANISATION))
    with pytest.raises(ValidationError, match="Välj en nämnd, en förvaltning eller ett bolag"):
        stray.full_clean()


def test_after_a_year_it_is_to_be_checked_and_the_page_says_so(client: Client) -> None:
    day = today()
    contact("Färsk", checked_on=day - timedelta(days=365))
    old = contact("Gammal", checked_on=day - timedelta(days=366))
    assert list(Contact.objects.unchecked(day)) == [old]
    assert list(Contact.objects.unchecked(day + timedelta(days=1)).order_by("function").values_list("function", flat=True)) == ["Färsk", "Gammal"]
    html = client.get(PATH).text
    assert html.count("Det är mer än ett år sedan") == 1
    assert html.count("Uppgiften kontrollerades den") == 2


def test_the_secretary_is_told_and_checks(secretary_client: Client, outsider_client: Client) -> None:
    old = contact(checked_on=today() - timedelta(days=400))
    assert "Kontakter i staden att kontrollera" in secretary_client.get(reverse("admin:index")).text
    address = reverse("admin:agreement_contact_changelist")
    assert old.function in secretary_client.get(f"{address}?lage=att-kontrollera").text
    chosen = {"action": "mark_checked", "_selected_action": [old.pk]}
    outsider_client.post(address, chosen)
    old.refresh_from_db()
    assert old.is_stale
    assert "1 kontakt är kontrollerad i dag." in secretary_client.post(address, chosen, follow=True).text
    assert "Kontakter i staden att kontrollera" not in secretary_client.get(reverse("admin:index")).text


def test_three_contacts_cost_as_many_queries_as_one(client: Client) -> None:
    contact(where=(district("hisingen", "Hisingen"),))
    with CaptureQueriesContext(connection) as one:
        client.get(PATH + "?q=svarar")
    contact("Andra")
    contact("Tredje", about=topic("bidrag"))
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(PATH + "?q=svarar").context["contacts"]) == 3
    assert len(three) == len(one)


def test_readers_get_no_cookie(client: Client) -> None:
    assert client.get(PATH).cookies == {}
    assert client.post(PATH).status_code == 405
