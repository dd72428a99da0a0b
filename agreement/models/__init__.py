"""The agreement's text, what is done about it and the parties it binds together: the ground that every other app stands on."""

from agreement.models.contacts import Contact, Topic
from agreement.models.links import Link
from agreement.models.memberships import Membership
from agreement.models.parties import District, Party, Representative, Sector, Side
from agreement.models.plans import ActionPlan, Activity, ActivityEvent
from agreement.models.terms import Term
from agreement.models.text import Commitment, Goal, Owner, Principle, Version
from agreement.models.wordings import Part, Passage, Wording, WordingEvent

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityEvent",
    "Commitment",
    "Contact",
    "District",
    "Goal",
    "Link",
    "Membership",
    "Owner",
    "Part",
    "Party",
    "Passage",
    "Principle",
    "Representative",
    "Sector",
    "Side",
    "Term",
    "Topic",
    "Version",
    "Wording",
    "WordingEvent",
]
