"""The letters to members, on paper: when a mandate starts, and with thanks when it has ended."""

from datetime import UTC, datetime, time
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from council.models import Mandate, MandateLetter
from council.models.letters import served
from idekom.lib import pdf
from idekom.lib.canonical import digest

NOON = time(12, tzinfo=UTC)


def letter(mandate: Mandate, kind: MandateLetter.Kind) -> bytes:
    """The letter in the language in use. The same mandate gives the same bytes."""
    day = mandate.from_on if kind == MandateLetter.Kind.START else mandate.until_on or mandate.from_on
    moment = datetime.combine(day, NOON)
    nomination = getattr(mandate, "nomination", None)
    context = {
        "mandate": mandate,
        "seat": mandate.seat,
        "decision": nomination.decision if nomination else None,
        "served": served(mandate),
        "day": day,
        "portal": settings.PORTAL,
        "fonts": pdf.font_css(),
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    return _rendered(render_to_string(f"council/letters/{kind}.html", context), moment)


@lru_cache(maxsize=16)
def _rendered(html: str, moment: datetime) -> bytes:
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)
