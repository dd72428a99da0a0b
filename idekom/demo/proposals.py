"""The demo's proposals: one that the parties have answered in every way, and a draft that is being anchored. All of it is invented."""

from datetime import date, timedelta

from django.utils import timezone

from affiliation.addressing import address_adopted
from agreement.models import Commitment, Party, Representative, Side, Version
from council.models import AgendaItem, Anchoring, Given, Hinder, Meeting, PartyDecision, Proposal
from idekom.lib.dated import today
from idekom.users.models import User

TEXT = """Parterna föreslås:

1. utse en person som tar emot frågor om lokaler,
2. skriva i en gemensam lista vilka lokaler som är lediga, och
3. låta föreningar boka dem utan avgift fram till kl. 21.

Förslaget är påhittat och finns bara i demon."""
DRAFT = "Parterna föreslås ordna en gemensam dag om året där föreningar och förvaltningar provar varandras arbete.\n\nFörslaget är påhittat."
SLUG = "gemensam-lista-over-lediga-lokaler"
BOARD, COMMITTEE = "styrelsen", "nämnden"


def build(secretary: User) -> None:
    """Through the verbs that the pages call; whatever meetings there are."""
    held = Meeting.objects.filter(protocol__status="adjusted").order_by("-starts_at").first()
    commitments = list(Commitment.objects.filter(version=Version.objects.in_force(today())).order_by("number"))
    if held is not None:
        _adopted(held, commitments, secretary)
    draft = Proposal.objects.create(
        title="En dag i varandras skor", slug="en-dag-i-varandras-skor", aim="Båda sidor vet hur den andra arbetar.", text=DRAFT
    )
    draft.commitments.set(commitments[:2])
    _anchor(draft, secretary, today() - timedelta(days=12))


def _anchor(proposal: Proposal, secretary: User, day: date) -> None:
    asked = [
        ({"group": "lokalsamordnarna i stadsområdena", "side": Side.CITY}, Anchoring.How.MEETING, "Gärna, men nycklarna måste lösas först."),
        ({"group": "nätverket för föreningar i nordost"}, Anchoring.How.LETTER, "Ja. Vi vill kunna boka samma vecka."),
    ]
    for number, (who, how, said) in enumerate(asked):
        Anchoring(proposal=proposal, asked_on=day + timedelta(days=number * 3), how=how, said=said, **who).enter(by=secretary)


def _adopted(held: Meeting, commitments: list[Commitment], secretary: User) -> None:
    """As if the council had adopted it at a meeting that has been: its minutes stand, so the item is one that is there already."""
    item = AgendaItem.objects.public().filter(meeting=held, parent=None, proposals=None).order_by("-position").first()
    if item is None:
        return
    proposal = Proposal.objects.create(
        title="Gemensam lista över lediga lokaler",
        slug=SLUG,
        aim="En förening hittar en lokal på fem minuter, var i staden den än finns.",
        text=TEXT,
    )
    proposal.commitments.set(commitments[2:5])
    _anchor(proposal, secretary, held.on - timedelta(days=30))
    proposal.make_ready(by=secretary)
    proposal._become("put_on_agenda", by=secretary, item=item)
    proposal.decide(Proposal.Choice.ADOPT, by=secretary, at_once=True)
    address_adopted(held.on)
    _answer(proposal, held.on, secretary)


def _answer(proposal: Proposal, since: date, secretary: User) -> None:
    rows = list(PartyDecision.objects.filter(proposal=proposal).with_story())
    city = [row for row in rows if row.party.kind == Party.Kind.CITY_BODY]
    others = [row for row in rows if row.party.kind != Party.Kind.CITY_BODY]
    on = min(since + timedelta(days=20), today())
    ahead = today() + timedelta(days=40)
    told = [
        (others[0:1], Given("yes", on, body=BOARD, paragraph="6")),
        (others[1:2], Given("changed", on, body=BOARD, paragraph="11", change="Lokalerna lånas ut till kl. 20 på söndagar.")),
        (others[2:3], Given("no", on, body=BOARD, paragraph="4", comment="Vi har ingen egen lokal.")),
        (others[3:4], Given("not_for_us", on)),
        (others[4:5], Given("yes", on, binds_on=ahead, body="årsmötet", paragraph="15")),
        (city[0:1], Given("yes", on, body=COMMITTEE, paragraph="112", paper_source="protokollsutdrag på papper")),
        (city[1:2], Given("yes", on, body=COMMITTEE, paragraph="87")),
    ]
    for few, given in told:
        for row in few:
            row.decide(given, by=secretary if given.paper_source else _administrator(row.party), seen=row.revision)
    _hindered(others[5:7], since)
    Proposal.objects.filter(pk=proposal.pk).update(addressed_on=since)
    moment = timezone.now()
    for row in rows:
        row.events.update(notified_at=moment)


def _administrator(party: Party) -> User:
    found = Representative.objects.administrators(party, today()).select_related("user").first()
    if found is None:
        found = Representative.appoint(party, User.objects.with_email(f"beslut-{party.pk}@example.org"), from_on=today())
    return found.user


def _hindered(rows: list[PartyDecision], since: date) -> None:
    """Two were asked what is in the way, and one has answered."""
    Hinder.objects.ask(max(today(), since + timedelta(days=90)), [row.party for row in rows])
    for number, hinder in enumerate(Hinder.objects.filter(decision__in=rows).order_by("pk")):
        Hinder.objects.filter(pk=hinder.pk).update(notified_at=timezone.now())
        if number == 0:
            hinder.tell("Vår styrelse träffas först efter sommaren.")
