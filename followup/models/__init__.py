"""The yearly follow-up: rounds, the parties' reports, and the book that they are compiled into."""

from followup.models.compilations import Compilation, CompilationEvent
from followup.models.reports import Answer, Progress, Report, ReportEvent
from followup.models.rounds import Round, RoundEvent

__all__ = ["Answer", "Compilation", "CompilationEvent", "Progress", "Report", "ReportEvent", "Round", "RoundEvent"]
