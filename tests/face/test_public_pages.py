"""A public page is kept for a moment, and nothing else ever is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from idekom.middleware import PublicPages
from idekom.users.models import User
from tests.face.test_headers import check

Make = Callable[[], HttpResponse]


@pytest.fixture(autouse=True)
def kept(settings: Settings) -> None:
    """Switched on, as it is outside the tests."""
    settings.PUBLIC_PAGE_SECONDS = 1.0


class Portal:
    """The middleware above a view that says how many times it was asked."""

    def __init__(self, make: Callable[[], HttpResponse] = HttpResponse) -> None:
        self.asked = 0
        self.make = make
        self.pages = PublicPages(self.view)

    def view(self, request: Any) -> HttpResponse:
        self.asked += 1
        response = self.make()
        if not response.streaming:
            response.content = f"answer {self.asked}"
        return response

    def get(self, path: str = "/", method: str = "GET", **meta: Any) -> HttpResponse:
        return self.pages(RequestFactory().generic(method, path, **meta))


def test_a_page_is_made_once_for_all_who_ask_without_saying_who_they_are() -> None:
    portal = Portal()
    assert [portal.get("/om/?a=1").content for _time in range(3)] == [b"answer 1"] * 3
    assert portal.asked == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/en/om/"},
        {"path": "/om/?a=2"},
        {"path": "/om/%3Fa=1"},
        {"HTTP_HOST": "annan.example.org"},
        {"SERVER_PORT": "8000"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_ACCEPT_LANGUAGE": "en"},
    ],
)
def test_what_may_change_the_page_makes_it_another_page(asked: dict[str, str]) -> None:
    portal = Portal()
    portal.get("/om/?a=1")
    assert portal.get(**{"path": "/om/?a=1", **asked}).content == b"answer 2"
    assert portal.get("/om/?a=1").content == b"answer 1"


@pytest.mark.parametrize("asked", [{"HTTP_COOKIE": "sessionid=a"}, {"HTTP_COOKIE": "x"}, {"HTTP_AUTHORIZATION": "Basic x"}, {"method": "POST"}])
def test_who_says_who_they_are_neither_fills_nor_reads_what_is_kept(asked: dict[str, str]) -> None:
    portal = Portal()
    assert portal.get(**asked).content == b"answer 1"
    assert portal.get().content == b"answer 2"
    assert portal.get(**asked).content == b"answer 3"
    assert portal.get().content == b"answer 2"


def private() -> HttpResponse:
    response = HttpResponse()
    response.is_private = True  # type: ignore[attr-defined]
    return response


def with_cookie() -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("csrftoken", "x")
    return response


@pytest.mark.parametrize(
    "make",
    [
        private,
        with_cookie,
        lambda: HttpResponse(status=404),
        lambda: HttpResponse(status=500),
        lambda: HttpResponse(status=302),
        lambda: HttpResponse(headers={"Cache-Control": "private"}),
        lambda: HttpResponse(headers={"Cache-Control": "max-age=0, no-cache, no-store"}),
        lambda: HttpResponse(headers={"Vary": "User-Agent"}),
        lambda: HttpResponse(headers={"Vary": "Cookie, *"}),
        lambda: StreamingHttpResponse(["x"]),
    ],
)
def test_what_is_not_for_all_is_never_kept(make: Make) -> None:
    portal = Portal(make)
    portal.get()
    answer = portal.get()
    assert portal.asked == 2
    assert "ETag" not in answer


def test_a_page_that_says_how_it_varies_is_kept() -> None:
    portal = Portal(lambda: HttpResponse(headers={"Vary": "Cookie, Accept-Language"}))
    portal.get()
    portal.get()
    assert portal.asked == 1


def test_a_large_page_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicPages, "LARGEST", 3)
    portal = Portal()
    portal.get()
    portal.get()
    assert portal.asked == 2


def test_no_more_pages_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicPages, "MOST", 2)
    portal = Portal()
    for path in ("/a", "/b", "/c", "/c", "/b"):
        portal.get(path)
    assert portal.asked == 3
    portal.get("/a")
    assert portal.asked == 4


def test_a_page_is_kept_no_longer_than_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("idekom.lib.kept.monotonic", lambda: now[0])
    portal = Portal()
    portal.get()
    now[0] += 0.99
    assert portal.get().content == b"answer 1"
    now[0] += 0.02
    assert portal.get().content == b"answer 2"


def test_nothing_is_kept_when_switched_off(settings: Settings) -> None:
    portal = Portal()
    portal.get()
    settings.PUBLIC_PAGE_SECONDS = 0
    assert portal.get().content == b"answer 2"
    assert "ETag" not in portal.get()


@pytest.mark.parametrize("header", ["{0}", "W/{0}", '"x", {0}', "*"])
def test_who_has_the_page_is_told_that_it_is_unchanged(header: str) -> None:
    portal = Portal(lambda: HttpResponse(headers={"X-Frame-Options": "DENY", "Vary": "Cookie"}))
    first = portal.get()
    assert first.headers["ETag"].startswith('"')
    answer = portal.get(HTTP_IF_NONE_MATCH=header.format(first.headers["ETag"]))
    assert (answer.status_code, answer.content, portal.asked) == (304, b"", 1)
    assert {name: answer.headers[name] for name in ("ETag", "X-Frame-Options", "Vary")} == {
        "ETag": first.headers["ETag"],
        "X-Frame-Options": "DENY",
        "Vary": "Cookie",
    }
    assert portal.get(HTTP_IF_NONE_MATCH='"another"').content == b"answer 1"


def test_a_head_is_answered_without_the_page() -> None:
    portal = Portal()
    whole = portal.get()
    answer = portal.get(method="HEAD")
    assert (answer.content, portal.asked) == (b"", 1)
    assert answer.headers["ETag"] == whole.headers["ETag"]
    assert Portal().get(method="HEAD").content == b"answer 1"  # and is not what is kept


@pytest.mark.django_db
def test_two_people_and_a_stranger_each_see_their_own_page(make: Any, sign_in: Callable[..., Client], client: Client) -> None:
    one, other = sign_in(make.user(name="Ett")), sign_in(make.user(name="Annat", is_staff=True))
    seen = [browser.get("/om/").content.decode() for browser in (client, one, other, client, other, one)]
    assert ["Logga in" in text for text in seen] == [True, False, False, True, False, False]
    assert ["Kansliet</a>" in text for text in seen] == [False, False, True, False, True, False]
    assert "no-store" in one.get("/om/").headers["Cache-Control"]


@pytest.mark.django_db
def test_the_kept_list_has_all_the_headers_and_its_own_language(client: Client, make: Any, outsider: User) -> None:
    make.affiliation(make.party("Föreningen"))
    answer = client.get("/anslutna/")
    for _time in range(2):
        answer = client.get("/anslutna/")
        check(dict(answer.headers))
        assert "Anslutna" in answer.content.decode()
        assert '<html lang="en">' in client.get("/en/anslutna/").content.decode()
    unchanged = client.get("/anslutna/", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    check(dict(unchanged.headers))


@pytest.mark.django_db
def test_forms_and_secret_pages_are_not_kept(client: Client, make: Any) -> None:
    case = make.application()
    for address in (reverse("accessibility_report"), case.get_absolute_url(), reverse("account_login"), reverse("health")):
        client.cookies.clear()
        assert "ETag" not in client.get(address), address
