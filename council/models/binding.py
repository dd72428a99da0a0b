"""Whom a proposal binds on a day, from when, and whom not: a party is bound by its own yes, and by nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from agreement.models import Party, Side
from council.models.decisions import PartyDecision, PartyDecisionEvent
from council.models.proposals import Proposal
from council.models.stances import Stance


@dataclass(frozen=True)
class Bond:
    """How a party stood to the proposal on a day: the decision that held then, if any."""

    party: Party
    row: PartyDecision
    said: PartyDecisionEvent | None
    day: date

    @property
    def stance(self) -> Stance:
        """What the party had said by that day."""
        return Stance(self.said.stance) if self.said else Stance.OPEN

    @property
    def from_on(self) -> date | None:
        """From when it binds the party; None when it does not."""
        return self.said.binds_on if self.said else None

    @property
    def holds(self) -> bool:
        """Whether the party is bound that day."""
        return self.from_on is not None and self.from_on <= self.day

    @property
    def will_hold(self) -> bool:
        """Whether the party has said yes from a day to come."""
        return self.from_on is not None and self.from_on > self.day

    @property
    def side(self) -> Side:
        """The party's side."""
        return self.party.side


@dataclass(frozen=True)
class Binding:
    """Everybody who has been given the proposal by a day, in Swedish order."""

    day: date
    bonds: list[Bond]

    @classmethod
    def on(cls, proposal: Proposal, day: date) -> "Binding":
        """How they stood on `day`."""
        return cls.of_each([proposal], day)[proposal.pk]

    @classmethod
    def of_each(cls, proposals: Collection[Proposal], day: date) -> "dict[int, Binding]":
        """{proposal: how they stood to it on `day`}, in two queries however many there are."""
        found = {proposal.pk: cls(day, []) for proposal in proposals}
        for row in PartyDecision.objects.filter(proposal__in=found, addressed_on__lte=day).with_story():
            found[row.proposal_id].bonds.append(Bond(row.party, row, _held(row.story, day), day))
        return found

    @property
    def bound(self) -> list[Bond]:
        """Those whom it binds."""
        return [bond for bond in self.bonds if bond.holds]

    @property
    def coming(self) -> list[Bond]:
        """Those whom it will bind."""
        return [bond for bond in self.bonds if bond.will_hold]

    @property
    def unbound(self) -> list[Bond]:
        """Those whom it does not bind."""
        return [bond for bond in self.bonds if bond.from_on is None]

    @property
    def is_decided(self) -> bool:
        """Whether any party has said yes: until then it is nothing but a proposal."""
        return any(bond.from_on for bond in self.bonds)


def _held(story: Sequence[PartyDecisionEvent], day: date) -> PartyDecisionEvent | None:
    return next((said for said in reversed(story) if said.decided_on and said.decided_on <= day), None)
