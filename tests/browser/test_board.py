"""The secretary lets a seat pass on by keyboard alone, without scripts; and a reader looks through time."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from council.models import Mandate, Person
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_seat_passes_on_by_keyboard_alone(new_page: Callable[..., Page], secretary: User) -> None:
    seat = builders.seat(builders.body(name="Rådet"), number=1)
    seat.appoint(builders.person(name="Ada Avgår"), role=Mandate.Role.ORDINARY, from_on=date(2025, 1, 1))
    page = new_page(secretary, width=1280, scripts=False)
    keyboard = Keyboard(page)
    page.goto(f"/admin/council/body/{seat.body_id}/platser/")
    keyboard.press("Platsen går över till …")
    keyboard.fill("Namn på någon som inte finns i listan", "Bo Kommer")
    keyboard.go_to("Från och med")  # today stands there already
    keyboard.press("Se vad som händer")
    assert "Ada Avgår har platsen till och med den " in page.inner_text("body")
    keyboard.press("Låt platsen gå över")
    assert "Platsen har gått över." in page.inner_text("body")
    assert Mandate.objects.get(person=Person.objects.get(name="Bo Kommer")).from_on == today()


def test_a_reader_goes_to_a_day_of_change_without_scripts(new_page: Callable[..., Page]) -> None:
    seat = builders.seat(builders.body(name="Rådet"), number=1)
    seat.appoint(builders.person(name="Ada Avgår"), role=Mandate.Role.ORDINARY, from_on=date(2024, 1, 1))
    seat.pass_on(builders.person(name="Bo Kommer"), on=date(2025, 5, 1))
    page = new_page(width=390, scripts=False)
    page.goto("/radet/")
    page.get_by_label("Eller en dag då rådet ändrades").select_option("2024-01-01")
    page.get_by_role("button", name="Gå till dagen").click()
    page.get_by_role("link", name="Ada Avgår").wait_for()
    assert page.url.endswith("?datum=2024-01-01")
    page.get_by_role("link", name="Nästa ändring, 1 maj 2025").click()
    page.get_by_role("link", name="Bo Kommer").wait_for()
    assert page.get_by_role("link", name="Ada Avgår").count() == 0
