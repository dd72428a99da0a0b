"""The yearly follow-up: rounds and what they ask, the parties' reports, the book that they are compiled into, and the forum about it."""

from followup.models.answers import Answer, Entry, Overtaken
from followup.models.comments import CommentStatus, EvaluationComment, EvaluationCommentEvent
from followup.models.compilations import Compilation, CompilationEvent
from followup.models.cycle import CYCLE, EvaluationNotice
from followup.models.evaluations import Evaluation, EvaluationEvent
from followup.models.examples import Example, ExampleEvent
from followup.models.extensions import Extension, ExtensionEvent
from followup.models.findings import Addressee, CommitmentMark, Completion, Effect, Finding, Recommendation
from followup.models.forum_questions import ForumLike, ForumQuestion, ForumQuestionEvent
from followup.models.forums import Forum, ProgrammeItem
from followup.models.ledger import LedgerEntry, Tally
from followup.models.newsletters import Newsletter, NewsletterCopy, NewsletterEvent, NewsletterPart
from followup.models.questions import About, Kind, Progress, Question, QuestionSet, Scale
from followup.models.registrations import ForumRegistration, ForumRegistrationEvent
from followup.models.reminders import ReportReminder
from followup.models.reports import Report, ReportEvent, ReportNotice, ReportVersion
from followup.models.rounds import Round, RoundEvent
from followup.models.standing import Reply, Standing
from followup.models.transcripts import Transcript

__all__ = [
    "CYCLE",
    "About",
    "Addressee",
    "Answer",
    "CommentStatus",
    "CommitmentMark",
    "Compilation",
    "CompilationEvent",
    "Completion",
    "Effect",
    "Entry",
    "Evaluation",
    "EvaluationComment",
    "EvaluationCommentEvent",
    "EvaluationEvent",
    "EvaluationNotice",
    "Example",
    "ExampleEvent",
    "Extension",
    "ExtensionEvent",
    "Finding",
    "Forum",
    "ForumLike",
    "ForumQuestion",
    "ForumQuestionEvent",
    "ForumRegistration",
    "ForumRegistrationEvent",
    "Kind",
    "LedgerEntry",
    "Newsletter",
    "NewsletterCopy",
    "NewsletterEvent",
    "NewsletterPart",
    "Overtaken",
    "ProgrammeItem",
    "Progress",
    "Question",
    "QuestionSet",
    "Recommendation",
    "Reply",
    "Report",
    "ReportEvent",
    "ReportNotice",
    "ReportReminder",
    "ReportVersion",
    "Round",
    "RoundEvent",
    "Scale",
    "Standing",
    "Tally",
    "Transcript",
]
