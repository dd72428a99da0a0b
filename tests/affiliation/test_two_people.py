"""Two board members in one draft: neither overwrites the other unknowingly, and nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Application
from affiliation.models.aside import FOLDER, forget_aside, put_aside, take_up
from tests.affiliation import answers
from tests.affiliation.test_uploads import PDF
from tests.together import together

pytestmark = pytest.mark.django_db


def address(draft: Application, page: str) -> str:
    return reverse("affiliation:section", args=[draft.token, page])


def carried(text: str) -> dict[str, str]:
    """What the page carries besides its fields."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(seen|aside_\w+)" value="([^"]*)"', text)}


def opened(client: Client, draft: Application, page: str) -> dict[str, str]:
    """Somebody opens the page."""
    return carried(client.get(address(draft, page)).content.decode())


def pdf(words: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("protokoll.pdf", PDF + words, content_type="application/pdf")


def test_the_second_is_told_sees_both_and_decides(client: Client, make: Any) -> None:
    draft = make.draft()
    one, two = opened(client, draft, "verksamhet"), opened(client, draft, "verksamhet")
    client.post(address(draft, "verksamhet"), answers.typed("verksamhet", description="Den första skrev.") | one)
    typed = answers.typed("verksamhet", description="Den andra skrev.")
    told = client.post(address(draft, "verksamhet"), typed | two).content.decode()
    for text in ("Någon annan har ändrat samma svar", "Den första skrev.", "Den andra skrev.", "Kort beskrivning"):
        assert text in told
    assert "Den andra skrev.</textarea>" in told
    assert "Sektor</a>" not in told  # the same in both
    draft.refresh_from_db()
    assert draft.description == "Den första skrev."
    assert client.post(address(draft, "verksamhet"), typed | carried(told)).status_code == 302
    draft.refresh_from_db()
    assert draft.description == "Den andra skrev."


def test_a_third_who_comes_between_is_noticed_too(client: Client, make: Any) -> None:
    draft = make.draft()
    two = opened(client, draft, "verksamhet")
    answers.answer(client, draft, "verksamhet", description="Ett")
    typed = answers.typed("verksamhet", description="Två")
    told = carried(client.post(address(draft, "verksamhet"), typed | two).content.decode())
    answers.answer(client, draft, "verksamhet", description="Tre")
    assert "Någon annan har ändrat" in client.post(address(draft, "verksamhet"), typed | told).content.decode()
    draft.refresh_from_db()
    assert draft.description == "Tre"


def test_the_same_answer_twice_and_different_pages_do_not_conflict(client: Client, make: Any) -> None:
    draft = make.draft()
    work, contact = opened(client, draft, "verksamhet"), opened(client, draft, "kontakt")
    answers.answer(client, draft, "verksamhet", description="Lika")
    assert client.post(address(draft, "verksamhet"), answers.typed("verksamhet", description="Lika") | work).status_code == 302
    assert client.post(address(draft, "kontakt"), answers.typed("kontakt", contact_name="Ny") | contact).status_code == 302
    draft.refresh_from_db()
    assert (draft.description, draft.contact_name) == ("Lika", "Ny")


def test_leaving_for_later_does_not_overwrite_either(client: Client, make: Any) -> None:
    draft = make.draft()
    two = opened(client, draft, "verksamhet")
    answers.answer(client, draft, "verksamhet", description="Ett")
    told = client.post(address(draft, "verksamhet"), answers.typed("verksamhet", description="Två") | two | {"later": "1"})
    assert "Någon annan har ändrat samma svar" in told.content.decode()
    draft.refresh_from_db()
    assert draft.description == "Ett"


def test_a_fingerprint_that_is_nonsense_counts_as_nothing_seen(client: Client, make: Any) -> None:
    draft = make.draft()
    for seen in ("", "x", "description:", ":::", "å" * 9000, "\x00"):
        told = answers.answer(client, draft, "verksamhet", description="Två", seen=seen)
        assert "Någon annan har ändrat samma svar" in told.content.decode()


def test_both_files_are_kept_until_somebody_decides(client: Client, make: Any) -> None:
    draft = make.draft()
    one, two = opened(client, draft, "beslutet"), opened(client, draft, "beslutet")
    client.post(address(draft, "beslutet"), answers.typed("beslutet", minutes=pdf(b"one")) | one)
    typed = answers.typed("beslutet")
    told = client.post(address(draft, "beslutet"), {**typed, "minutes": pdf(b"the second"), **two}).content.decode()
    for text in ("Någon annan har ändrat samma svar", "Hämta den andras fil", "Filen som ni valde är sparad här på sidan"):
        assert text in told
    draft.refresh_from_db()
    assert draft.minutes.read() == PDF + b"one"
    client.post(address(draft, "beslutet"), typed | carried(told))
    draft.refresh_from_db()
    assert draft.minutes.read() == PDF + b"the second"


def test_a_file_beside_an_error_does_not_push_anothers_away(client: Client, make: Any) -> None:
    draft = make.draft()
    two = opened(client, draft, "beslutet")
    answers.answer(client, draft, "beslutet", minutes=pdf(b"one"))
    wrong = answers.typed("beslutet", decided_on="i går")
    told = client.post(address(draft, "beslutet"), {**wrong, "minutes": pdf(b"two"), **two}).content.decode()
    assert "Någon annan har ändrat samma svar" in told
    draft.refresh_from_db()
    assert draft.minutes.read() == PDF + b"one"
    assert client.post(address(draft, "beslutet"), answers.typed("beslutet") | carried(told)).status_code == 302
    draft.refresh_from_db()
    assert draft.minutes.read() == PDF + b"two"


def test_a_kept_file_beside_an_error_is_not_a_conflict_with_oneself(client: Client, make: Any) -> None:
    draft = make.draft()
    mine = opened(client, draft, "beslutet")
    wrong = {**answers.typed("beslutet", decided_on="i går"), "minutes": pdf(b"mine"), **mine}
    told = client.post(address(draft, "beslutet"), wrong).content.decode()
    assert client.post(address(draft, "beslutet"), answers.typed("beslutet") | carried(told)).status_code == 302


def test_a_ticket_is_good_for_its_own_draft_alone(client: Client, make: Any, tmp_path: Path) -> None:
    mine, other = make.draft(), make.draft(name="En annan")
    ticket = put_aside(pdf(b"mine"), mine.token)
    for wrong in (ticket, "applications/x.pdf:sig", "../../etc/passwd", ""):
        assert take_up(wrong, other.token) is None
    answers.answer(client, other, "beslutet", aside_minutes=ticket)
    other.refresh_from_db()
    assert not other.minutes
    now = timezone.now()
    assert forget_aside(now + timedelta(days=6)) == 0
    assert forget_aside(now + timedelta(days=8)) == 1
    assert list((tmp_path / "files" / FOLDER).iterdir()) == []
    assert take_up(ticket, mine.token) is None


def at_once(draft: Application, words: str, *, guarded: bool) -> list[int]:
    """Two people open the page, and press the button at the same moment; how each was answered."""
    seen = opened(Client(), draft, "verksamhet") if guarded else {}
    told = together(2, lambda which: Client().post(address(draft, "verksamhet"), answers.typed("verksamhet", description=f"{words} {which}") | seen))
    return sorted(response.status_code for response in told)  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told(make: Any) -> None:
    draft = make.draft()
    for words in ("Ett", "Två", "Tre", "Fyra", "Fem"):
        assert at_once(draft, words, guarded=True) == [200, 302]


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_the_first_is_lost_unknowingly(make: Any) -> None:
    """The control: a page that does not say what it showed is saved over the other."""
    assert at_once(make.draft(), "Text", guarded=False) == [302, 302]
