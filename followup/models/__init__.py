"""The yearly follow-up: rounds, the parties' reports, the book that they are compiled into, and the dialogue forum about it."""

from followup.models.compilations import Compilation, CompilationEvent
from followup.models.forum_questions import ForumLike, ForumQuestion, ForumQuestionEvent
from followup.models.forums import Forum, ProgrammeItem
from followup.models.registrations import ForumRegistration, ForumRegistrationEvent
from followup.models.reports import Answer, Progress, Report, ReportEvent
from followup.models.rounds import Round, RoundEvent

__all__ = [
    "Answer",
    "Compilation",
    "CompilationEvent",
    "Forum",
    "ForumLike",
    "ForumQuestion",
    "ForumQuestionEvent",
    "ForumRegistration",
    "ForumRegistrationEvent",
    "ProgrammeItem",
    "Progress",
    "Report",
    "ReportEvent",
    "Round",
    "RoundEvent",
]
