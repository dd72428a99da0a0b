"""What the application's fields accept, how they say no, and what they keep."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from affiliation.forms.fields import PastDateField, RegistrationNumberField, WebsiteField
from affiliation.models import Application
from tests.affiliation import answers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["8020024256", "802002-4256", " 802002 4256 ", "802002–4256", "16802002-4256", "8020 0242 56"])
def test_registration_number_is_kept_as_ten_digits(typed: str) -> None:
    assert RegistrationNumberField(required=False).clean(typed) == "8020024256"


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_registration_number_may_be_missing(typed: Any) -> None:
    assert RegistrationNumberField(required=False).clean(typed) == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("802002-4257", "någon siffra är fel"),
        ("802002", "med 10 siffror"),
        ("abc", "med 10 siffror"),
        ("١٢٣٤٥٦٧٨٩٠", "med 10 siffror"),
        ("811218-9876", "personnummer"),
        ("19811218-9876", "personnummer"),
        ("811218+9876", "med 10 siffror"),
        ("8020024256" * 9, "40 tecken"),
    ],
)
def test_registration_number_says_how_to_mend(typed: str, told: str) -> None:
    with pytest.raises(ValidationError) as error:
        RegistrationNumberField(required=False).clean(typed)
    assert told in " ".join(error.value.messages)


def test_a_personal_identity_number_is_never_kept(client: Client) -> None:
    response = answers.begin(client, registration_number="811218-9876")
    assert "personnummer" in response.content.decode()
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("forening.se", "https://forening.se"),
        ("www.förening.se/om", "https://www.förening.se/om"),
        ("http://forening.se", "http://forening.se"),
        ("https://forening.se", "https://forening.se"),
        ("", ""),
    ],
)
def test_website_is_completed(typed: str, kept: str) -> None:
    assert WebsiteField(required=False, max_length=200).clean(typed) == kept


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://forening.se", "data:text/html,x", "//", "http://", "två ord", "https://x"])
def test_website_refuses_what_is_no_web_address(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"www\.foreningen\.se"):
        WebsiteField(required=False, max_length=200).clean(typed)


@pytest.mark.parametrize("typed", ["2026-03-12", "20260312", "260312", "2026.03.12", "12/3 2026", "12.3.2026", "12/3/2026", " 2026-03-12 "])
def test_a_day_is_understood_as_people_write_it(typed: str) -> None:
    assert str(PastDateField().clean(typed)) == "2026-03-12"


@pytest.mark.parametrize(
    ("typed", "told"), [("2026-13-40", "år-månad-dag"), ("igår", "år-månad-dag"), ("2999-01-01", "framtiden"), ("1812-01-01", "årtalet|året")]
)
def test_a_day_that_cannot_be_is_told(typed: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        PastDateField().clean(typed)


def test_a_form_for_the_city_is_not_for_applicants(client: Client) -> None:
    response = answers.begin(client, legal_form="committee")
    assert "Välj ett av alternativen." in response.content.decode()
    assert Application.objects.count() == 0


def test_forged_fields_change_nothing(client: Client, make: Any) -> None:
    draft = make.draft()
    answers.answer(client, draft, "verksamhet", status="approved", number="ANS-1", name="Annat namn", language="en", token="x")
    draft.refresh_from_db()
    assert (draft.status, draft.number, draft.name, draft.language) == ("draft", None, "Föreningen Provet", "sv")


def test_errors_are_told_in_a_summary_and_typed_values_stay(client: Client, make: Any) -> None:
    text = answers.answer(client, make.draft(), "kontakt", contact_email="kim(a)example.org", signatory_name="").content.decode()
    for expected in (
        "<title>Fel:",
        "Det finns 2 saker att rätta",
        "Skriv e-postadressen med @",
        "Skriv namnet på den som tecknar firman.",
        "kim(a)example.org",
    ):
        assert expected in text
    assert text.count("Skriv e-postadressen med @") == 2  # in the summary and beside the field, in the same words
    assert 'href="#id_contact_email"' in text
