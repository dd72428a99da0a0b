"""The council's part of the world: meetings whose minutes stand, and wait to be adjusted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from council import minutes as drawing
from council.models import Minutes, Proposal
from tests import builders
from tests.council.sitting import DAY, sitting


@dataclass
class CouncilWorld:
    """Minutes that stand, and minutes that wait; those of a forum that stand."""

    adjusted: Minutes
    for_adjustment: Minutes
    of_a_forum: Minutes
    proposal: Proposal


def world() -> CouncilWorld:
    """One of everything."""
    here = sitting().held()
    later = sitting(on=date(2026, 4, 9)).held()
    waiting = later.minutes()
    drawing.send(waiting, by=later.by)
    proposal = Proposal.objects.create(title="Lokaler", slug="lokaler", text="Öppna dem.")
    coming = sitting(on=date(2026, 5, 7))
    proposal.put_on_agenda(by=coming.by, meeting=coming.meeting)
    coming.meeting.call(by=coming.by)
    return CouncilWorld(here.adjusted(), waiting, sitting(body=builders.body(slug="forum", kind="forum")).held().adjusted(), proposal)


def knows(name: str) -> bool:
    """Whether the address is one of minutes or proposals."""
    return "minutes" in name or "proposal" in name or name in {"council:compare", "council:adjusting"}


def arguments(name: str, here: CouncilWorld) -> dict[str, Any]:
    """What an address is made of."""
    app, _colon, what = name.partition(":")
    if "proposal" in name:
        return {"pk": here.proposal.pk} if app == "admin" else {"slug": here.proposal.slug} if what == "proposal" else {}
    if app == "admin":
        minutes = here.for_adjustment
        return {"meeting": minutes.meeting.pk} if name.endswith("_begin") else {"pk": minutes.pk}
    if what in {"adjusting", "approve_minutes", "remark_on_minutes"}:
        return {"pk": here.for_adjustment.pk}
    if what.startswith("body_"):
        return {"body": here.of_a_forum.meeting.body.slug, "day": DAY}
    return {"day": DAY} if what.startswith("minutes") else {}
