"""Proposals on their way: written, anchored, adopted, and laid before parties who decide."""

from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from agreement.models import Party
from council.models import Anchoring, Given, PartyDecision, Proposal
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.council.sitting import Sitting, sitting

ADOPTED_ON = date(2026, 3, 12)


def proposal(title: str = "Gemensamma mötesplatser", **fields: Any) -> Proposal:
    """A draft."""
    return Proposal.objects.create(**{"title": title, "slug": slugify(title), "text": "Parterna öppnar sina lokaler.", **fields})


def anchored(one: Proposal, by: User | None = None, **fields: Any) -> Anchoring:
    """Somebody was asked about it."""
    asked = {} if {"party", "sector", "group"} & set(fields) else {"group": "fritidscheferna i Angered", "side": "city"}
    told = {"asked_on": date(2026, 2, 3), "how": Anchoring.How.MEETING, "said": "Vi vill börja i liten skala.", **asked, **fields}
    entry = Anchoring(proposal=one, **told)
    entry.enter(by=by or builders.user())
    return entry


def ready(title: str = "Gemensamma mötesplatser", **fields: Any) -> Proposal:
    """One that the council may take up."""
    one, by = proposal(title, **fields), builders.user()
    anchored(one, by)
    one.make_ready(by=by)
    return one


def adopted(title: str = "Gemensamma mötesplatser", *, here: Sitting | None = None, **fields: Any) -> Proposal:
    """One that the council has adopted at a meeting that has been called."""
    one, at = ready(title, **fields), here or sitting(city=1, civil_society=1)
    one.put_on_agenda(by=at.by, meeting=at.meeting)
    if at.meeting.status == "planned":
        at.meeting.call(by=at.by)
    one.decide("adopt", by=at.by, at_once=True)
    return one


def addressed(*parties: Party, of: Proposal | None = None, on: date | None = None) -> list[PartyDecision]:
    """The parties' rows for an adopted proposal."""
    one = of or adopted()
    PartyDecision.objects.address(one, parties or [builders.affiliation().party], on=on or ADOPTED_ON)
    rows = {row.party_id: row for row in PartyDecision.objects.filter(proposal=one).select_related("party", "proposal")}
    return [rows[party.pk] for party in parties] or list(rows.values())


def administrator(row: PartyDecision) -> User:
    """Somebody who may decide for the party."""
    return builders.representative(row.party).user


def given(stance: str = "yes", **fields: Any) -> Given:
    """An answer with everything that it needs."""
    body = {} if stance == "not_for_us" else {"body": "styrelsen", "paragraph": "7"}
    change = {"change": "Bara på vardagar."} if stance == "changed" else {}
    return Given(stance, **{"decided_on": today() - timedelta(days=10), **body, **change, **fields})


def says(row: PartyDecision, stance: str = "yes", *, by: User | None = None, corrects: bool = False, **fields: Any) -> PartyDecision:
    """The party decides."""
    row.decide(given(stance, **fields), by=by or administrator(row), seen=row.revision, corrects=corrects)
    return row
