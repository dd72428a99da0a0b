"""How plain data of minutes are shown. No rules live here."""

from datetime import datetime
from typing import Any

from django import template

register = template.Library()
TIMES = "", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"


@register.filter
def from_iso(written: str) -> datetime | None:
    """The moment or the day that is written; None for none."""
    return datetime.fromisoformat(written) if written else None


@register.filter
def ordinal(number: int) -> str:
    """Which time it is, in Swedish: "tredje"; as a figure when it is many."""
    return TIMES[number] if 0 < number < len(TIMES) else f"{number}:e"


@register.filter
def as_id(number: str) -> str:
    """A paragraph's number as an id: 4.1 is p4-1."""
    return f"p{number.replace('.', '-')}"


@register.filter
def nobody_absent(document: dict[str, Any]) -> bool:
    """Whether minutes name nobody as absent."""
    return not any(side["people"] for side in document["absent"])
