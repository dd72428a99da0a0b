"""An organisation applies on a phone-sized screen by keyboard alone, without scripts: no click, and it always sees where it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from affiliation.models import Application
from idekom.lib.dated import today
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keyboard(new_page: Callable[..., Page]) -> Keyboard:
    """A keyboard in front of a small screen, without scripts."""
    call_command("founding", verbosity=0)
    return Keyboard(new_page(width=390, scripts=False))


def contact(keyboard: Keyboard) -> None:
    """The page about people: first sent in empty, then mended from the summary of what is wrong."""
    keyboard.press("Fortsätt")
    assert keyboard.page.title().startswith("Fel:")
    assert "Det finns" in keyboard.where()["words"]  # the summary has the focus
    keyboard.go_to("Skriv namnet på den som tecknar firman.")
    keyboard.page.keyboard.press("Enter")
    assert "Firmatecknarens namn" in keyboard.where()["words"]  # the link leads into the field
    keyboard.page.keyboard.type("Pia Prov")
    keyboard.fill("Firmatecknarens roll", "ordförande")
    keyboard.fill("Kontaktpersonens namn", "Kim Kontakt")
    keyboard.fill("Kontaktpersonens e-post", "kim@example.org")
    keyboard.press("Fortsätt")


def test_applying_by_keyboard_alone(keyboard: Keyboard) -> None:
    page = keyboard.page
    page.goto("/anslut/")
    keyboard.go_to("Hoppa till innehållet")
    keyboard.press("Börja ansökan")
    keyboard.fill("Organisationens namn", "Föreningen Utan mus")
    keyboard.tick("Är ni en enskild organisation")
    keyboard.tick("Juridisk form")
    page.keyboard.press("ArrowDown")  # among the radios of a group
    keyboard.fill("Organisationsnummer", "802002-4256")
    keyboard.go_to("Organisationens namn", "Shift+Tab")
    keyboard.press("Fortsätt")
    keyboard.go_to("Sektor")
    page.keyboard.type("Integ")
    keyboard.fill("Beskriv kort vad ni gör", "Vi visar att det går utan mus.")
    keyboard.tick("Visa beskrivningen")
    keyboard.press("Fortsätt")
    keyboard.fill("Webbplats", "utanmus.example.org")
    keyboard.press("Fortsätt")
    contact(keyboard)
    keyboard.tick("Vem fattade beslutet")
    keyboard.fill("Vilken dag fattades beslutet?", (today() - timedelta(days=9)).isoformat())
    keyboard.press("Fortsätt")
    keyboard.tick("Vi står bakom hela överenskommelsen")
    keyboard.tick("Vi uppfyller de demokratiska villkoren")
    keyboard.press("Fortsätt")
    keyboard.press("Skicka in ansökan")

    sent = Application.objects.get()
    receipt = page.locator("main").inner_text()
    assert "Ansökan är inskickad" in receipt
    assert str(sent.number) in receipt
    assert (sent.name, sent.legal_form, sent.sector.name if sent.sector else "") == ("Föreningen Utan mus", "economic_association", "Integration")
    assert (sent.signatory_name, sent.publishes_description, sent.status) == ("Pia Prov", True, "submitted")
    assert keyboard.stops > 100


def test_leaving_a_draft_by_keyboard_alone(keyboard: Keyboard) -> None:
    keyboard.page.goto("/anslut/ansokan/")
    keyboard.fill("Organisationens namn", "Föreningen Utan mus")
    keyboard.press("Spara och fortsätt senare")
    keyboard.fill("E-postadress", "kim@example.org")
    keyboard.press("Mejla länken")
    assert "Länken är på väg" in keyboard.page.locator("main").inner_text()
    assert Application.objects.get().resume_email == "kim@example.org"


def test_a_focus_that_is_not_seen_is_noticed(keyboard: Keyboard) -> None:
    """The control: a page that hides the ring is caught."""
    keyboard.page.goto("/anslut/")
    keyboard.page.evaluate("document.querySelectorAll('a').forEach(a => a.style.cssText = 'outline: none !important; box-shadow: none !important')")
    with pytest.raises(AssertionError, match="nothing shows"):
        keyboard.go_to("Börja ansökan")
