"""A paper for the wall: that a party is affiliated, since when, and where it was decided."""

from datetime import UTC, date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from affiliation.models import Affiliation
from idekom.lib import pdf
from idekom.lib.canonical import digest
from idekom.lib.mail import absolute

NOON = time(12, tzinfo=UTC)


def certificate(affiliation: Affiliation, day: date) -> bytes:
    """The certificate as it is issued on `day`, in the language in use. On the same day it is the same, byte for byte."""
    moment = datetime.combine(day, NOON)
    context = {
        "affiliation": affiliation,
        "party": affiliation.party,
        "decision": affiliation.decision,
        "issued_on": day,
        "address": absolute(affiliation.party.get_absolute_url()),
        "portal": settings.PORTAL,
        "fonts": pdf.font_css(),
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    return _rendered(render_to_string("affiliation/certificate/certificate.html", context), moment)


@lru_cache(maxsize=32)
def _rendered(html: str, moment: datetime) -> bytes:
    """Kept for the next who asks: laying it out takes far longer than reading it."""
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)
