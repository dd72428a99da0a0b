"""The council: bodies, seats through time, the people who hold them, and the meetings with their minutes."""

from council.models.agenda import AgendaItem, Paper, StandingItem, Stays
from council.models.assignments import Assignment, AssignmentEvent
from council.models.attendance import Attendance, Place, Room
from council.models.composition import Body, Mandate, Person, Seat, SeatGroup, SeatTaken
from council.models.meetings import Meeting, MeetingEvent
from council.models.minutes import Addendum, Adjuster, Minutes, MinutesEvent
from council.models.running_order import RunningOrder, Slot

__all__ = [
    "Addendum",
    "Adjuster",
    "AgendaItem",
    "Assignment",
    "AssignmentEvent",
    "Attendance",
    "Body",
    "Mandate",
    "Meeting",
    "MeetingEvent",
    "Minutes",
    "MinutesEvent",
    "Paper",
    "Person",
    "Place",
    "Room",
    "RunningOrder",
    "Seat",
    "SeatGroup",
    "SeatTaken",
    "Slot",
    "StandingItem",
    "Stays",
]
