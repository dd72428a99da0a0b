"""The council in the secretary's office."""

from council.admin.assignments import AssignmentAdmin
from council.admin.composition import BodyAdmin, MandateAdmin, PersonAdmin, SeatAdmin, SeatGroupAdmin
from council.admin.meetings import MeetingAdmin

__all__ = ["AssignmentAdmin", "BodyAdmin", "MandateAdmin", "MeetingAdmin", "PersonAdmin", "SeatAdmin", "SeatGroupAdmin"]
