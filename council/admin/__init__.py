"""The council in the secretary's office."""

from council.admin.composition import BodyAdmin, MandateAdmin, PersonAdmin, SeatAdmin, SeatGroupAdmin
from council.admin.meetings import MeetingAdmin
from council.admin.polls import TimePollAdmin

__all__ = ["BodyAdmin", "MandateAdmin", "MeetingAdmin", "PersonAdmin", "SeatAdmin", "SeatGroupAdmin", "TimePollAdmin"]
