"""Two short courses about how the other side works, read from the TOML files beside this one.

Where somebody is, and what they answer, stands in the address: nobody needs an account, and nothing is kept about anybody.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

HERE = Path(__file__).parent
SLUGS = ("staden", "foreningslivet")
LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Option:
    """One answer to choose, and what is said to whoever chooses it."""

    key: str
    text: str
    is_right: bool
    why: str


@dataclass(frozen=True)
class Step:
    """A little to read, a question about it, and what one knows afterwards."""

    number: int
    title: str
    text: str
    question: str
    options: tuple[Option, ...]
    learnt: str

    def option(self, key: str) -> Option | None:
        """The answer with that key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Course:
    """One of the two sides, explained to the other in a few minutes."""

    slug: str
    title: str
    about: str
    whom: str
    minutes: int
    steps: tuple[Step, ...]

    def step(self, number: int) -> Step | None:
        """The step with that number."""
        return self.steps[number - 1] if 1 <= number <= len(self.steps) else None


def courses() -> list[Course]:
    """Both, in the reader's language."""
    language = get_language() or "sv"
    return [_read(slug, language if language in LANGUAGES else "sv") for slug in SLUGS]


def course(slug: str) -> Course | None:
    """The one with that address, in the reader's language."""
    return next((one for one in courses() if one.slug == slug), None)


@cache
def _read(slug: str, language: str) -> Course:
    told = tomllib.loads((HERE / f"{slug}.toml").read_text(encoding="utf-8"))
    steps = tuple(_step(number, row, language) for number, row in enumerate(told["step"], start=1))
    words = {name: told[f"{name}_{language}"] for name in ("title", "about", "whom")}
    return Course(slug=slug, minutes=told["minutes"], steps=steps, **words)


def _step(number: int, row: dict[str, Any], language: str) -> Step:
    options = tuple(
        Option(key, option[f"text_{language}"], option.get("right", False), option[f"why_{language}"])
        for key, option in zip("abcd", row["option"], strict=False)
    )
    words = {name: row[f"{name}_{language}"].strip() for name in ("title", "text", "question", "learnt")}
    return Step(number=number, options=options, **words)
