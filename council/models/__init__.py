"""The council: bodies, seats through time, the people who hold them, and the meetings with their minutes."""

from council.models.agenda import AgendaItem, Paper, StandingItem, Stays
from council.models.assignments import Assignment, AssignmentEvent
from council.models.attendance import Attendance, Place, Room
from council.models.composition import AlreadyClosed, Body, Seat, SeatGroup
from council.models.letters import MandateLetter
from council.models.mandates import IsVoid, Mandate, NoReason, NotThatDay, OutsideSeat, SeatTaken
from council.models.meetings import Meeting, MeetingEvent
from council.models.minutes import Addendum, Adjuster, Minutes, MinutesEvent, MinutesNotice
from council.models.nominations import Nomination, NominationEvent, SeatingDecision
from council.models.notices import SeatNotice
from council.models.offices import Office, OfficeRefused
from council.models.papertexts import PaperText
from council.models.people import Person
from council.models.polls import Asked, PollNotice, TimeAnswer, TimeOption, TimePoll, TimePollEvent
from council.models.running_order import RunningOrder, Slot
from council.models.working_groups import WorkingGroup

__all__ = [
    "Addendum",
    "Adjuster",
    "AgendaItem",
    "AlreadyClosed",
    "Asked",
    "Assignment",
    "AssignmentEvent",
    "Attendance",
    "Body",
    "IsVoid",
    "Mandate",
    "MandateLetter",
    "Meeting",
    "MeetingEvent",
    "Minutes",
    "MinutesEvent",
    "MinutesNotice",
    "NoReason",
    "Nomination",
    "NominationEvent",
    "NotThatDay",
    "Office",
    "OfficeRefused",
    "OutsideSeat",
    "Paper",
    "PaperText",
    "Person",
    "Place",
    "PollNotice",
    "Room",
    "RunningOrder",
    "Seat",
    "SeatGroup",
    "SeatNotice",
    "SeatTaken",
    "SeatingDecision",
    "Slot",
    "StandingItem",
    "Stays",
    "TimeAnswer",
    "TimeOption",
    "TimePoll",
    "TimePollEvent",
    "WorkingGroup",
]
