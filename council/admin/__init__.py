"""The council in the secretary's office."""

from council.admin.composition import BodyAdmin, MandateAdmin, PersonAdmin, SeatAdmin, SeatGroupAdmin
from council.admin.meetings import MeetingAdmin
from council.admin.nominations import NominationAdmin

__all__ = ["BodyAdmin", "MandateAdmin", "MeetingAdmin", "NominationAdmin", "PersonAdmin", "SeatAdmin", "SeatGroupAdmin"]
