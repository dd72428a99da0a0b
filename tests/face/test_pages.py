"""The start page, the statements and the error pages, in both languages, for somebody whom the portal does not know."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from idekom import urls, views
from idekom.users.models import User

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "/": "Två sidor, en överenskommelse",
    "/om/": "Om Idékom och portalen",
    "/tillganglighet/": "Tillgänglighet",
    "/tillganglighet/anmal/": "Säg till om en brist",
    "/integritet/": "Integritet och personuppgifter",
}


@pytest.mark.parametrize(("address", "heading"), STATEMENTS.items())
def test_each_page_has_its_heading_its_title_and_its_language(client: Client, address: str, heading: str) -> None:
    html = client.get(address).content.decode()
    assert '<html lang="sv">' in html
    assert f"<h1>{heading}</h1>" in html
    assert html.count("<h1") == 1
    assert "<title>" in html
    assert f'href="/en{address}" lang="en" hreflang="en"' in html


@pytest.mark.parametrize("address", STATEMENTS)
def test_each_page_exists_in_english(client: Client, address: str) -> None:
    html = client.get(f"/en{address}").content.decode()
    assert '<html lang="en">' in html
    assert f'href="{address}" lang="sv" hreflang="sv">Svenska' in html


READING = ["/", "/om/", "/tillganglighet/", "/integritet/", "/halsa/"]
PUBLIC = [*READING, "/overenskommelsen/", "/radet/", "/anslutna/", "/anslut/", "/uppfoljning/", "/finns-inte/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_somebody_who_only_reads_gets_no_cookie(client: Client, address: str, make: Any) -> None:
    make.version()
    assert client.get(address).cookies == {}
    assert client.head(address).cookies == {}


@pytest.mark.parametrize("address", READING)
def test_reading_pages_take_no_posts(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_nothing_in_a_page_is_inline_or_from_elsewhere(client: Client, make: Any) -> None:
    make.commitment()
    make.affiliation()
    for address in STATEMENTS:
        html = client.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert "<script" not in html
        assert 'src="http' not in html
        assert 'rel="stylesheet" href="http' not in html


def test_the_footer_has_help_and_a_way_to_tell_what_is_wrong(client: Client) -> None:
    html = client.get("/om/").content.decode()
    assert "Behöver ni hjälp?" in html
    assert 'href="mailto:idekom@example.org"' in html
    assert "body=http%3A%2F%2F127.0.0.1%3A8000%2Fom%2F" in html


def test_a_case_s_secret_address_is_not_put_into_a_mail(client: Client) -> None:
    html = client.get("/anslut/arende/hemligt/").content.decode()
    assert "hemligt" not in html.split("subject=")[1].split('"')[0]


def test_the_ways_in_follow_who_asks(client: Client, sign_in: Callable[[User], Client], outsider: User, secretary: User) -> None:
    assert "Logga in" in client.get("/om/").content.decode()
    theirs = sign_in(outsider).get("/om/").content.decode()
    assert "Mina sidor" in theirs
    assert "Kansliet</a>" not in theirs
    assert '<a href="/admin/">Kansliet</a>' in sign_in(secretary).get("/om/").content.decode()


def test_an_address_that_leads_nowhere(client: Client) -> None:
    response = client.get("/finns-inte/")
    assert response.status_code == 404
    assert "<h1>Sidan finns inte</h1>" in response.content.decode()
    assert '<html lang="en">' in client.get("/en/finns-inte/").content.decode()


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


class Broken:
    """The portal's addresses, and one whose view breaks."""

    urlpatterns = [path("trasig/", broken), *urls.urlpatterns]
    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def test_our_own_mistake_is_told_without_asking_the_database(client: Client, django_assert_num_queries: Any) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=Broken), django_assert_num_queries(0):
        response = client.get("/trasig/")
    assert response.status_code == 500
    assert "<h1>Något gick fel hos oss</h1>" in response.content.decode()
    assert "sparat finns kvar" in response.content.decode()


def test_a_form_that_was_open_too_long(client: Client) -> None:
    response = Client(enforce_csrf_checks=True).post("/tillganglighet/anmal/", {"what": "Hej"})
    assert response.status_code == 403
    assert "<h1>Formuläret gick inte att ta emot</h1>" in response.content.decode()


def test_a_host_that_is_not_ours(client: Client) -> None:
    response = client.get("/", headers={"host": "elak.example"})
    assert response.status_code == 400
    assert "elak.example" not in response.content.decode()
    assert "Begäran gick inte att förstå" in response.content.decode()


def test_health_says_which_part_is_ill(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/halsa/").json() == {"ok": True, "database": "ok", "redis": "ok"}

    def fails() -> None:
        raise OSError

    monkeypatch.setattr(views, "_ask_redis", fails)
    response = client.get("/halsa/")
    assert response.status_code == 503
    assert response.json() == {"ok": False, "database": "ok", "redis": "fel"}
    assert "no-store" in response["Cache-Control"]


def test_a_report_about_accessibility_reaches_the_secretary(client: Client) -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        response = client.post("/tillganglighet/anmal/", {"what": "Knappen syns inte <b>", "where": "/anslut/"})
    assert "Tack, vi har fått det ni skrev." in response.content.decode()
    [sent] = mail.outbox
    assert sent.to == ["idekom@example.org"]
    assert "Knappen syns inte <b>" in sent.body
    assert "Knappen syns inte &lt;b&gt;" in sent.alternatives[0][0]  # type: ignore[attr-defined]


def test_an_empty_report_says_what_is_missing(client: Client) -> None:
    html = client.post("/tillganglighet/anmal/", {"where": "/anslut/"}).content.decode()
    assert "<title>Fel: Säg till om en brist" in html
    assert '<a href="#id_what">Skriv vad det är som inte går.</a>' in html
    assert 'value="/anslut/"' in html
