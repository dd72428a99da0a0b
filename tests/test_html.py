"""Every page is valid HTML."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests import html_rules
from tests.browser import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_valid_html(tmp_path: Path, sign_in: Callable[..., Client], language: str) -> None:
    world.build()
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, place in enumerate(world.places(language)):
        if place.path.removeprefix("/en").startswith("/admin/"):
            continue  # Django's own markup
        response = sign_in(world.user(place.email)).get(place.path)
        assert response.status_code == place.status, place.path
        (folder / f"{number:03d}{place.path.split('?')[0].replace('/', '_')}.html").write_bytes(response.content)
    assert len(list(folder.iterdir())) > 40
    assert html_rules.errors(folder) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=sv><title>x</title><ul><p>y</ul>")
    assert any("not allowed as child" in line for line in html_rules.errors(tmp_path))
