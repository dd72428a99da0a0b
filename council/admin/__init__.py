"""The council in the secretary's office."""

from council.admin.assignments import AssignmentAdmin
from council.admin.ballots import AreaAdmin, DotBallotAdmin
from council.admin.communication import CommunicationAdmin
from council.admin.composition import BodyAdmin, MandateAdmin, OfficeAdmin, PersonAdmin, SeatAdmin, SeatGroupAdmin, SeatNoticeAdmin, WorkingGroupAdmin
from council.admin.decisions import PartyDecisionAdmin
from council.admin.meetings import MeetingAdmin
from council.admin.members import NoticeReaderAdmin, ReplyAdmin
from council.admin.minutes import MinutesAdmin
from council.admin.nominations import NominationAdmin
from council.admin.polls import TimePollAdmin
from council.admin.proposals import ProposalAdmin

__all__ = [
    "AreaAdmin",
    "AssignmentAdmin",
    "BodyAdmin",
    "CommunicationAdmin",
    "DotBallotAdmin",
    "MandateAdmin",
    "MeetingAdmin",
    "MinutesAdmin",
    "NominationAdmin",
    "NoticeReaderAdmin",
    "OfficeAdmin",
    "PartyDecisionAdmin",
    "PersonAdmin",
    "ProposalAdmin",
    "ReplyAdmin",
    "SeatAdmin",
    "SeatGroupAdmin",
    "SeatNoticeAdmin",
    "TimePollAdmin",
    "WorkingGroupAdmin",
]
