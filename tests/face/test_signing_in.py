"""Signing in with a mailed code, as one does it in the demo."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from idekom.demo.mailbox import folder
from idekom.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "idekom.demo.mailbox.MailboxBackend"


def newest_mail(client: Client) -> str:
    address = re.findall(r'href="(/demo/post/[^"]+)"', client.get("/demo/post/").content.decode())[0]
    return client.get(address).content.decode().split('class="letter"')[1].split("</div>")[0]


def test_the_first_page_asks_for_an_address_alone(client: Client) -> None:
    html = client.get("/konto/login/").content.decode()
    assert "<h1>Logga in</h1>" in html
    assert re.findall(r'<input[^>]* name="(\w+)"', html).count("login") == 1
    assert 'type="password"' not in html
    assert 'name="remember"' not in html
    assert "Inget lösenord behövs" in html


def test_the_code_is_one_field_that_can_be_pasted(client: Client, outsider: User) -> None:
    response = client.post("/konto/login/", {"login": outsider.email}, follow=True)
    control = re.findall(r'<input[^>]*name="code"[^>]*>', response.content.decode())[0]
    assert 'autocomplete="one-time-code"' in control
    assert 'inputmode="numeric"' in control
    assert "placeholder" not in control


def test_the_secretary_signs_in_by_code_and_comes_back_to_the_office(client: Client, secretary: User) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/konto/login/?next=%2Fadmin%2F"
    response = client.post("/konto/login/?next=%2Fadmin%2F", {"login": "KANSLI@example.org", "next": "/admin/"}, follow=True)
    code = re.findall(r"\b\d{6}\b", newest_mail(client))[0]
    wrong = client.post("/konto/login/code/confirm/", {"code": "000000" if code != "000000" else "111111", "next": "/admin/"}).content.decode()
    assert "<title>Fel: Skriv in koden" in wrong
    assert "be om en ny kod" in wrong
    response = client.post("/konto/login/code/confirm/", {"code": f" {code[:3]} {code[3:]}", "next": "/admin/"}, follow=True)
    assert response.redirect_chain == [("/admin/", 302)]  # one code is enough: it proved the address as well
    assert secretary.emailaddress_set.get().verified  # type: ignore[attr-defined]


def test_an_unknown_address_is_told_by_mail_alone(client: Client, outsider: User) -> None:
    known = client.post("/konto/login/", {"login": outsider.email}, follow=True).content.decode()
    unknown = Client().post("/konto/login/", {"login": "okand@example.org"}, follow=True).content.decode()
    token = r'name="csrfmiddlewaretoken" value="\w+"'
    assert re.sub(token, "", known).replace(outsider.email, "?") == re.sub(token, "", unknown).replace("okand@example.org", "?")
    assert "Det finns inget konto för den adressen" in newest_mail(client)


def test_nobody_signs_up(client: Client) -> None:
    assert "Konton skapas inte här" in client.get("/konto/signup/").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", ["email/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/", "logout/"])
def test_the_account_s_pages_are_the_portal_s(outsider_client: Client, language: str, page: str) -> None:
    response = outsider_client.get(f"{language}/konto/{page}")
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert 'class="site-header"' in html
    assert " style=" not in html
    assert "<script>" not in html
    assert "<?xml" not in html


def test_staff_without_a_second_step_are_shown_how(secretary_client: Client, settings: Any) -> None:
    settings.STAFF_NEED_MFA = True
    response = secretary_client.get("/admin/", follow=True)
    assert response.redirect_chain == [("/konto/2fa/", 302)]
    assert "<h1>Inloggning i två steg</h1>" in response.content.decode()
    assert "behöver du först" in response.content.decode()


def test_the_demo_says_that_the_second_step_is_off(client: Client, settings: Any) -> None:
    settings.STAFF_NEED_MFA = False
    assert "avstängt här" in client.get("/om/").content.decode()
    settings.STAFF_NEED_MFA = True
    assert "avstängt här" not in client.get("/om/").content.decode()


def test_a_mail_is_shown_escaped_with_links(client: Client) -> None:
    name = "1790000000000000000-0123abcd"
    head = "From: a@example.org\nTo: b@example.org\nSubject: <b>Hej</b>\nContent-Type: text/plain; charset=utf-8\n\n"
    (folder() / f"{name}.eml").write_text(head + "Se http://127.0.0.1:8000/anslut/ <script>\n")
    html = client.get(f"/demo/post/{name}/").content.decode()
    assert "&lt;b&gt;Hej&lt;/b&gt;" in html
    assert '<a href="http://127.0.0.1:8000/anslut/"' in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("name", ["finns-inte", "..", "1-0123abcd", "%2e%2e%2fsettings"])
def test_no_other_file_is_shown(client: Client, name: str) -> None:
    assert client.get(f"/demo/post/{name}/").status_code == 404


@pytest.mark.parametrize(("demo", "answer"), [("1", "True"), ("0", "False")])
def test_the_mailbox_belongs_to_the_demo(demo: str, answer: str) -> None:
    script = "import django; django.setup(); from django.urls import get_resolver; print('demo_mail' in get_resolver().reverse_dict)"
    own = {"DJANGO_SETTINGS_MODULE": "idekom.settings", "DEMO": demo, "DEBUG": "0", "EMBEDDED": "0", "TESTING": "0"}
    own |= {"EMAIL_URL": "consolemail://", "SECRET_KEY": "".join(map(chr, range(40, 120)))}
    told = subprocess.run([sys.executable, "-c", script], env=os.environ | own, capture_output=True, text=True, cwd=settings.BASE_DIR, check=True)
    assert told.stdout.split() == [answer]
