"""Leaving a draft and going on with it: what is kept, what is told, and the mailed link."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from affiliation.models import SECTIONS, Application, Reminder
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests.affiliation import answers
from tests.together import together

pytestmark = pytest.mark.django_db


def resume(draft: Application) -> str:
    """The address of the page."""
    return reverse("affiliation:resume", args=[draft.token])


def later(client: Client, draft: Application, page: str, **typed: Any) -> Any:
    """Press "Spara och fortsätt senare"."""
    return client.post(reverse("affiliation:section", args=[draft.token, page]), {"later": "1", **typed})


def test_every_page_of_a_draft_has_the_button(client: Client, make: Any) -> None:
    draft = make.draft()
    pages = [reverse("affiliation:section", args=[draft.token, section.slug]) for section in SECTIONS]
    for address in [*pages, reverse("affiliation:begin"), reverse("affiliation:check", args=[draft.token])]:
        assert "Spara och fortsätt senare" in client.get(address).content.decode()


def test_unfinished_answers_are_kept_and_empty_ones_are_no_errors(client: Client, make: Any) -> None:
    draft = make.draft(signatory_name="", contact_email="", stands_behind_agreement=True)
    response = later(client, draft, "kontakt", signatory_name="Pia Prov", contact_name="")
    assert response.headers["Location"] == resume(draft)
    later(client, draft, "intyganden")
    draft.refresh_from_db()
    assert (draft.signatory_name, draft.contact_name, draft.stands_behind_agreement) == ("Pia Prov", "", False)


def test_what_is_not_good_is_told_as_it_was_typed_and_the_rest_is_kept(client: Client, make: Any) -> None:
    draft = make.draft(contact_name="", contact_email="")
    text = unescape(later(client, draft, "kontakt", contact_name="Kim", contact_email="kim snabel-a example").content.decode())
    for told in ("Allt sparades inte", "Kontaktpersonens e-post", "ni skrev ”kim snabel-a example”", "Skriv e-postadressen med @"):
        assert told in text
    draft.refresh_from_db()
    assert (draft.contact_name, draft.contact_email) == ("Kim", "")


def test_the_first_page_can_be_left_with_a_name_alone_but_not_without(client: Client, make: Any) -> None:
    make.version()
    address = reverse("affiliation:begin")
    assert "Skriv organisationens namn." in client.post(address, {"draft_key": str(uuid4()), "later": "1"}).content.decode()
    assert Application.objects.count() == 0
    response = client.post(address, {"draft_key": str(uuid4()), "later": "1", "name": "Halva namnet"})
    assert response.headers["Location"] == resume(Application.objects.get(name="Halva namnet"))


def test_the_page_is_filled_in_and_says_how_long_the_draft_is_kept(client: Client, make: Any) -> None:
    draft = make.draft()
    text = client.get(resume(draft)).content.decode()
    assert 'value="kim@provet.example.org"' in text
    assert "90 dagar" in text
    assert f"till och med den {draft.kept_until.day} " in text
    assert draft.kept_until == today() + timedelta(days=90)


def test_the_link_is_mailed_in_the_language_of_the_draft_and_leads_on(client: Client, make: Any) -> None:
    draft = make.draft(language="en")
    text = client.post(resume(draft), {"email": "styrelsen@provet.example.org"}).content.decode()
    assert "Länken är på väg" in text
    assert mail.outbox == []
    deliver_mail()
    (message,) = mail.outbox
    assert message.to == ["styrelsen@provet.example.org"]
    assert f"/en/anslut/arende/{draft.token}/granska/" in message.body
    draft.refresh_from_db()
    assert draft.resume_email == "styrelsen@provet.example.org"
    assert client.get(f"/en/anslut/arende/{draft.token}/granska/").status_code == 200


def test_asked_for_twice_a_day_one_mail_goes_and_the_next_day_another(make: Any) -> None:
    draft, day = make.draft(), today()
    for asked in (day, day, day + timedelta(days=1)):
        Reminder.objects.ask_for_link(draft, "a@example.org", asked)
    Reminder.objects.ask_for_link(draft, "rattad@example.org", day)  # the first one was mistyped
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["a@example.org"], ["a@example.org"], ["rattad@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_at_once_one_mail_goes(make: Any) -> None:
    draft = make.draft()
    together(12, lambda _which: Reminder.objects.ask_for_link(Application.objects.get(pk=draft.pk), "a@example.org", today()))
    together(4, lambda _which: deliver_mail())
    assert len(mail.outbox) == 1


def test_a_link_has_an_address_and_a_reminder_none(make: Any) -> None:
    with pytest.raises(IntegrityError, match="a_link_and_nothing_else_has_an_address_of_its_own"):
        Reminder.objects.create(subject=make.draft(), kind="link", since_on=today(), days=0)


def test_a_case_that_is_sent_in_has_no_link_to_ask_for(client: Client, make: Any) -> None:
    sent = make.application()
    assert client.post(resume(sent), {"email": "a@example.org"}).headers["Location"] == sent.get_absolute_url()
    with pytest.raises(WrongStatus):
        Reminder.objects.ask_for_link(sent, "a@example.org", today())
    assert Reminder.objects.count() == 0


def test_a_link_to_a_draft_that_was_sent_in_meanwhile_is_not_mailed(make: Any) -> None:
    draft = make.draft()
    Reminder.objects.ask_for_link(draft, "a@example.org", today())
    draft.submit()
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["kim@provet.example.org"]]


@pytest.mark.parametrize("typed", ["", "inget", "a@b\r\nBcc: x@example.org", "\x00", "å" * 10_000])
def test_an_address_that_is_none_is_told(client: Client, make: Any, typed: str) -> None:
    draft = make.draft()
    text = client.post(resume(draft), {"email": typed}).content.decode()
    assert "Skriv e-postadressen med @" in text or "Skriv den e-postadress som länken ska till." in text or "högst" in text
    assert Reminder.objects.count() == 0


def test_one_address_can_ask_ten_times_in_ten_minutes(client: Client, make: Any) -> None:
    draft = make.draft()
    answered = [client.post(resume(draft), {"email": "a@example.org"}).status_code for _time in range(11)]
    assert answered == [200] * 10 + [429]


def test_one_address_can_begin_twenty_times_in_ten_minutes(client: Client, make: Any) -> None:
    make.version()
    answered = [client.post(reverse("affiliation:begin"), {"name": ""}).status_code for _time in range(21)]
    assert answered == [200] * 20 + [429]


def test_leaving_is_for_drafts_alone(client: Client, make: Any) -> None:
    sent = make.application()
    sent.ask_for_completion(by=make.user(), note="Skriv.", fields=["signatory_name"])
    text = later(client, sent, "kontakt", signatory_name="").content.decode()
    assert "Skriv namnet på den som tecknar firman." in text
    sent.refresh_from_db()
    assert sent.signatory_name == "Pia Prov"


def test_answers_are_typed_on_one_phone_and_sent_from_another(make: Any) -> None:
    draft = answers.fill_in(Client())
    assert answers.submit(Client(), draft).headers["Location"] == draft.get_absolute_url()
