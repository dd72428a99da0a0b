"""Whatever is typed into a field of the application: never a 500, nothing typed is lost, and it is shown as text."""

import csv
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import SECTIONS, Application, Decision
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.text import cleaned
from idekom.users.models import User
from tests.affiliation import answers
from tests.payloads import KINDS, NASTY, typed

pytestmark = pytest.mark.django_db

HUGE = "å" * 100_000
BYTES = "\ufffd\ufffd\ufffd"  # what a lone surrogate's bytes become on the way in
FREE = [("organisationen", "name"), ("verksamhet", "description"), ("kontakt", "contact_name"), ("kontakt", "signatory_role")]
EVERY = [(section.slug, name) for section in SECTIONS for name in section.fields if name not in ("minutes", "statutes")]


@pytest.mark.parametrize(("page", "field"), EVERY)
def test_no_field_breaks_its_page(client: Client, make: Any, page: str, field: str) -> None:
    draft = make.draft(kind="umbrella")
    for value in [*NASTY.values(), HUGE, BYTES, "1e5", "-1", "9" * 40, "\x00", "="]:
        response = answers.answer(client, draft, page, **{field: value})
        assert response.status_code in (200, 302), (field, value[:40])
        client.get(reverse("affiliation:check", args=[draft.token]))


@pytest.mark.parametrize(("page", "field"), FREE)
@pytest.mark.parametrize("kind", [kind for kind in NASTY if kind not in ("empty", "spaces", "one long word", "many lines")])
def test_free_text_is_kept_and_shown_as_text(client: Client, make: Any, page: str, field: str, kind: str) -> None:
    draft, value = make.draft(), NASTY[kind][:70]
    response = answers.answer(client, draft, page, **{field: value})
    draft.refresh_from_db()
    shown = client.get(reverse("affiliation:section", args=[draft.token, page])).content.decode()
    assert "<script>alert" not in shown
    if response.status_code == 302:
        expected = cleaned(value).strip()
        assert getattr(draft, field) == expected
        assert expected.split("\n")[0] in unescape(shown)


def test_raw_bytes_of_a_lone_surrogate_are_taken(client: Client, make: Any) -> None:
    draft = make.draft()
    address = reverse("affiliation:section", args=[draft.token, "verksamhet"])
    body = f"sector={draft.sector_id}&description=a%ED%A0%80b%00c".encode()
    assert client.generic("POST", address, body, content_type="application/x-www-form-urlencoded").status_code == 302
    draft.refresh_from_db()
    assert draft.description == f"a{BYTES}bc"


def test_too_long_a_text_is_told_and_stays(client: Client, make: Any) -> None:
    text = answers.answer(client, make.draft(), "verksamhet", description=HUGE).content.decode()
    assert "Korta texten till högst 1000 tecken. Nu är den 100000." in text
    assert HUGE in text


def test_hostile_words_are_text_in_every_mail_page_and_file(client: Client, make: Any, secretary: User, secretary_client: Client) -> None:
    hostile = "<script>alert(1)</script>=HYPERLINK(1)\"'{{ 7*7 }}"
    words = dict.fromkeys(("name", "description", "contact_name", "signatory_name", "address", "city"), hostile)
    application = make.application(**words, decided_paragraph="<b>=1+1</b>")
    pages = [secretary_client.get(reverse("admin:affiliation_application_change", args=[application.pk]))]
    pages += [secretary_client.get(reverse("admin:affiliation_application_changelist"))]
    application.ask_for_completion(by=secretary, note=hostile, fields=["decided_paragraph", "statutes"])
    pages += [client.get(application.get_absolute_url()), client.get(reverse("affiliation:check", args=[application.token]))]
    application.complete()
    application.approve(by=secretary, decision=Decision(on=today(), paragraph="<b>"))
    pages += [client.get(application.get_absolute_url()), client.get(application.affiliation.party.get_absolute_url())]
    pages += [client.get(reverse("affiliation:register"), {"q": "<script>alert(1)</script>"})]
    deliver_mail()
    assert len(mail.outbox) == 4
    sent: list[Any] = mail.outbox
    for shown in [*(page.content.decode() for page in pages), *(message.alternatives[0].content for message in sent)]:
        assert "<script>alert" not in shown
        assert "<b>=1" not in shown
    for message in sent:
        assert "\n" not in message.subject
        assert hostile in message.body


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_the_csv_file_is_a_formula(client: Client, make: Any, start: str) -> None:
    party = make.party(f'{start}HYPERLINK("http://x")', description=f"{start}1+1", slug="x")
    make.affiliation(party)
    (_head, row) = csv.reader(StringIO(client.get(reverse("affiliation:register_csv")).content.decode("utf-8-sig")))
    assert row[0] == "'" + party.name
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_addresses_typed_as_markup_stay_text(client: Client, make: Any) -> None:
    draft = make.draft()
    for kind in KINDS:
        value = typed(kind, "file:///etc/passwd")
        answers.answer(client, draft, "verksamhet", description=value)
        draft.refresh_from_db()
        assert draft.description == value
        assert value not in client.get(reverse("affiliation:check", args=[draft.token])).content.decode()


def test_nothing_but_text_reaches_the_database(client: Client, make: Any) -> None:
    answers.begin(client, name="före\x00efter\x1b")
    assert Application.objects.get().name == "föreefter"
