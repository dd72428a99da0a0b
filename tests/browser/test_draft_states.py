"""The pages of an application that only a press of a button shows: accessible, valid, and no wider than a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from affiliation.models import Application
from tests import builders, html_rules
from tests.browser.test_pages import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A phone."""
    return new_page(width=320)


def opened(page: Page, draft: Application, slug: str) -> None:
    page.goto(reverse("affiliation:section", args=[draft.token, slug]))


def sound(page: Page, folder: Path) -> None:
    """Nothing for axe or the HTML checker to complain of, and nothing outside the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    (folder / "page.html").write_text("<!DOCTYPE html>" + page.evaluate("document.documentElement.outerHTML"))
    assert html_rules.errors(folder) == []


def test_answers_that_somebody_else_has_changed(page: Page, make: Any, tmp_path: Path) -> None:
    draft = make.draft()
    opened(page, draft, "verksamhet")
    Application.objects.filter(pk=draft.pk).update(description="Den andra skrev en lång mening om soppa.")
    page.get_by_label("Beskriv kort vad ni gör").fill("Vi skrev om samtal.")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_role("heading", name="Någon annan har ändrat samma svar").wait_for()
    sound(page, tmp_path)
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_text("Steg 3 av 6").wait_for()
    draft.refresh_from_db()
    assert draft.description == "Vi skrev om samtal."


def test_an_organisation_that_is_known_already(page: Page, make: Any, tmp_path: Path) -> None:
    party = builders.affiliation(make.party("Föreningen Provet i Göteborg", registration_number="8020024256")).party
    draft = make.draft(name="Något annat")
    opened(page, draft, "organisationen")
    page.get_by_label("Organisationens namn").fill("Föreningen Provet")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_label("Vi är en annan organisation").wait_for()
    sound(page, tmp_path)
    page.get_by_role("textbox", name="Organisationsnummer").fill("802002-4256")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.locator(".invalid-feedback").get_by_role("link", name=party.name).wait_for()
    sound(page, tmp_path)


def test_what_could_not_be_kept_for_later(page: Page, make: Any, tmp_path: Path) -> None:
    draft = make.draft()
    opened(page, draft, "kontakt")
    page.get_by_label("Kontaktpersonens e-post").fill("kim snabel-a example")
    page.get_by_role("button", name="Spara och fortsätt senare").click()
    page.get_by_text("Allt sparades inte").wait_for()
    sound(page, tmp_path)
    page.get_by_role("button", name="Mejla länken").click()
    page.get_by_text("Länken är på väg").wait_for()
    sound(page, tmp_path)


def test_a_case_to_complete(page: Page, make: Any, tmp_path: Path) -> None:
    case = make.application()
    case.ask_for_completion(by=make.user(), note="Skriv vilken paragraf.\nOch vem.", fields=["decided_paragraph", "minutes"])
    for address in (case.get_absolute_url(), reverse("affiliation:check", args=[case.token])):
        page.goto(address)
        sound(page, tmp_path)
    opened(page, case, "beslutet")
    sound(page, tmp_path)
