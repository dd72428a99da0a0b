"""Applying through the pages: from the first answer to the receipt, and the case page after it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models import SECTIONS, Application, Decision
from idekom.users.models import User
from tests.affiliation import answers

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, application: Application, *args: str, **kwargs: Any) -> str:
    """The text of one of the case's pages."""
    return client.get(reverse(f"affiliation:{name}", args=[application.token, *args]), **kwargs).content.decode()


def act(client: Client, name: str, application: Application) -> str:
    """Press a button of the case; gives the page that follows."""
    return client.post(reverse(f"affiliation:{name}", args=[application.token]), follow=True).content.decode()


def test_an_organisation_applies_without_an_account(client: Client) -> None:
    application = answers.fill_in(client)
    check = page(client, "check", application)
    for text in ("Räddningen vid Ån", "802002-4256", "https://raddningen.example.org", "12 mars 2026", "Ej angivet", "Skicka in ansökan"):
        assert text in check
    receipt = act(client, "submit", application)
    application.refresh_from_db()
    assert (application.status, application.name, application.registration_number) == ("submitted", "Räddningen vid Ån", "8020024256")
    for text in ("Ansökan är inskickad", str(application.number), "Inskickad", "Nu är det vår tur", "Ansökan kom in", "Ta tillbaka ansökan"):
        assert text in receipt


def test_start_page_and_all_questions_need_nothing(client: Client, make: Any) -> None:
    make.version()
    start = client.get(reverse("affiliation:apply"))
    assert "Börja ansökan" in start.content.decode()
    questions = client.get(reverse("affiliation:all_questions")).content.decode()
    for section in SECTIONS:
        assert str(section.title) in questions
    assert "Medlemsorganisationer" in questions
    assert not start.cookies


def test_no_agreement_in_force_means_no_application(client: Client) -> None:
    assert "Just nu går det inte att ansöka" in client.get(reverse("affiliation:apply")).content.decode()
    response = client.post(reverse("affiliation:begin"), {"draft_key": str(uuid4()), **answers.typed("organisationen")})
    assert response.headers["Location"] == reverse("affiliation:apply")
    assert Application.objects.count() == 0


def test_every_page_has_a_question_a_step_in_words_and_a_way_back(client: Client) -> None:
    answers.begin(client)
    application = Application.objects.get()
    for number, section in enumerate(SECTIONS, start=1):
        text = page(client, "section", application, section.slug)
        for expected in (str(section.title), f"Steg {number} av 6", "Tillbaka", "Fortsätt"):
            assert expected in text
        assert len(section.fields) <= 6
        assert "*" not in text.split("<main")[1].split("</main>")[0]


def test_first_page_sent_twice_makes_one_draft(client: Client, make: Any) -> None:
    make.version()
    typed = {"draft_key": str(uuid4()), **answers.typed("organisationen")}
    first = client.post(reverse("affiliation:begin"), typed)
    second = client.post(reverse("affiliation:begin"), typed | {"name": "Rättat namn"})
    assert first.headers["Location"] == second.headers["Location"]
    assert Application.objects.get().name == "Rättat namn"


def test_first_page_sent_again_after_submission_leads_to_the_case(client: Client, make: Any) -> None:
    sent = make.application()
    response = client.post(reverse("affiliation:begin"), {"draft_key": str(sent.draft_key), **answers.typed("organisationen")})
    assert response.headers["Location"] == sent.get_absolute_url()
    sent.refresh_from_db()
    assert (sent.name, Application.objects.count()) == ("Föreningen Provet", 1)


def test_a_draft_key_that_is_none_makes_a_draft_all_the_same(client: Client, make: Any) -> None:
    make.version()
    client.post(reverse("affiliation:begin"), {"draft_key": "nonsense", **answers.typed("organisationen")})
    assert Application.objects.count() == 1


def test_check_page_lists_what_is_missing_and_cannot_be_passed(client: Client) -> None:
    answers.begin(client)
    application = Application.objects.get()
    text = page(client, "check", application)
    assert "Det saknas svar" in text
    assert f"{reverse('affiliation:section', args=[application.token, 'kontakt'])}?granska#id_contact_email" in text
    assert "Skicka in ansökan" not in text
    response = answers.submit(client, application)
    assert response.headers["Location"] == reverse("affiliation:check", args=[application.token])
    application.refresh_from_db()
    assert (application.status, application.number) == ("draft", None)


def test_change_from_the_check_page_returns_to_it(client: Client, make: Any) -> None:
    draft = make.draft()
    address = reverse("affiliation:section", args=[draft.token, "verksamhet"])
    response = client.post(f"{address}?granska", answers.typed("verksamhet", description="Något annat."))
    assert response.headers["Location"] == reverse("affiliation:check", args=[draft.token])
    assert "Något annat." in page(client, "check", draft)


