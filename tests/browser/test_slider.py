"""The slider through time: by the arrow keys to another day, and the list alone without scripts."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import follow

pytestmark = pytest.mark.django_db(transaction=True)
IDEKOM = "/radet/organ/idekom/"


def test_the_slider_goes_through_time_by_keyboard(new_page: Callable[..., Page]) -> None:
    call_command("founding", verbosity=0)
    page = new_page(width=390)
    page.goto(IDEKOM)
    slider = page.get_by_role("slider", name="Dra till en dag då rådet ändrades")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "5 mars 2010: 14 platser")
    slider.press("ArrowRight")
    assert page.locator("#id_andring").input_value() == "2013-10-01"
    follow(page.get_by_role("button", name="Gå till dagen"))
    assert "datum=2013-10-01" in page.url
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "1 oktober 2013: 21 platser")


def test_without_scripts_the_list_does_the_same(new_page: Callable[..., Page]) -> None:
    call_command("founding", verbosity=0)
    page = new_page(scripts=False)
    page.goto(IDEKOM)
    assert page.get_by_role("slider").count() == 0
    page.get_by_label("Eller en dag då rådet ändrades").select_option("2010-03-05")
    follow(page.get_by_role("button", name="Gå till dagen"))
    assert "datum=2010-03-05" in page.url
