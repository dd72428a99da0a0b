"""The council: bodies, seats through time, the people who hold them, and the meetings with their minutes."""

from council.models.agenda import AgendaItem, StandingItem, Stays
from council.models.anchoring import Anchoring
from council.models.answers import Answers
from council.models.assignment_reminders import AssignmentReminder
from council.models.assignments import Assignment, AssignmentEvent
from council.models.attendance import Attendance, Place, Room
from council.models.ballot_notices import BallotNotice
from council.models.ballot_options import Area, Option
from council.models.ballot_votes import Vote, Voter
from council.models.ballots import DotBallot, DotBallotEvent
from council.models.binding import Binding, Bond
from council.models.briefs import Brief, Told
from council.models.communication import Communication
from council.models.composition import AlreadyClosed, Body, Seat, SeatGroup
from council.models.decisions import NotTheirs, PartyDecision, PartyDecisionEvent
from council.models.hinders import Hinder
from council.models.letters import MandateLetter
from council.models.mandates import IsVoid, Mandate, NoReason, NotThatDay, OutsideSeat, SeatTaken
from council.models.meeting_notices import Notice, NoticeReader
from council.models.meetings import Meeting, MeetingEvent
from council.models.minutes import Addendum, Adjuster, Minutes, MinutesEvent, MinutesNotice
from council.models.nominations import Nomination, NominationEvent, SeatingDecision
from council.models.notices import SeatNotice
from council.models.offices import Office, OfficeRefused
from council.models.papers import Paper
from council.models.papertexts import PaperText
from council.models.people import Person
from council.models.polls import Asked, PollNotice, TimeAnswer, TimeOption, TimePoll, TimePollEvent
from council.models.proposals import NotAnchored, Proposal, ProposalEvent
from council.models.replies import Reply, ReplyEvent, ReplyReminder
from council.models.reports_back import MemberMeetings, ReportBack, Share
from council.models.running_order import RunningOrder, Slot
from council.models.stances import Given, Stance
from council.models.substitutes import SubstituteEvent, SubstituteRequest
from council.models.working_groups import WorkingGroup

__all__ = [
    "Addendum",
    "Adjuster",
    "AgendaItem",
    "AlreadyClosed",
    "Anchoring",
    "Answers",
    "Area",
    "Asked",
    "Assignment",
    "AssignmentEvent",
    "AssignmentReminder",
    "Attendance",
    "BallotNotice",
    "Binding",
    "Body",
    "Bond",
    "Brief",
    "Communication",
    "DotBallot",
    "DotBallotEvent",
    "Given",
    "Hinder",
    "IsVoid",
    "Mandate",
    "MandateLetter",
    "Meeting",
    "MeetingEvent",
    "MemberMeetings",
    "Minutes",
    "MinutesEvent",
    "MinutesNotice",
    "NoReason",
    "Nomination",
    "NominationEvent",
    "NotAnchored",
    "NotThatDay",
    "NotTheirs",
    "Notice",
    "NoticeReader",
    "Office",
    "OfficeRefused",
    "Option",
    "OutsideSeat",
    "Paper",
    "PaperText",
    "PartyDecision",
    "PartyDecisionEvent",
    "Person",
    "Place",
    "PollNotice",
    "Proposal",
    "ProposalEvent",
    "Reply",
    "ReplyEvent",
    "ReplyReminder",
    "ReportBack",
    "Room",
    "RunningOrder",
    "Seat",
    "SeatGroup",
    "SeatNotice",
    "SeatTaken",
    "SeatingDecision",
    "Share",
    "Slot",
    "Stance",
    "StandingItem",
    "Stays",
    "SubstituteEvent",
    "SubstituteRequest",
    "TimeAnswer",
    "TimeOption",
    "TimePoll",
    "TimePollEvent",
    "Told",
    "Vote",
    "Voter",
    "WorkingGroup",
]
