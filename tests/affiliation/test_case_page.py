"""The case page in the office: notes, the register number, the handler, and the whole story; and what those see who may only read."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from affiliation.admin.story import story
from affiliation.models import Application, ApplicationEvent, CaseNote
from affiliation.tasks import deliver_mail
from idekom.users.models import User

pytestmark = pytest.mark.django_db
SECRET = "Kassan-31415"  # of letters that no mail encodes
ACTIONS = {
    "note": {"note-text": SECRET},
    "registry": {"registry-number": "0390/26", "registry-url": "https://diariet.example.org/0390"},
    "assign": {"handler-handler": ""},
}


def post(client: Client, case: Application, action: str, **filled: Any) -> str:
    """Send one of the small forms; gives the page that follows."""
    text = client.post(reverse(f"admin:affiliation_application_{action}", args=[case.pk]), filled, follow=True).content.decode()
    case.refresh_from_db()
    return text


def page(client: Client, case: Application) -> str:
    """The case page."""
    return client.get(reverse("admin:affiliation_application_change", args=[case.pk])).content.decode()


@pytest.fixture
def reader_client(make: Any, sign_in: Any) -> Client:
    """Staff who may see applications and nothing more."""
    reader = make.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_application"))
    browser: Client = sign_in(User.objects.get(pk=reader.pk))
    return browser


def test_a_note_is_kept_and_no_applicant_ever_reads_it(make: Any, secretary: User, secretary_client: Client, client: Client) -> None:
    case = make.application()
    assert SECRET in post(secretary_client, case, "note", **{"note-text": SECRET})
    assert list(CaseNote.objects.values_list("case", "author", "text")) == [(case.pk, secretary.pk, SECRET)]
    case.ask_for_completion(by=secretary, note="Skriv paragrafen.", fields=["decided_paragraph"])
    for name in ("case", "check"):
        assert SECRET not in client.get(reverse(f"affiliation:{name}", args=[case.token])).content.decode()
    assert SECRET not in client.get(reverse("affiliation:section", args=[case.token, "beslutet"])).content.decode()
    deliver_mail()
    assert len(mail.outbox) == 2
    assert not [message for message in mail.outbox if SECRET in str(message.message())]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_note_that_cannot_be_kept_is_told(make: Any, secretary_client: Client, text: str) -> None:
    case = make.application()
    told = post(secretary_client, case, "note", **{"note-text": text})
    assert ("Skriv anteckningen." in told) or ("Korta texten till högst 4000 tecken" in told and text in told)
    assert CaseNote.objects.count() == 0


def test_the_register_number_is_kept_and_linked(make: Any, secretary_client: Client) -> None:
    case = make.application()
    text = post(secretary_client, case, "registry", **ACTIONS["registry"])
    assert '<a href="https://diariet.example.org/0390" rel="noopener noreferrer">0390/26</a>' in text
    assert (case.registry_number, case.registry_url) == ("0390/26", "https://diariet.example.org/0390")
    post(secretary_client, case, "registry", **{"registry-number": "", "registry-url": ""})
    assert (case.registry_number, case.registry_url) == ("", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://diariet.example.org", "diariet", "https://", "http://\x00"])
def test_the_register_is_linked_over_http_only(make: Any, secretary_client: Client, url: str) -> None:
    case = make.application()
    told = post(secretary_client, case, "registry", **{"registry-number": "0390/26", "registry-url": url})
    assert "Skriv hela adressen" in told
    assert 'value="0390/26"' in told
    assert case.registry_url == ""


def test_a_colleague_handles_a_case_and_is_told_by_mail(make: Any, secretary_client: Client, client: Client) -> None:
    case, colleague = make.application(), make.user(name="Hugo", is_staff=True, is_superuser=True)
    deliver_mail()
    mail.outbox.clear()
    assert "Hugo handlägger ärendet." in post(secretary_client, case, "assign", **{"handler-handler": colleague.pk})
    assert case.handler == colleague
    deliver_mail()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([colleague.email], f"Nytt ärende hos dig: {case.number} {case.name}")
    assert "Kansliet har lämnat över ett ärende till dig:" in message.body
    assert "Hugo" not in client.get(case.get_absolute_url()).content.decode()


def test_taking_a_case_oneself_mails_nobody_and_twice_is_once(make: Any, secretary: User, secretary_client: Client) -> None:
    case = make.application()
    deliver_mail()
    mail.outbox.clear()
    for _time in (1, 2):
        post(secretary_client, case, "assign", **{"handler-handler": secretary.pk})
    deliver_mail()
    assert (case.handler, case.events.filter(action="assign").count(), mail.outbox) == (secretary, 1, [])


@pytest.mark.parametrize("who", ["", "x", "-1", "999999999999999999999"])
def test_only_colleagues_can_handle_cases(make: Any, secretary_client: Client, who: str) -> None:
    case, outsider = make.application(), make.user()
    for value in (who, str(outsider.pk), str(make.user(is_staff=True).pk)):
        told = post(secretary_client, case, "assign", **{"handler-handler": value})
        assert ("Välj en kollega." in told) or ("Välj en av kollegorna i listan." in told)
    assert case.handler is None


@pytest.mark.parametrize("action", list(ACTIONS))
def test_small_forms_refuse_get_and_those_without_the_right(
    make: Any, secretary_client: Client, reader_client: Client, outsider_client: Client, client: Client, action: str
) -> None:
    case = make.application()
    address = reverse(f"admin:affiliation_application_{action}", args=[case.pk])
    assert secretary_client.get(address).status_code == 405
    assert [browser.post(address, ACTIONS[action]).status_code for browser in (reader_client, outsider_client, client)] == [403, 302, 302]
    draft = reverse(f"admin:affiliation_application_{action}", args=[make.draft().pk])
    assert secretary_client.post(draft, ACTIONS[action]).status_code == 404
    case.refresh_from_db()
    assert (CaseNote.objects.count(), case.registry_number, case.handler) == (0, "", None)


def test_readers_see_everything_and_can_do_nothing(make: Any, secretary: User, secretary_client: Client, reader_client: Client) -> None:
    case = make.application()
    post(secretary_client, case, "note", **{"note-text": SECRET})
    text = page(reader_client, case)
    for shown in (SECRET, case.number, "Pia Prov", "Ansökan kom in", "Kontroll av numret"):
        assert shown in text
    content = text[text.index('id="content"') :]
    assert ("<form" in content, "<input" in content, "Godkänn" in content) == (False, False, False)
    listed = reader_client.get(reverse("admin:affiliation_application_changelist")).content.decode()
    assert (case.name in listed, "Registrera pappersansökan" in listed, 'name="action"' in listed) == (True, False, False)
    for name in ("decide", "decide_take", "hand_over", "paper"):
        assert reader_client.post(reverse(f"admin:affiliation_application_{name}")).status_code == 403
        assert reader_client.get(reverse(f"admin:affiliation_application_{name}")).status_code == 403
    assert case.number in reader_client.get(reverse("admin:affiliation_application_decided") + f"?ids={case.pk}").content.decode()


@pytest.mark.django_db(transaction=True)  # what changed is timed by its transaction
def test_the_story_tells_all_in_order_with_mails_and_changes(make: Any, secretary: User, secretary_client: Client, client: Client) -> None:
    case = make.application()
    deliver_mail()
    case.ask_for_completion(by=secretary, note="Skriv paragrafen.", fields=["decided_paragraph", "statutes"])
    case.decided_paragraph, case.statutes = "12", SimpleUploadedFile("x.pdf", b"%PDF-1.7")
    case.save_answers(["decided_paragraph", "statutes"])
    case.complete()
    post(secretary_client, case, "note", **{"note-text": SECRET})
    post(secretary_client, case, "registry", **ACTIONS["registry"])
    told = [(entry.title, entry.who, entry.is_internal) for entry in story(case)]
    assert told == [
        ("Diarienumret ändrades", "Kansliet", True),
        ("Intern anteckning", "Kansliet", True),
        ("Kompletteringen kom in", "den sökande", False),
        ("Svar ändrades", "", False),
        ("Kansliet bad om komplettering", "Kansliet", False),
        ("Ansökan kom in", "den sökande", False),
    ]
    answers, asked, came = story(case)[3:]
    assert [(one.label, one.old, one.new) for one in answers.changes] == [
        ("Paragraf i ert protokoll", "7", "12"),
        ("Stadgarna", "Ej angivet", "en ny fil"),
    ]
    assert (asked.mail, came.mail.startswith("Mejlet gick ")) == ("Mejlet har inte gått än.", True)
    text = page(secretary_client, case)
    for shown in ("Förut: 7", "Nu: 12", "Mejlet har inte gått än.", "Mejlet gick ", SECRET, "Nu: 0390/26"):
        assert shown in text


def test_a_mail_that_fails_is_told(make: Any) -> None:
    case = make.application()
    ApplicationEvent.objects.update(attempts=3)
    assert story(case)[0].mail == "Mejlet har inte gått än. Antal försök: 3. Nytt försök görs av sig självt."


def test_queries_do_not_grow_with_the_story(make: Any, secretary: User, secretary_client: Client) -> None:
    case, colleague, counts = make.application(), make.user(name="Hugo", is_staff=True, is_superuser=True), []
    for number in range(12):
        CaseNote.objects.create(case=case, author=secretary, text=f"{number}")
        post(secretary_client, case, "registry", **{"registry-number": str(number), "registry-url": ""})
        case.assign(colleague if number % 2 else secretary, by=secretary)
        if number in (0, 2, 11):
            page(secretary_client, case)
            with CaptureQueriesContext(connection) as queries:
                page(secretary_client, case)
            counts.append(len(queries))
    assert counts == [counts[0]] * 3
