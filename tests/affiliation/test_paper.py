"""Applications on paper, typed in by the secretary."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from affiliation.models import SECTIONS, Affiliation, Application, Decision
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.affiliation.answers import typed

pytestmark = pytest.mark.django_db
PAGE = "admin:affiliation_application_paper"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def filled(**changes: Any) -> dict[str, Any]:
    """A whole paper, as typed."""
    builders.version()
    answers: dict[str, Any] = {"draft_key": str(uuid4())}
    for section in SECTIONS:
        answers |= typed(section.slug)
    return answers | {"contact_email": "", "contact_phone": ""} | changes


def test_a_paper_becomes_a_case_like_the_others(secretary: User, secretary_client: Client) -> None:
    response = secretary_client.post(reverse(PAGE), filled(statutes=SimpleUploadedFile("s.pdf", PDF)), follow=True)
    case = Application.objects.get()
    assert (case.status, case.source, case.registered_by, case.contact_email, bool(case.statutes)) == ("submitted", "paper", secretary, "", True)
    text = response.content.decode()
    for shown in (
        f"har fått nummer {case.number}",
        "Inskriven av Kansliet från papper",
        "stadgar.pdf",
        "Inget mejl: den sökande har ingen e-postadress.",
    ):
        assert shown in text
    deliver_mail()
    assert mail.outbox == []
    case.approve(by=secretary, decision=Decision(on=today(), is_delegated=True))
    assert Affiliation.objects.get().party.representatives.count() == 0


def test_with_an_address_the_applicant_is_mailed(secretary_client: Client) -> None:
    secretary_client.post(reverse(PAGE), filled(contact_email="papper@example.org"))
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["papper@example.org"]]


def test_sent_twice_it_is_one_case(secretary_client: Client) -> None:
    answers = filled()
    for _time in (1, 2):
        text = secretary_client.post(reverse(PAGE), answers, follow=True).content.decode()
        assert "Inskriven av Kansliet från papper" in text
    assert Application.objects.count() == 1


def test_an_umbrella_names_its_members_and_others_do_not(secretary_client: Client) -> None:
    secretary_client.post(reverse(PAGE), filled(kind="umbrella", members="Ena\nAndra", registration_number=""))
    secretary_client.post(reverse(PAGE), filled(name="Gräshoppan", members="Ena\nAndra", registration_number=""))
    assert list(Application.objects.order_by("pk").values_list("kind", "members")) == [("umbrella", "Ena\nAndra"), ("organisation", "")]


def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(secretary_client: Client) -> None:
    answers = filled(name="", registration_number="123", decided_on="i går", stands_behind_agreement="", minutes=SimpleUploadedFile("p.pdf", PDF))
    answers |= {"postal_code": "x", "description": "Vi väver <mattor>."}
    text = secretary_client.post(reverse(PAGE), answers).content.decode()
    for told in ("Skriv organisationens namn.", "med 10 siffror", "Skriv dagen som år-månad-dag", "Kryssa i att ni står bakom", "med fem siffror"):
        assert told in text
    for kept in ("Vi väver &lt;mattor&gt;.", 'value="i går"', 'value="123"', "Pia Prov", answers["draft_key"], "Välj dem igen"):
        assert kept in text
    assert Application.objects.count() == 0


@pytest.mark.parametrize("bad", ["\x00", "å" * 10000, "-1", "finnsinte"])
def test_no_input_breaks_the_page(secretary_client: Client, bad: str) -> None:
    for name in filled():
        response = secretary_client.post(reverse(PAGE), filled(**{name: bad}))
        assert response.status_code in (200, 302)


def test_without_an_agreement_in_force_it_is_told(secretary_client: Client) -> None:
    answers = filled()
    with builders.unfrozen():
        builders.version().delete()
    assert "Ingen version av överenskommelsen gäller i dag." in secretary_client.post(reverse(PAGE), answers).content.decode()


def test_only_those_with_the_right_register_papers(make: Any, client: Client, outsider_client: Client, sign_in: Any) -> None:
    for browser, status in ((client, 302), (outsider_client, 302), (sign_in(make.user(is_staff=True)), 403)):
        assert browser.post(reverse(PAGE), filled()).status_code == status
    assert Application.objects.count() == 0
