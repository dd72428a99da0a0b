"""The council's pages, its elections, its meetings in the office and its minutes."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from affiliation.models import Candidate, Election
from council.models import AgendaItem, Body, DotBallot, Hinder, Mandate, Meeting, Minutes, Nomination, Proposal, Seat, Voter
from idekom.demo import content, members, seats
from idekom.demo.members import MEMBER
from idekom.lib.dated import today
from idekom.users.models import User
from tests.browser.place import Place

BEFORE = ("change", "call", "details", "move", "cancel", "agenda", "agenda_sheet", "item_add")
AFTER = ("change", "agenda")
"""The desk's pages before the meeting and after."""


def places() -> Iterator[Place]:
    """All of them."""
    yield from _council()
    yield from _elections()
    yield from _meetings()
    yield from _minutes()
    yield from _proposals()
    yield from _ballots()


def _council() -> Iterator[Place]:
    """Bodies, seats and members on their pages; and the board of the council with each of its steps."""
    council = Body.objects.get(slug=seats.SLUG)
    seat, mandate, office = council.seats.get(number=3), Mandate.objects.filter(seat__number=3)[0], council.offices.all()[0]
    for day in ("2013-10-15", "2017-01-01", "2017-06-10"):
        yield Place(reverse("council:council") + f"?datum={day}")
    yield from (Place(reverse("council:body", args=[slug])) for slug in ("idekom", "forum-1", seats.SLUG))
    yield Place(reverse("council:body_seat", args=["idekom", 40]))
    yield from (Place(path) for path in (reverse("council:seat", args=[3]), seat.get_absolute_url(), reverse("council:members")))
    yield from (Place(person.get_absolute_url()) for person in (mandate.person, office.mandate.person))
    steps = [("body_board", council), ("body_close", council), ("mandate_void", mandate), ("office_end", office)]
    steps += [(f"seat_{step}", seat) for step in ("pass_on", "vacate", "chair")]
    yield from (Place(reverse(f"admin:council_{name}", args=[row.pk]), content.SECRETARY) for name, row in steps)


def _elections() -> Iterator[Place]:
    """People named for seats, and elections: open and settled, for everybody, for a voter and for the secretary."""
    yield Place(reverse("affiliation:elections"))
    running, settled = Election.objects.get(status="open"), Election.objects.get(status="settled")
    for election in (running, settled):
        yield Place(election.get_absolute_url())
        yield Place(reverse("admin:affiliation_election_change", args=[election.pk]), content.SECRETARY)
    yield Place(reverse("affiliation:election_protocol", args=[settled.slug]))
    yield Place(reverse("affiliation:own_election", args=[running.slug]), content.REPORTER)
    yield Place(Candidate.objects.filter(election=running)[0].get_absolute_url())
    yield Place(reverse("admin:affiliation_election_cancel", args=[running.pk]), content.SECRETARY)
    yield Place(reverse("admin:affiliation_election_settle", args=[running.pk]), content.SECRETARY)
    named = Nomination.objects.order_by("pk")[0]
    yield Place(named.get_absolute_url())
    for page in ("seat", "decline"):
        yield Place(reverse(f"admin:council_nomination_{page}", args=[named.pk]), content.SECRETARY)
    seat = Seat.objects.filter(nominator__representatives__user__email=content.OFFICIAL)[0]
    yield Place(reverse("council:own_nominations"), content.OFFICIAL)
    yield Place(reverse("council:nominate", args=[seat.pk]), content.OFFICIAL)


def _being_recorded() -> Meeting:
    """A meeting of today whose record is still open: the adjusters have those of the demo's that have been."""
    office, now = User.objects.get(email=content.SECRETARY), timezone.now().replace(microsecond=0)
    body = Body.objects.on(today()).get(kind=Body.Kind.COUNCIL)
    meeting, is_new = Meeting.objects.get_or_create(
        body=body, status=Meeting.Status.PLANNED, place="Provrummet", defaults={"starts_at": now, "ends_at": now + timedelta(hours=2)}
    )
    if is_new:
        AgendaItem.objects.begin(meeting)
        meeting.items.order_by("position")[0].conclude("noted", by=office)
    return meeting


