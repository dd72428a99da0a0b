"""The secretary's follow-up: rounds and who has reported, the reports, and the compilation of the book."""

from followup.admin.compilations import CompilationAdmin
from followup.admin.evaluations import EvaluationAdmin
from followup.admin.reports import ReportAdmin
from followup.admin.rounds import RoundAdmin

__all__ = ["CompilationAdmin", "EvaluationAdmin", "ReportAdmin", "RoundAdmin"]
