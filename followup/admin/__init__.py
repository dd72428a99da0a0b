"""The secretary's follow-up: rounds and what they ask, the reports, and the compilation of the book."""

from followup.admin.compilations import CompilationAdmin
from followup.admin.questions import QuestionSetAdmin
from followup.admin.reports import ReportAdmin
from followup.admin.rounds import RoundAdmin

__all__ = ["CompilationAdmin", "QuestionSetAdmin", "ReportAdmin", "RoundAdmin"]
