"""The slides in a hall: stepped through with the keys, large enough for the back row, and readable without scripts."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from followup.models import Compilation, Progress
from followup.snapshot import take

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = """() => [...document.querySelectorAll('main *')]
  .filter(it => [...it.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) && !it.closest('title'))
  .filter(it => parseFloat(getComputedStyle(it).fontSize) < 24)
  .map(it => `${it.tagName} ${getComputedStyle(it).fontSize} ${it.textContent.trim()}`)"""
ON_TOP = "() => [...document.querySelectorAll('.slide')].findIndex(it => Math.abs(it.getBoundingClientRect().top) < 2) + 1"
TALL = "() => [...document.querySelectorAll('.slide')].filter(it => it.getBoundingClientRect().height > innerHeight + 1).map(it => it.id)"


@pytest.fixture
def address(make: Any) -> str:
    """The slides of a year with three commitments: title, year, the three, a quote, the questions."""
    commitments = [make.commitment() for _number in range(3)]
    report = make.report(in_round=make.round(2026))
    for commitment in commitments:
        report.answer(commitment, progress=Progress.STARTED, done="Vi möttes.", example="Vi bjöd in grannarna.")
    report.submit(by=make.user())
    made = {"revision": 1, "status": "published", "sha256": "0" * 64, "published_at": timezone.now()}
    Compilation.objects.create(round=report.round, snapshot=take(report.round), **made)
    return "/uppfoljning/2026/bilder/"


def test_the_keys_step_from_slide_to_slide(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    went = []
    for key in ("ArrowRight", "PageDown", "ArrowDown", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        went.append((page.evaluate(ON_TOP), page.url.rpartition("#")[2]))
    assert went == [(number, f"bild-{number}") for number in (2, 3, 4, 3, 7, 7, 1, 1)]


def test_the_back_row_can_read_and_each_slide_fits_the_screen(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(address)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(TALL) == []


def test_without_scripts_the_links_lead_on(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(scripts=False)
    page.goto(address)
    page.locator("#bild-1").get_by_role("link", name="Nästa").click()
    assert page.url.endswith("#bild-2")
    page.locator("#bild-2").get_by_role("link", name="Föregående").click()
    assert page.url.endswith("#bild-1")


def test_on_paper_there_is_one_slide_on_each_page(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    pages = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert len(pages) == 7
    assert "Uppföljning 2026" in pages[0]
    assert "Frågor som väntar på svar" in pages[6]
    assert not [sheet for sheet in pages if "Nästa" in sheet]
