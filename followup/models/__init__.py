"""The yearly follow-up: rounds, the parties' reports, and the book that they are compiled into."""

from followup.models.compilations import Compilation, CompilationEvent
from followup.models.extensions import Extension, ExtensionEvent
from followup.models.reminders import ReportReminder
from followup.models.reports import Answer, Progress, Report, ReportEvent
from followup.models.rounds import Round, RoundEvent

__all__ = [
    "Answer",
    "Compilation",
    "CompilationEvent",
    "Extension",
    "ExtensionEvent",
    "Progress",
    "Report",
    "ReportEvent",
    "ReportReminder",
    "Round",
    "RoundEvent",
]
