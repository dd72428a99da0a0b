"""The agreement's text, what is done about it and the parties it binds together: the ground that every other app stands on."""

from agreement.models.asking import ActivityContact, StatusRequest
from agreement.models.memberships import Membership
from agreement.models.parties import District, Party, Representative, Sector, Side
from agreement.models.plans import ActionPlan, Activity, ActivityEvent
from agreement.models.quarters import Quarter
from agreement.models.terms import Term
from agreement.models.text import Commitment, Goal, Owner, Principle, Version
from agreement.models.updates import ActivityUpdate
from agreement.models.wordings import Part, Passage, Wording, WordingEvent

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityContact",
    "ActivityEvent",
    "ActivityUpdate",
    "Commitment",
    "District",
    "Goal",
    "Membership",
    "Owner",
    "Part",
    "Party",
    "Passage",
    "Principle",
    "Quarter",
    "Representative",
    "Sector",
    "Side",
    "StatusRequest",
    "Term",
    "Version",
    "Wording",
    "WordingEvent",
]
