"""Who may do what, address by address.

This is the rule that a test holds every address against (tests/access), and what the page on equal treatment is written from: what
needs affiliation is what stands here under a party's own people, and nothing else.
"""

from dataclasses import dataclass

from idekom.access import affiliation, agreement, council, followup, portal
from idekom.access.models import MODELS
from idekom.access.rules import Rule, Who

__all__ = ["ADDRESSES", "MODELS", "OF_A_PARTY", "OPEN_TO_ALL", "EqualTreatment", "Rule", "Who", "equal_treatment"]

OF_A_PARTY = (Who.ACTS, Who.REPORTS, Who.ADMINISTERS)
OPEN_TO_ALL = (Who.EVERYBODY, Who.SECRET)

ADDRESSES = portal.ADDRESSES | agreement.ADDRESSES | council.ADDRESSES | affiliation.ADDRESSES | followup.ADDRESSES
"""Every address of the portal's own. Django's own pages of a model in the admin follow MODELS; signing in is allauth's."""


@dataclass(frozen=True)
class EqualTreatment:
    """What affiliation opens, and what is open to everybody alike, in words."""

    needs_affiliation: list[str]
    open_to_all: list[str]


def equal_treatment() -> EqualTreatment:
    """The rules in words, each once, in the order in which they stand here."""
    return EqualTreatment(_words(OF_A_PARTY), _words(OPEN_TO_ALL))


def _words(who: tuple[Who, ...]) -> list[str]:
    return list(dict.fromkeys(str(rule.does) for rule in ADDRESSES.values() if rule.who in who))
