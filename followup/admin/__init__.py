"""The secretary's follow-up: rounds, what they ask and who has reported, the reports, the compilation of the book, and the dialogue forum."""

from followup.admin.compilations import CompilationAdmin
from followup.admin.evaluations import EvaluationAdmin
from followup.admin.examples import ExampleAdmin
from followup.admin.forum_questions import ForumQuestionAdmin
from followup.admin.forums import ForumAdmin
from followup.admin.newsletters import NewsletterAdmin
from followup.admin.questions import QuestionSetAdmin
from followup.admin.registrations import ForumRegistrationAdmin
from followup.admin.reports import ReportAdmin
from followup.admin.rounds import RoundAdmin

__all__ = [
    "CompilationAdmin",
    "EvaluationAdmin",
    "ExampleAdmin",
    "ForumAdmin",
    "ForumQuestionAdmin",
    "ForumRegistrationAdmin",
    "NewsletterAdmin",
    "QuestionSetAdmin",
    "ReportAdmin",
    "RoundAdmin",
]
