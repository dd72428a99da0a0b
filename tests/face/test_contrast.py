"""The tokens keep what they promise: text at least 7:1, parts at least 3:1."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKENS = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", (CSS / "tokens.css").read_text()))
TEXT = [
    *[("ink", ground) for ground in ("paper", "shade", "white", "city-tint", "civil-tint", "good-tint", "bad-tint", "waiting-tint", "focus")],
    *[(text, ground) for text in ("ink-soft", "city", "civil-text", "good", "bad", "waiting") for ground in ("paper", "shade", "white")],
    ("white", "ink"),
    ("bad", "bad-tint"),
]
PARTS = [(part, ground) for part in ("city", "civil", "edge", "good", "bad") for ground in ("paper", "shade", "white")] + [("focus", "ink")]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_at_least_seven_to_one(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_are_at_least_three_to_one(part: str, ground: str) -> None:
    assert contrast(part, ground) >= 3


def test_a_first_view_is_light() -> None:
    sheets = [(CSS / f"{name}.css").stat().st_size for name in ("tokens", "page", "components", "forms", "print", "start")]
    fonts = [path.stat().st_size for path in (Path(settings.BASE_DIR) / "static" / "fonts").glob("*-latin-[47]00-*.woff2")]
    assert len(sheets) + len(fonts) + 2 <= 10  # and the page and its icon
    assert sum(sheets) + sum(fonts) < 75_000  # uncompressed; the page itself is about 20 kB


def test_nothing_comes_from_elsewhere() -> None:
    for sheet in CSS.glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:|//)|@import", sheet.read_text()), sheet.name