def test_an_umbrella_tells_its_members(client: Client, make: Any) -> None:
    draft = make.draft(kind="umbrella")
    assert "Medlemsorganisationer" in page(client, "section", draft, "verksamhet")
    answers.answer(client, draft, "verksamhet", members="Förening ett\nFörening två")
    draft.refresh_from_db()
    assert draft.members == "Förening ett\nFörening två"
    assert "Förening två" in page(client, "check", draft)


def test_submit_twice_gives_the_same_receipt(client: Client, make: Any) -> None:
    draft = make.draft()
    first, second = act(client, "submit", draft), act(client, "submit", draft)
    assert "ANS-" in first
    assert first.split("<main")[1].split("csrfmiddlewaretoken")[0] == second.split("<main")[1].split("csrfmiddlewaretoken")[0]
    assert draft.events.count() == 1


def test_answers_are_closed_once_sent_in(client: Client, make: Any) -> None:
    sent = make.application()
    response = answers.answer(client, sent, "verksamhet", description="För sent")
    assert response.headers["Location"] == sent.get_absolute_url()
    sent.refresh_from_db()
    assert sent.description == "Vi prövar saker tillsammans."
    assert client.get(reverse("affiliation:check", args=[sent.token])).status_code == 302


def test_completion_is_asked_for_shown_changed_and_sent(client: Client, make: Any) -> None:
    sent, by = make.application(), make.user(name="Inger Granskare")
    sent.ask_for_completion(by=by, note="Skriv vilken paragraf.", fields=["decided_paragraph", "statutes"])
    asked = page(client, "case", sent)
    for text in ("Behöver kompletteras", "Skriv vilken paragraf.", "Komplettera ansökan", "<li>Paragraf i ert protokoll</li>", "<li>Stadgarna</li>"):
        assert text in asked
    assert by.name not in asked
    answers.answer(client, sent, "beslutet", decided_paragraph="12")
    assert "Skicka kompletteringen" in page(client, "check", sent)
    assert "Kompletteringen kom in" in act(client, "complete", sent)
    sent.refresh_from_db()
    assert (sent.status, sent.decided_paragraph) == ("under_review", "12")


def test_complete_from_the_wrong_status_changes_nothing(client: Client, make: Any) -> None:
    sent = make.application()
    assert "Nu är det vår tur" in act(client, "complete", sent)
    assert [event.action for event in sent.events.all()] == ["submit"]


def test_withdraw_ends_the_case_once(client: Client, make: Any) -> None:
    sent = make.application()
    for _again in range(2):
        assert "Ni har tagit tillbaka ansökan" in act(client, "withdraw", sent)
    sent.refresh_from_db()
    assert (sent.status, sent.events.count()) == ("withdrawn", 2)


def test_withdraw_a_draft_changes_nothing(client: Client, make: Any) -> None:
    draft = make.draft()
    act(client, "withdraw", draft)
    draft.refresh_from_db()
    assert (draft.status, draft.events.count()) == ("draft", 0)


def test_approved_and_declined_cases_tell_what_comes_next(client: Client, make: Any, secretary: User) -> None:
    affiliation = make.approved(by=secretary)
    approved = page(client, "case", affiliation.application)
    assert affiliation.party.get_absolute_url() in approved
    assert reverse("account_login") in approved
    declined = make.application()

    declined.decline(by=secretary, decision=Decision(on=affiliation.from_on, paragraph="4"), note="Drivs med vinstsyfte.")
    text = page(client, "case", declined)
    for expected in ("Avslagen", "Drivs med vinstsyfte.", "§ 4"):
        assert expected in text


@pytest.mark.parametrize("name", ["submit", "complete", "withdraw"])
def test_steps_refuse_get(client: Client, make: Any, name: str) -> None:
    draft = make.draft()
    assert client.get(reverse(f"affiliation:{name}", args=[draft.token])).status_code == 405
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_address_that_is_none_is_not_found(client: Client, make: Any) -> None:
    make.draft()
    for path in ("/anslut/arende/abcdefghijklmnopqrstuvwx/", "/anslut/arende/%00/", "/anslut/arende/x/granska/"):
        assert client.get(path).status_code == 404
    assert client.get(reverse("affiliation:section", args=[Application.objects.get().token, "finnsinte"])).status_code == 404


def test_secret_pages_are_kept_by_no_cache_and_no_search_engine(client: Client, make: Any) -> None:
    for application, name in ((make.draft(), "check"), (make.application(), "case")):
        response = client.get(reverse(f"affiliation:{name}", args=[application.token]))
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Referrer-Policy"] == "same-origin"
