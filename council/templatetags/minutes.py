"""How plain data of minutes are shown. No rules live here."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import translation

from council.models.agenda import anchor, turn

register = template.Library()


@register.filter
def from_iso(written: str) -> datetime | None:
    """The moment or the day that is written; None for none."""
    return datetime.fromisoformat(written) if written else None


@register.filter
def in_turn(time: int) -> str:
    """Which time it is, in the language of the minutes: "tredje gången"."""
    with translation.override("sv"):
        return turn(time)


register.filter("as_id", anchor)


@register.filter
def nobody_absent(document: dict[str, Any]) -> bool:
    """Whether minutes name nobody as absent."""
    return not any(side["people"] for side in document["absent"])
