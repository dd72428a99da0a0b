"""The yearly follow-up: rounds and what they ask, the parties' reports, and the book that they are compiled into."""

from followup.models.answers import Answer, Entry, Overtaken
from followup.models.compilations import Compilation, CompilationEvent
from followup.models.questions import About, Kind, Progress, Question, QuestionSet, Scale
from followup.models.reports import Report, ReportEvent, ReportNotice, ReportVersion
from followup.models.rounds import Round, RoundEvent
from followup.models.transcripts import Transcript

__all__ = [
    "About",
    "Answer",
    "Compilation",
    "CompilationEvent",
    "Entry",
    "Kind",
    "Overtaken",
    "Progress",
    "Question",
    "QuestionSet",
    "Report",
    "ReportEvent",
    "ReportNotice",
    "ReportVersion",
    "Round",
    "RoundEvent",
    "Scale",
    "Transcript",
]
