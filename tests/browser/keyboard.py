"""Walking a page with a keyboard and nothing else."""

from typing import Any

from playwright.sync_api import Page

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
