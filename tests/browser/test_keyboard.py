"""An organisation applies on a phone-sized screen by keyboard alone, without scripts: no click, and it always sees where it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from affiliation.models import Application
from idekom.lib.dated import today

pytestmark = pytest.mark.django_db(transaction=True)

WHERE = """() => {
  const it = document.activeElement, style = getComputedStyle(it), after = getComputedStyle(it, '::after');
  const ring = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  const box = it.getBoundingClientRect();
  return {
    words: [...(it.labels || [])].map(label => label.innerText).join(' ') || it.innerText || '',
    group: it.closest('fieldset')?.querySelector('legend')?.innerText || '',
    tag: it.tagName.toLowerCase(),
    seen: it === document.body || ring(style) || ring(after),
    shown: it === document.body || (box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth),
  };
}"""


CONTROLS = {"a", "button", "input", "select", "textarea", "summary"}


class Keyboard:
    """Somebody with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def where(self) -> dict[str, Any]:
        """What has the focus; it must be seen."""
        found: dict[str, Any] = self.page.evaluate(WHERE)
        assert found["seen"], f"nothing shows that {found['tag']} {found['words']!r} has the focus on {self.page.url}"
        assert found["shown"], f"{found['tag']} {found['words']!r} has the focus outside the screen on {self.page.url}"
        return found

    def go_to(self, words: str, key: str = "Tab") -> None:
        """Press Tab until the thing with those words has the focus."""
        for _press in range(80):
            here = self.where()
            if here["tag"] in CONTROLS and words in f"{here['group']} {here['words']}":
                return
            self.page.keyboard.press(key)
            self.stops += 1
        raise AssertionError(f"{words!r} is not reached by {key} on {self.page.url}")

    def fill(self, label: str, text: str) -> None:
        """Go to the field and type."""
        self.go_to(label)
        self.page.keyboard.type(text)

    def tick(self, words: str) -> None:
        """Go to the box or the group and press Space."""
        self.go_to(words)
        self.page.keyboard.press("Space")

    def press(self, words: str) -> None:
        """Go to the button or link and press Enter; a new page follows."""
        self.go_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


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
