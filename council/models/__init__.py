"""The council: bodies, seats through time, the people who hold them, and the meetings with their minutes."""

from council.models.agenda import AgendaItem, Paper, StandingItem
from council.models.answers import Answers
from council.models.assignment_reminders import AssignmentReminder
from council.models.assignments import Assignment, AssignmentEvent
from council.models.attendance import Attendance, Place, Room
from council.models.briefs import Brief, Told
from council.models.composition import Body, Mandate, Person, Seat, SeatGroup, SeatTaken
from council.models.meetings import Meeting, MeetingEvent
from council.models.minutes import Addendum, Adjuster, Minutes, MinutesEvent
from council.models.notices import Notice, NoticeReader
from council.models.replies import Reply, ReplyEvent, ReplyReminder
from council.models.reports_back import MemberMeetings, ReportBack, Share
from council.models.substitutes import SubstituteEvent, SubstituteRequest

__all__ = [
    "Addendum",
    "Adjuster",
    "AgendaItem",
    "Answers",
    "Assignment",
    "AssignmentEvent",
    "AssignmentReminder",
    "Attendance",
    "Body",
    "Brief",
    "Mandate",
    "Meeting",
    "MeetingEvent",
    "MemberMeetings",
    "Minutes",
    "MinutesEvent",
    "Notice",
    "NoticeReader",
    "Paper",
    "Person",
    "Place",
    "Reply",
    "ReplyEvent",
    "ReplyReminder",
    "ReportBack",
    "Room",
    "Seat",
    "SeatGroup",
    "SeatTaken",
    "Share",
    "StandingItem",
    "SubstituteEvent",
    "SubstituteRequest",
    "Told",
]
