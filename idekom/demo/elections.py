"""The demo's nominations and elections: one nomination waits, one election is open and one has its protocol. Everybody is invented."""

from datetime import datetime, timedelta

from django.utils import timezone

from affiliation.models import Candidate, Election, ElectionPlace
from agreement.models import Party, Sector, Side
from council.models import Mandate, Nomination, Seat
from idekom.lib.dated import today
from idekom.users.models import User

NAMED = ("Nora Nominerad", "nora@nominerad.example.org")
OPEN_TO = [
    ("Pim Provsson", "Jag leder en läxhjälp och vill att barns röster hörs i rådet."),
    ("Tuva Testberg", "Tjugo år i föreningslivet."),
    ("Ali Exempel", ""),
]
SETTLED_TO = [("Mira Påhitt", "Ordförande i en kulturförening."), ("Sixten Låtsas", "Jag vill att små föreningar får plats.")]


def build(secretary: User, reporter: str) -> None:
    """The nomination and the two elections. The open one is in the sector of the party that the reporter acts for."""
    seats = list(Seat.objects.on(today()).filter(group__side=Side.CIVIL_SOCIETY).order_by("number"))
    name, email = NAMED
    named = Nomination(seat=_vacant(), name=name, email=email, from_on=today() + timedelta(days=30)).propose(by=None)
    named.agree()
    mine = Party.objects.filter(representatives__user__email=reporter).select_related("sector")[0].sector
    others = {sector for sector in Sector.objects.filter(parties__affiliations__period__contains=today()) if sector != mine}
    other = max(others, key=lambda sector: (sector.parties.filter(affiliations__period__contains=today()).count(), sector.pk))
    if mine:
        _vote(_elect(mine, "oppet", seats[0], OPEN_TO, days=9), [[0], [1]])
    _settle(_elect(other, "avslutat", seats[1], SETTLED_TO, days=1), secretary)
    for row in (named, *Election.objects.all()):
        row.events.update(notified_at=timezone.now())


def _vacant() -> Seat:
    """A seat without an ordinary member, or else the first one."""
    held = Mandate.objects.valid().on(today()).filter(role=Mandate.Role.ORDINARY)
    seats = Seat.objects.on(today()).order_by("number")
    found: Seat = seats.exclude(pk__in=held.values("seat")).first() or seats[0]
    return found


def _elect(sector: Sector, slug: str, seat: Seat, people: list[tuple[str, str]], *, days: int) -> Election:
    """An election whose candidates have said yes, and that opens now for some days."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    election = Election.objects.create(
        name=f"Val av företrädare: {sector}",
        slug=f"{sector.slug}-{slug}",
        sector=sector,
        names_until=today(),
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=1 + days),
        seated_from=today() + timedelta(days=90),
        seated_until=today() + timedelta(days=90 + 729),
    )
    for role in (Mandate.Role.ORDINARY, *([Mandate.Role.SUBSTITUTE] if seat.has_substitute else [])):
        ElectionPlace.objects.create(election=election, seat=seat, role=role)
    party = election.electorate(today()).order_by("sort_name").first()
    for name, presentation in people:
        email = f"{name.split()[0].lower()}@kandidat.example.org"
        told = {"name": name, "email": email, "presentation": presentation, "notified_at": now}
        Candidate.objects.name_for(election, party=party, moment=now, **told).agree()
    _move(election, now - timedelta(days=2), now + timedelta(days=days), today() - timedelta(days=5))
    election.open(timezone.now())
    return election


def _move(election: Election, opens_at: datetime, closes_at: datetime, names_until: object) -> None:
    """Let the election be at another time."""
    Election.objects.filter(pk=election.pk).update(opens_at=opens_at, closes_at=closes_at, names_until=names_until)
    election.refresh_from_db()


def _vote(election: Election, choices: list[list[int]]) -> None:
    """Some vote, the last on the roll first; the mails about the opening have gone."""
    candidates = election.on_ballot()
    for roll, chosen in zip(election.roll.order_by("-party__sort_name"), choices, strict=False):
        roll.vote([candidates[place].pk for place in chosen])
    election.notices.update(notified_at=timezone.now())


def _settle(election: Election, secretary: User) -> None:
    """Everybody has voted, it closed a month ago, and the protocol is made."""
    _vote(election, [[0], [1, 0], [0], [], [1], [0, 1], [0]])
    ago = timezone.now() - timedelta(days=30)
    _move(election, ago - timedelta(days=14), ago, (ago - timedelta(days=20)).date())
    election.close(timezone.now())
    order = [[one.pk for one in tied] for _votes, tied in election.outcome.open_ties]
    for drawn in order:
        election.draw_lot(by=secretary, order=drawn, drawn_on=today() - timedelta(days=29), witnesses="Vera Vittne och Vidar Vittne")
    election.settle(by=secretary, tellers=("Rut Räknare", "Rolf Räknare"), on=today() - timedelta(days=29))
    election.notices.update(notified_at=timezone.now())
    for place in election.places.exclude(nomination=None):
        if place.nomination:
            place.nomination.events.update(notified_at=timezone.now())
