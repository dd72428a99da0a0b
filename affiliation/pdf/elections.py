"""The protocol of an election: what, when, how many voted, the result, the lots, and lines for the tellers."""

from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from affiliation.models import Election, Lot
from idekom.lib import pdf
from idekom.lib.canonical import digest
from idekom.lib.mail import absolute

NOON = time(12, tzinfo=UTC)


def lots(election: Election) -> list[tuple[Lot, list[str]]]:
    """The lots that were drawn, with the names in the order that they gave."""
    names = {one.pk: one.name for one in election.on_ballot()}
    return [(lot, [names[pk] for pk in lot.order]) for lot in election.lots.all()]


def told(election: Election) -> dict[str, Any]:
    """What the protocol tells, as page and on paper."""
    voted, may_vote = election.turnout()
    return {
        "election": election,
        "outcome": election.outcome,
        "places": list(election.places.in_order()),
        "lots": lots(election),
        "voted": voted,
        "may_vote": may_vote,
        "address": absolute(election.get_absolute_url()),
    }


def protocol(election: Election) -> bytes:
    """The protocol in the language in use. A settled election gives the same bytes each time."""
    moment = datetime.combine(election.settled_on, NOON) if election.settled_on else election.closes_at
    everywhere = {
        "portal": settings.PORTAL,
        "fonts": pdf.font_css(),
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    return _rendered(render_to_string("affiliation/elections/pdf/protocol.html", {**everywhere, **told(election)}), moment)


@lru_cache(maxsize=8)
def _rendered(html: str, moment: datetime) -> bytes:
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)
