"""The agreement's text, what is done about it and the parties it binds together: the ground that every other app stands on."""

from agreement.models.areas import CommitmentArea, Placement
from agreement.models.asking import ActivityContact, StatusRequest
from agreement.models.contacts import Contact, Topic
from agreement.models.links import Link
from agreement.models.memberships import Membership
from agreement.models.parties import District, Party, Representative, Sector, Side
from agreement.models.plans import ActionPlan, Activity, ActivityEvent
from agreement.models.quarters import Quarter
from agreement.models.revision import RevisionComment, RevisionCommentEvent, RevisionRound
from agreement.models.terms import Term
from agreement.models.text import Commitment, CommitmentTag, Goal, NotThatDay, Owner, Principle, Version, VersionEvent
from agreement.models.updates import ActivityUpdate
from agreement.models.wordings import NotYet, Part, Passage, Promise, Wording, WordingEvent

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityContact",
    "ActivityEvent",
    "ActivityUpdate",
    "Commitment",
    "CommitmentArea",
    "CommitmentTag",
    "Contact",
    "District",
    "Goal",
    "Link",
    "Membership",
    "NotThatDay",
    "NotYet",
    "Owner",
    "Part",
    "Party",
    "Passage",
    "Placement",
    "Principle",
    "Promise",
    "Quarter",
    "Representative",
    "RevisionComment",
    "RevisionCommentEvent",
    "RevisionRound",
    "Sector",
    "Side",
    "StatusRequest",
    "Term",
    "Topic",
    "Version",
    "VersionEvent",
    "Wording",
    "WordingEvent",
]
