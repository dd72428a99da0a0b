"""Every answer, whatever its status, has the whole set of headers."""

from pathlib import Path

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from idekom.users.models import User
from tests.face.test_pages import Broken

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
ANSWERS = {
    "/": 200,
    "/en/": 200,
    "/halsa/": 200,
    "/konto/login/": 200,
    "/om": 301,
    "/admin/": 302,
    "/mina-sidor/": 302,
    "/finns-inte/": 404,
    "/trasig/": 500,
}


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in policy.split(";"))}


def check(headers: dict[str, str]) -> None:
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert {source for sources in policy.values() for source in sources} <= {"'self'", "'none'"}
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_every_answer_has_the_headers(client: Client, address: str, status: int) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=Broken):
        response = client.get(address)
    assert response.status_code == status
    check(dict(response.headers))


def test_a_refused_method_has_the_headers(client: Client) -> None:
    response = client.post("/om/")
    assert response.status_code == 405
    check(dict(response.headers))


def test_a_refused_form_has_the_headers() -> None:
    response = Client(enforce_csrf_checks=True).post("/tillganglighet/anmal/")
    assert response.status_code == 403
    check(dict(response.headers))


def test_a_page_for_somebody_signed_in_is_kept_by_no_cache(secretary_client: Client, secretary: User) -> None:
    assert "no-store" in secretary_client.get("/om/")["Cache-Control"]


def test_static_files_have_the_headers(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "page.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True
    response = Client().get("/static/page.css")
    assert response.status_code == 200
    check(dict(response.headers))
    response.close()
