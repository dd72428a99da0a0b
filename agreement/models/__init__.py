"""The agreement's text and the parties it binds together: the ground that every other app stands on."""

from agreement.models.memberships import Membership
from agreement.models.parties import District, Party, Representative, Sector, Side
from agreement.models.terms import Term
from agreement.models.text import Commitment, Goal, Owner, Principle, Version

__all__ = ["Commitment", "District", "Goal", "Membership", "Owner", "Party", "Principle", "Representative", "Sector", "Side", "Term", "Version"]
