"""Completing a case: just the answers that were asked for can be changed, and everybody sees which."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models import Application
from tests.affiliation import answers
from tests.affiliation.test_two_people import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make: Any) -> Application:
    """A case whose signatory and paragraph are to be completed."""
    sent: Application = make.application()
    sent.ask_for_completion(by=make.user(), note="Vem skriver under?", fields=["signatory_name", "decided_paragraph"])
    return sent


def address(case: Application, page: str) -> str:
    return reverse("affiliation:section", args=[case.token, page])


def test_a_page_shows_its_open_answers_as_fields_and_the_rest_as_text(client: Client, case: Application) -> None:
    text = client.get(address(case, "kontakt")).content.decode()
    assert 'name="signatory_name"' in text
    for name in ("signatory_role", "contact_name", "contact_email", "contact_phone"):
        assert f'name="{name}"' not in text
    for told in ("Svar som inte kan ändras nu", "kim@provet.example.org", "Vem skriver under?", "<li>Firmatecknarens namn</li>"):
        assert told in text
    assert "senare" not in text.split("<form")[1].split("</form>")[0]


def test_a_page_with_nothing_open_leads_back_to_the_check(client: Client, case: Application) -> None:
    for page in ("organisationen", "verksamhet", "adress", "intyganden"):
        assert client.get(address(case, page)).headers["Location"] == reverse("affiliation:check", args=[case.token])


def test_the_check_offers_to_change_the_open_answers_alone(client: Client, case: Application) -> None:
    text = client.get(reverse("affiliation:check", args=[case.token])).content.decode()
    assert text.count(">Ändra<") == 2
    assert f"{address(case, 'kontakt')}?granska#id_signatory_name" in text


def test_other_answers_that_are_sent_along_change_nothing(client: Client, case: Application) -> None:
    before: dict[str, Any] = {**Application.objects.values().get(pk=case.pk)}
    for page in ("organisationen", "verksamhet", "adress", "kontakt", "beslutet", "intyganden"):
        forged = answers.typed(page) | {"name": "Kapad", "contact_email": "kapad@example.org", "status": "approved", "token": "x", "is_another": "on"}
        client.post(address(case, page), forged | ({"minutes": pdf(b"forged")} if page == "beslutet" else {}))
    after: dict[str, Any] = {**Application.objects.values().get(pk=case.pk)}
    assert {name for name in before if before[name] != after[name]} == set()  # the two that may change were sent as they were
    client.post(address(case, "kontakt"), {"signatory_name": "Ny Tecknare", "contact_name": "Kapad"})
    after = {**Application.objects.values().get(pk=case.pk)}
    assert {name for name in before if before[name] != after[name]} == {"signatory_name"}


def test_nothing_is_open_once_it_is_sent_in_again(client: Client, case: Application) -> None:
    client.post(address(case, "kontakt"), {"signatory_name": "Ny Tecknare"})
    client.post(reverse("affiliation:complete", args=[case.token]))
    assert client.post(address(case, "kontakt"), {"signatory_name": "Sen"}).headers["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.status, case.signatory_name) == ("under_review", "Ny Tecknare")


def test_two_who_complete_the_same_answer_are_told_of_each_other(client: Client, case: Application) -> None:
    seen = case.fingerprint(["signatory_name"])
    client.post(address(case, "kontakt"), {"signatory_name": "Ett", "seen": seen})
    text = client.post(address(case, "kontakt"), {"signatory_name": "Två", "seen": seen}).content.decode()
    assert "Någon annan har ändrat samma svar" in text


def test_internal_events_are_not_shown(client: Client, make: Any, case: Application) -> None:
    handler = make.user(name="Inger Intern")
    case.assign(handler, by=handler)
    text = client.get(case.get_absolute_url()).content.decode()
    assert "Inger" not in text
    assert "handläggare" not in text
    assert text.count('class="timeline__title"') == 2


@pytest.mark.parametrize("kind", ["minutes", "answers"])
def test_the_decision_is_told_by_the_minutes_or_in_words(client: Client, make: Any, kind: str) -> None:
    draft = make.draft(decided_by="", decided_on=None, decided_paragraph="")
    page = client.get(address(draft, "beslutet")).content.decode()
    assert "Det räcker med det ena." in page
    told = client.post(address(draft, "beslutet"), {}).content.decode()
    for error in ("Välj vem som fattade beslutet, eller ladda upp protokollet.", "eller ladda upp protokollet."):
        assert error in told
    typed: dict[str, Any] = {"minutes": pdf(b"x")} if kind == "minutes" else {"decided_by": "board", "decided_on": "2026-03-12"}
    assert client.post(address(draft, "beslutet"), typed).status_code == 302
    draft.refresh_from_db()
    assert draft.missing() == []
    assert "Skicka in ansökan" in client.get(reverse("affiliation:check", args=[draft.token])).content.decode()
    draft.submit()
    assert draft.number in client.get(draft.get_absolute_url()).content.decode()


def test_what_was_uploaded_is_downloaded_by_the_holder_of_the_address(client: Client, make: Any) -> None:
    draft = make.draft()
    answers.answer(client, draft, "beslutet", minutes=pdf(b"<script>"))
    address = reverse("affiliation:file", args=[draft.token, "minutes"])
    response = client.get(address)
    assert response.headers["Content-Disposition"] == 'attachment; filename="protokoll.pdf"'
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert b"".join(response.streaming_content).endswith(b"<script>")  # type: ignore[attr-defined]
    assert address in client.get(reverse("affiliation:check", args=[draft.token])).content.decode()
    for name in ("statutes", "token", "name"):
        assert client.get(reverse("affiliation:file", args=[draft.token, name])).status_code == 404
    assert client.get(reverse("affiliation:file", args=["x" * 32, "minutes"])).status_code == 404
    assert client.post(address).status_code == 405
