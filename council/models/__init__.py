"""The council: bodies, seats through time, the people who hold them, and the meetings."""

from council.models.composition import AlreadyClosed, Body, Seat, SeatGroup
from council.models.mandates import IsVoid, Mandate, NoReason, NotThatDay, OutsideSeat, SeatTaken
from council.models.meetings import Meeting
from council.models.notices import SeatNotice
from council.models.offices import Office, OfficeRefused
from council.models.people import Person
from council.models.working_groups import WorkingGroup

__all__ = [
    "AlreadyClosed",
    "Body",
    "IsVoid",
    "Mandate",
    "Meeting",
    "NoReason",
    "NotThatDay",
    "Office",
    "OfficeRefused",
    "OutsideSeat",
    "Person",
    "Seat",
    "SeatGroup",
    "SeatNotice",
    "SeatTaken",
    "WorkingGroup",
]
