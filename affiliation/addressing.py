"""Which parties a proposal of the council is laid before: those that were affiliated the day that the council adopted it."""

from datetime import date

from django.db.models import Q, QuerySet

from affiliation.models import Affiliation
from agreement.models import Party
from council.models import Hinder, PartyDecision, Proposal


def affiliated(day: date) -> QuerySet[Party]:
    """The parties whose affiliation holds on `day`."""
    return Party.objects.filter(pk__in=Affiliation.objects.on(day).values("party"))


def addressees(proposal: Proposal, day: date) -> QuerySet[Party]:
    """Whom the proposal is for, as the register stood on `day`; chosen parties are named by the council, whatever the register says."""
    city = Q(kind=Party.Kind.CITY_BODY)
    if proposal.addressed == Proposal.Addressed.CHOSEN:
        return proposal.chosen.all()
    if proposal.addressed == Proposal.Addressed.ALL:
        return affiliated(day)
    return affiliated(day).filter(city if proposal.addressed == Proposal.Addressed.CITY else ~city)


def address_adopted(day: date) -> int:
    """Lay what the council has adopted before its parties; returns how many got one. Safe to repeat."""
    return sum(
        PartyDecision.objects.address(proposal, addressees(proposal, proposal.decided_on or day), on=day)
        for proposal in Proposal.objects.to_address()
    )


def without_it(proposal: Proposal, day: date) -> QuerySet[Party]:
    """The affiliated parties of `day` that have not been given the proposal: those that joined later, and those it was not for."""
    return affiliated(day).exclude(decisions__proposal=proposal).order_by("sort_name", "pk")


def ask_about_hinders(day: date) -> int:
    """Ask the affiliated parties of `day` that have not handled a proposal for ninety days; returns how many."""
    return Hinder.objects.ask(day, affiliated(day))
