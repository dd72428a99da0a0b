"""The council: bodies, seats through time, the people who hold them, and the meetings."""

from council.models.composition import Body, Mandate, Person, Seat, SeatGroup, SeatTaken
from council.models.meetings import Meeting

__all__ = ["Body", "Mandate", "Meeting", "Person", "Seat", "SeatGroup", "SeatTaken"]
