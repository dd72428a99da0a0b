"""The council: bodies, seats through time, the people who hold them, and the meetings."""

from council.models.composition import Body, Mandate, Person, Seat, SeatGroup, SeatTaken
from council.models.letters import MandateLetter
from council.models.meetings import Meeting
from council.models.nominations import Nomination, NominationEvent, SeatingDecision

__all__ = [
    "Body",
    "Mandate",
    "MandateLetter",
    "Meeting",
    "Nomination",
    "NominationEvent",
    "Person",
    "Seat",
    "SeatGroup",
    "SeatTaken",
    "SeatingDecision",
]
