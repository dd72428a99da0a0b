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

WIDE, PHONE, SMALL_PHONE = 1280, 390, 320

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """visit(place, refused): the place in a wide browser; `refused` gets what the page should not have tried."""
    pages: dict[str, Page] = {}

    def go(place: Place, refused: list[str] | None = None) -> Page:
        if place.email not in pages:
            page = pages[place.email] = new_page(world.user(place.email), width=WIDE)
            listen(page, [] if refused is None else refused)
        page = pages[place.email]
        see(page, WIDE)
        response = page.goto(place.path)
        assert response is not None
        assert response.status == place.status, f"{place.path} answered {response.status}"
        return page

    return go


def see(page: Page, width: int) -> None:
    """Make the page's window so wide."""
    page.set_viewport_size({"width": width, "height": 900})


def listen(page: Page, told: list[str]) -> None:
    """Note what the page asks other hosts for, and what the browser refuses it."""
    page.on("request", lambda request: told.append(f"{page.url} asked for {request.url}") if not request.url.startswith(OWN) else None)
    page.on("console", lambda message: told.append(f"{page.url} says {message.text}") if message.type == "error" else None)


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: Any = page.evaluate(RUN_AXE, TAGS)
    width = page.evaluate("innerWidth")
    return [f"{page.url}, {width} px: {v['id']} {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]]


def too_wide(page: Page) -> list[str]:
    """How much wider than the window the page is."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{page.url}: {width} px"] if width > window else []


def test_every_page_of_ours_is_looked_at() -> None:
    world.build()
    visited = {resolve(place.path.split("?")[0]).view_name for place in world.places("sv") if place.status == 200}
    assert world.addresses() - visited - NOT_PAGES == set()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("quarter", range(4))
def test_pages_are_accessible_fit_a_small_phone_and_ask_nobody_else(visit: Callable[..., Page], quarter: int, language: str) -> None:
    world.build()
    found: list[str] = []
    refused: list[str] = []
    for place in world.places(language)[quarter::4]:
        page = visit(place, refused)
        of_pages = len(refused)
        found += violations(page)
        see(page, PHONE)
        found += violations(page)
        del refused[of_pages:]  # axe tries styles of its own
        see(page, SMALL_PHONE)
        found += too_wide(page)
    assert found == []
    assert [line for line in refused if "404" not in line] == []


def test_what_is_wrong_is_found(visit: Callable[..., Page]) -> None:
    """The control: a picture without a text, a page that is too wide, another host."""
    world.build()
    refused: list[str] = []
    page = visit(Place("/"), refused)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in line for line in violations(page))
    assert too_wide(page) == []
    page.evaluate("document.body.style.width = '2000px'")
    assert too_wide(page)
    with page.expect_console_message():
        page.evaluate("document.querySelector('main > img').src = 'https://annan.example/bild.png'")
    assert any("annan.example" in line for line in refused)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_in_the_mails(new_page: Callable[..., Page], language: str) -> None:
    mails.send_all(language)
    page = new_page(width=PHONE)
    found = []
    outbox: list[Any] = mail.outbox
    for message in outbox:
        page.set_content(str(message.alternatives[0][0]))
        found += [f"{message.subject}: {line}" for line in violations(page)]
    assert len(mail.outbox) > 25
    assert found == []
