"""The council in the secretary's office."""

from council.admin.composition import BodyAdmin, MandateAdmin, PersonAdmin, SeatAdmin, SeatGroupAdmin
from council.admin.meetings import MeetingAdmin
from council.admin.members import NoticeReaderAdmin, ReplyAdmin

__all__ = ["BodyAdmin", "MandateAdmin", "MeetingAdmin", "NoticeReaderAdmin", "PersonAdmin", "ReplyAdmin", "SeatAdmin", "SeatGroupAdmin"]
