"""The mails to a party about a proposal: that it lies before them, once more when the secretary asks, and the question about hinders."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from agreement.models import Representative
from council.models import Hinder, PartyDecision, PartyDecisionEvent, Proposal
from idekom.lib import mail
from idekom.lib.dated import today


def notify(event: PartyDecisionEvent) -> None:
    """Tell the party's administrators that a proposal lies before them; nobody when they have answered meanwhile, or nothing is to be told."""
    row = event.subject
    if event.action in {"address", "remind"} and row.is_open:
        again = event.action == "remind"
        _send("council/proposal_addressed", row, key=f"proposal-{row.pk}-{event.pk}", again=again, is_city=row.party.kind == row.party.Kind.CITY_BODY)


def ask(hinder: Hinder) -> None:
    """The one question about what is in the way; not to those who have answered meanwhile."""
    if hinder.decision.is_open and hinder.answered_at is None:
        _send("council/proposal_hinder", hinder.decision, key=f"hinder-{hinder.pk}", token=hinder.token)


def _send(name: str, row: PartyDecision, *, key: str, token: str = "", **more: Any) -> None:
    for person in Representative.objects.administrators(row.party, today()).select_related("user"):
        language = person.user.language
        with translation.override(language):
            urls: dict[str, Any] = {"own_url": _url("affiliation:own_proposal", row.party.slug, row.proposal.slug)}
            if Proposal.objects.shown().filter(pk=row.proposal_id).exists():
                urls["public_url"] = mail.absolute(row.proposal.get_absolute_url())
            if token:
                urls["url"] = _url("council:hinder", token)
        mail.send(name, to=person.user.email, language=language, key=f"{key}-{person.user_id}", row=row, proposal=row.proposal, **urls, **more)


def _url(name: str, *args: str) -> str:
    return mail.absolute(reverse(name, args=args))