def _meetings() -> Iterator[Place]:
    """The secretary's pages about a meeting that comes, and one that has been held."""
    held = Meeting.objects.filter(status=Meeting.Status.HELD, protocol__status="for_adjustment")[0]
    coming = Meeting.objects.filter(items__papers__isnull=False)[0]
    item, recorded = coming.items.filter(papers__isnull=False)[0], _being_recorded()
    for meeting, pages in (
        (coming, BEFORE),
        (held, AFTER),
    ):
        yield from (Place(reverse(f"admin:council_meeting_{page}", args=[meeting.pk]), content.SECRETARY) for page in pages)
    yield Place(reverse("admin:council_meeting_item", args=[coming.pk, item.pk]), content.SECRETARY)
    yield Place(reverse("admin:council_meeting_room", args=[recorded.pk]), content.SECRETARY)
    yield Place(reverse("admin:council_meeting_outcome", args=[recorded.pk, recorded.items.exclude(outcome="")[0].pk]), content.SECRETARY)


def _minutes() -> Iterator[Place]:
    """Minutes that stand and minutes that wait: for everybody, for an adjuster and for the secretary."""
    adjusted, waiting = Minutes.objects.adjusted()[0], Minutes.objects.exclude(adjusted_at__isnull=False)[0]
    yield Place(adjusted.address)
    yield Place(reverse("council:compare"))
    yield from (Place(reverse("council:adjusting", args=[waiting.pk]), one.person.user.email) for one in waiting.adjusters.all() if one.person.user)
    yield from (Place(reverse("admin:council_minutes_change", args=[one.pk]), content.SECRETARY) for one in (adjusted, waiting))


def _proposals() -> Iterator[Place]:
    """Proposals, for everybody, for members and parties, and in the office."""
    shown, adopted = Proposal.objects.shown().filter(status="on_agenda")[0], Proposal.objects.adopted()[0]
    draft, row = Proposal.objects.filter(status="draft")[0], adopted.decisions.get(party__slug="barnens-lanterna")
    yield Place(reverse("council:proposals"))
    yield Place(shown.get_absolute_url())
    yield from (Place(reverse(f"council:proposal{page}", args=[adopted.slug])) for page in ("", "_binding", "_papers"))
    yield Place(reverse("council:proposal_binding", args=[adopted.slug]) + "?datum=igår")
    yield from (Place(reverse("council:hinder", args=[one.token])) for one in Hinder.objects.all())
    yield Place(reverse("council:proposals_in_the_making"), members.MEMBER)
    yield Place(reverse("council:anchor", args=[draft.pk]), members.MEMBER)
    yield Place(reverse("affiliation:own_proposals", args=[row.party.slug]), content.REPORTER)
    yield Place(reverse("affiliation:own_proposal", args=[row.party.slug, adopted.slug]), content.REPORTER)
    for page in ("change", "agenda", "decide"):
        yield Place(reverse(f"admin:council_proposal_{page}", args=[shown.pk]), content.SECRETARY)

    yield Place(reverse("admin:council_proposal_change", args=[draft.pk]), content.SECRETARY)
    yield Place(reverse("admin:affiliation_affiliation_address", args=[adopted.pk]), content.SECRETARY)
    bound = adopted.decisions.filter(status="yes")[0]
    for page in ("change", "paper", "activity", "version"):
        yield Place(reverse(f"admin:council_partydecision_{page}", args=[bound.pk]), content.SECRETARY)


def _ballots() -> Iterator[Place]:
    """Dot ballots: open, counted, on paper and called for; who votes, and the office."""
    running, counted = DotBallot.objects.get(slug="exempelradet-borjar"), DotBallot.objects.get(slug="exempelprioritering")
    paper = DotBallot.objects.get(slug="uppstartsdagarna-2010")
    yield Place(reverse("council:ballots"))
    yield from (Place(ballot.get_absolute_url()) for ballot in (running, counted, paper))
    me, other = Voter.objects.get(ballot=running, person__user__email=MEMBER), Voter.objects.filter(ballot=running).exclude(voted_at=None)[0]
    yield Place(reverse("council:own_ballots"), MEMBER)
    for voter in (me, other):
        yield from (Place(reverse(f"council:{name}", args=[voter.token])) for name in ("dots", "dots_receipt"))
    for ballot, pages in (
        (running, ("change", "close", "cancel", "merge", "proposal")),
        (counted, ("change", "activities")),
        (paper, ("change", "correct")),
    ):
        yield from (Place(reverse(f"admin:council_dotballot_{page}", args=[ballot.pk]), content.SECRETARY) for page in pages)
    yield Place(reverse("admin:council_dotballot_numbers", args=[paper.pk]), content.SECRETARY)
    yield Place(reverse("admin:council_area_change", args=[running.areas.all()[0].pk]), content.SECRETARY)
