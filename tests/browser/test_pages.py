"""Every page: accessible, valid, and no wider than the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser import world

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """visit(place, width): the place in a browser of that width; afterwards, nothing was fetched from elsewhere nor refused."""
    pages: dict[tuple[str, int], Page] = {}
    wrong: list[str] = []

    def watch(page: Page) -> Page:
        def on_request(request: Request) -> None:
            if not request.url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:")):
                wrong.append(f"{page.url} asked for {request.url}")

        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error" and "404" not in message.text:
                wrong.append(f"{page.url} says {message.text}")

        page.on("request", on_request)
        page.on("console", on_console)
        return page

    def go(place: world.Place, width: int) -> Page:
        key = (place.email, width)
        if key not in pages:
            pages[key] = watch(new_page(world.user(place.email), width=width))
        response = pages[key].goto(place.path)
        assert response is not None
        assert response.status == place.status, f"{place.path} answered {response.status}"
        return pages[key]

    yield go
    assert wrong == []


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, one line each."""
    page.evaluate(AXE.read_text())
    found: Any = page.evaluate(RUN_AXE, TAGS)
    return [f"{page.url}: {v['id']} {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(visit: Callable[..., Page], language: str, width: int) -> None:
    world.build()
    found = [line for place in world.places(language) for line in violations(visit(place, width))]
    assert found == []


def test_axe_finds_what_is_wrong(visit: Callable[..., Page]) -> None:
    """The control: a picture without a text is found."""
    world.build()
    page = visit(world.Place("/"), 1280)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in line for line in violations(page))


def test_no_page_is_wider_than_a_small_phone(visit: Callable[..., Page]) -> None:
    world.build()
    too_wide = []
    for place in world.places("sv"):
        if place.path.startswith("/admin/"):
            continue  # Django's change lists are wide tables; they scroll inside their own box
        page = visit(place, 320)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            too_wide.append(f"{place.path}: {width} px")
    assert too_wide == []
