"""Organisations that are known already: told of, without telling about anybody's draft."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models import Application
from affiliation.models.duplicates import known
from idekom.lib.dated import today
from tests.affiliation import answers

pytestmark = pytest.mark.django_db
NUMBER = "8020024256"
ANOTHER = "Vi är en annan organisation"


def begin(client: Client, **typed: Any) -> str:
    """The page that follows the first page."""
    return answers.begin(client, **typed).content.decode()  # type: ignore[no-any-return]


def test_the_number_of_an_affiliated_party_is_told_with_its_page(client: Client, make: Any) -> None:
    party = make.affiliation(make.party("Bryggan <i>vid</i> Ån", registration_number=NUMBER)).party
    text = begin(client, name="Något helt annat")
    assert "är redan ansluten med det numret" in text
    assert f'<a href="{party.get_absolute_url()}">Bryggan &lt;i&gt;vid&lt;/i&gt; Ån</a>' in text
    assert text.count(party.get_absolute_url()) == 1  # the summary has the words alone
    assert Application.objects.count() == 0


def test_a_party_that_has_left_may_apply_again(client: Client, make: Any) -> None:
    make.affiliation(make.party("Bryggan", registration_number=NUMBER), from_on=date(2015, 1, 1), until_on=date(2020, 1, 1))
    assert answers.begin(client, name="Bryggan").status_code == 302


@pytest.mark.parametrize(("sent_in", "told"), [(True, True), (False, False)])
def test_a_number_with_idekom_is_told_without_a_name_and_a_draft_never(client: Client, make: Any, sent_in: bool, told: bool) -> None:
    draft = make.draft(name="Hemliga föreningen", registration_number=NUMBER)
    if sent_in:
        draft.submit()
    text = begin(client, name="Något helt annat")
    assert ("har redan ansökt" in text) == told
    assert "Hemliga" not in text


def test_a_case_that_ended_does_not_stand_in_the_way(client: Client, make: Any) -> None:
    make.application(name="Räddningen vid Ån", registration_number=NUMBER).withdraw()
    assert answers.begin(client).status_code == 302


def test_a_name_like_an_affiliated_ones_is_asked_about_once(client: Client, make: Any) -> None:
    party = make.affiliation(make.party("Räddningen vid Ån i Göteborg")).party
    typed = {"draft_key": str(uuid4()), **answers.typed("organisationen", registration_number="")}
    address = reverse("affiliation:begin")
    text = client.post(address, typed).content.decode()
    for expected in (ANOTHER, "Finns ni redan med?", f'<a href="{party.get_absolute_url()}">{party.name}</a>', 'value="Räddningen vid Ån"'):
        assert expected in text
    assert Application.objects.count() == 0
    assert client.post(address, typed | {"is_another": "on"}).status_code == 302
    draft = Application.objects.get()
    assert draft.name == "Räddningen vid Ån"
    assert answers.answer(client, draft, "organisationen", registration_number="").status_code == 302  # asked and answered


def test_a_name_like_a_cases_is_asked_about_without_naming_it(client: Client, make: Any) -> None:
    make.application(name="Räddningen vid Ån, hemlig")
    text = begin(client, registration_number="")
    assert "En organisation med ett liknande namn har ansökt" in text
    assert "hemlig" not in text
    assert ANOTHER in text


def test_a_name_like_a_drafts_is_told_to_nobody(client: Client, make: Any) -> None:
    make.draft(name="Räddningen vid Ån")
    assert answers.begin(client, registration_number="").status_code == 302


def test_it_is_asked_when_the_page_is_edited_later_and_never_of_the_case_itself(client: Client, make: Any) -> None:
    make.affiliation(make.party("Räddningen vid Ån i Göteborg"))
    draft = make.draft(name="Något annat", registration_number=NUMBER)
    assert ANOTHER in answers.answer(client, draft, "organisationen").content.decode()
    draft.refresh_from_db()
    assert draft.name == "Något annat"
    sent = make.application(name="Klubben Ensam", registration_number="")
    sent.ask_for_completion(by=make.user(), note="Skriv numret.", fields=["name", "registration_number"])
    assert answers.answer(client, sent, "organisationen", name="Klubben Ensamma").status_code == 302
    sent.refresh_from_db()
    assert (sent.name, sent.registration_number) == ("Klubben Ensamma", NUMBER)


def test_a_name_that_is_asked_about_is_not_kept_for_later_either(client: Client, make: Any) -> None:
    make.affiliation(make.party("Räddningen vid Ån i Göteborg"))
    draft = make.draft(name="Något annat")
    answers.answer(client, draft, "organisationen", registration_number="", later="1")
    draft.refresh_from_db()
    assert draft.name == "Något annat"


def test_looking_takes_two_queries_however_many_there_are(make: Any, django_assert_num_queries: Any) -> None:
    for number in range(30):
        make.affiliation(make.party(f"Föreningen Räddningen {number}"))
        make.application(name=f"Föreningen Ån {number}")
    with django_assert_num_queries(2):
        found = known(Application(name="Föreningen Räddningen vid Ån", registration_number=NUMBER), today())
    assert found.is_name_alike


def test_the_likeliest_are_found_among_many_with_common_words(make: Any) -> None:
    for number in range(250):
        make.affiliation(make.party(f"Föreningen nummer {number}"))
    wanted = make.affiliation(make.party("Föreningen Bryggan")).party
    assert known(Application(name="Bryggan Föreningen"), today()).alike[:1] == [wanted]
