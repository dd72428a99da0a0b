"""Every page: accessible, valid, and no wider than the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.urls import resolve
from playwright.sync_api import Page

from tests import mails
from tests.browser import world
from tests.browser.not_pages import NOT_PAGES
from tests.browser.place import Place

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OWN = ("http://localhost", "http://127.0.0.1", "data:", "blob:")
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """visit(place, width, refused): the place in a browser of that width; `refused` gets what the page should not have tried."""
    pages: dict[tuple[str, int], Page] = {}

    def go(place: Place, width: int, refused: list[str] | None = None) -> Page:
        key = (place.email, width)
        if key not in pages:
            pages[key] = new_page(world.user(place.email), width=width)
            listen(pages[key], [] if refused is None else refused)
        page = pages[key]
        response = page.goto(place.path)
        assert response is not None
        assert response.status == place.status, f"{place.path} answered {response.status}"
        return page

    return go


def listen(page: Page, told: list[str]) -> None:
    """Note what the page asks other hosts for, and what the browser refuses it."""
    page.on("request", lambda request: told.append(f"{page.url} asked for {request.url}") if not request.url.startswith(OWN) else None)
    page.on("console", lambda message: told.append(f"{page.url} says {message.text}") if message.type == "error" else None)


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, one line each."""
    page.evaluate(AXE.read_text())
    found: Any = page.evaluate(RUN_AXE, TAGS)
    return [f"{page.url}: {v['id']} {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]]


def test_every_page_of_ours_is_looked_at() -> None:
    world.build()
    visited = {resolve(place.path.split("?")[0]).view_name for place in world.places("sv") if place.status == 200}
    assert world.addresses() - visited - NOT_PAGES == set()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(visit: Callable[..., Page], language: str, width: int) -> None:
    world.build()
    found = [line for place in world.places(language) for line in violations(visit(place, width))]
    assert found == []


def test_axe_finds_what_is_wrong(visit: Callable[..., Page]) -> None:
    """The control: a picture without a text is found."""
    world.build()
    page = visit(Place("/"), 1280)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in line for line in violations(page))


def test_pages_fit_a_small_phone_and_ask_nobody_else(visit: Callable[..., Page]) -> None:
    world.build()
    too_wide: list[str] = []
    refused: list[str] = []
    for place in world.places("sv"):
        page = visit(place, 320, refused)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            too_wide.append(f"{place.path}: {width} px")
    assert too_wide == []
    assert [line for line in refused if "404" not in line] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_in_the_mails(new_page: Callable[..., Page], language: str) -> None:
    mails.send_all(language)
    page = new_page(width=390)
    found = []
    outbox: list[Any] = mail.outbox
    for message in outbox:
        page.set_content(str(message.alternatives[0][0]))
        found += [f"{message.subject}: {line}" for line in violations(page)]
    assert len(mail.outbox) > 25
    assert found == []
