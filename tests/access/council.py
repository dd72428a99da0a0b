"""The council's part of the world: minutes that stand and that wait to be adjusted, and proposals at every stage."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from agreement.models import Party
from council import minutes as drawing
from council.models import DotBallot, Hinder, Minutes, PartyDecision, PartyDecisionEvent, Proposal, Voter
from idekom.lib.dated import today
from tests import builders
from tests.council import balloting, proposing
from tests.council.sitting import DAY, sitting


@dataclass
class CouncilWorld:
    """Minutes that stand, and minutes that wait; those of a forum that stand."""

    adjusted: Minutes
    for_adjustment: Minutes
    of_a_forum: Minutes
    proposal: Proposal
    draft: Proposal
    decision: PartyDecision
    hinder: Hinder
    said: PartyDecisionEvent
    counted: DotBallot
    voter: Voter


def world(party: Party) -> CouncilWorld:
    """One of everything."""
    here = sitting().held()
    later = sitting(on=date(2026, 4, 9)).held()
    waiting = later.minutes()
    drawing.send(waiting, by=later.by)
    proposal = proposing.ready("Lokaler")
    coming = sitting(on=date(2026, 5, 7))
    proposal.put_on_agenda(by=coming.by, meeting=coming.meeting)
    coming.meeting.call(by=coming.by)
    forum = sitting(body=builders.body(slug="forum", kind="forum")).held().adjusted()
    return CouncilWorld(here.adjusted(), waiting, forum, proposal, proposing.proposal("Ett utkast"), *_decided(party), *_ballots())


def _decided(party: Party) -> tuple[PartyDecision, Hinder, PartyDecisionEvent]:
    """A yes of the party, with a document for everybody, and another party that is asked what is in the way."""
    one, other = proposing.addressed(
        party, builders.affiliation().party, of=proposing.adopted("Antaget", here=sitting(city=1, civil_society=1, on=date(2026, 6, 4)))
    )
    by = builders.representative(party)
    document = ContentFile(b"%PDF-1.7", "ja.pdf")
    proposing.says(one, by=by.user, document=document, shows_document=True)
    Hinder.objects.ask(today() + timedelta(days=90), [other.party])
    said = one.events.exclude(stance="").get()
    return one, other.hinder, said


KNOWN = {
    "council:compare", "council:adjusting", "council:anchor", "affiliation:own_paper", "affiliation:own_document",
    "admin:affiliation_affiliation_address",
}  # fmt: skip


def knows(name: str) -> bool:
    """Whether the address is one of minutes, proposals or ballots."""
    return _of_a_ballot(name) or any(word in name for word in ("minutes", "proposal", "decision")) or name in KNOWN


def _ballots() -> tuple[DotBallot, Voter]:
    """A vote on paper that is written in, with its source as a file; and somebody who votes in an open one."""
    counted = balloting.recorded(7, 3)
    counted.source_file.save("kalla.pdf", ContentFile(b"%PDF-1.7"))
    return counted, balloting.voters(balloting.opened())[0]


def _of_a_ballot(name: str) -> bool:
    return "ballot" in name.removeprefix("affiliation:") or "dots" in name


def _ballot_arguments(name: str, here: CouncilWorld) -> dict[str, Any]:
    if name.startswith("admin:"):
        return {"pk": here.counted.pk} | ({"option": here.counted.options.all()[0].pk} if name.endswith("_split") else {})
    if "dots" in name:
        return {"token": here.voter.token}
    return {} if name in {"council:ballots", "council:own_ballots"} else {"slug": here.counted.slug}


def arguments(name: str, here: CouncilWorld) -> dict[str, Any]:
    """What an address is made of."""
    if _of_a_ballot(name):
        return _ballot_arguments(name, here)
    app, _colon, what = name.partition(":")
    if not ("minutes" in name or what in {"compare", "adjusting"}):
        return _of_a_proposal(app, what, here)
    if app == "admin":
        minutes = here.for_adjustment
        return {"meeting": minutes.meeting.pk} if name.endswith("_begin") else {"pk": minutes.pk}
    if what in {"adjusting", "approve_minutes", "remark_on_minutes"}:
        return {"pk": here.for_adjustment.pk}
    if what.startswith("body_"):
        return {"body": here.of_a_forum.meeting.body.slug, "day": DAY}
    return {"day": DAY} if what.startswith("minutes") else {}


def _of_a_proposal(app: str, what: str, here: CouncilWorld) -> dict[str, Any]:
    row = here.decision
    if app == "admin":
        event = {"event": here.said.pk} if what.endswith("document") else {}
        pk = row.pk if "partydecision" in what else row.proposal_id if what.endswith("address") else here.proposal.pk
        return {"pk": pk, **event} | ({"step": "klart"} if what.endswith("step") else {})
    if app == "affiliation":
        of: dict[str, dict[str, Any]] = {"own_paper": {"ending": "docx"}, "own_document": {"pk": here.said.pk}}
        more = of.get(what, {})
        return {"slug": row.party.slug} | ({} if what == "own_proposals" else {"proposal": row.proposal.slug}) | more
    if what in {"proposals", "proposal_feed", "proposals_in_the_making"}:
        return {}
    if what == "anchor":
        return {"pk": here.draft.pk}
    more = {"proposal_paper": {"party": row.party.slug, "ending": "docx"}, "proposal_document": {"party": row.party.slug}}.get(what, {})
    return {"slug": row.proposal.slug} | more
