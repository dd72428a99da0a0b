"""What workers do: all of it safe to repeat."""

from celery import shared_task

from followup import compile as compiling
from followup.emails import compilations, evaluations, examples, extensions, forums, newsletters, receipts, reminders
from followup.models import (
    Compilation,
    CompilationEvent,
    EvaluationEvent,
    EvaluationNotice,
    ExampleEvent,
    ExtensionEvent,
    ForumRegistration,
    ForumRegistrationEvent,
    NewsletterCopy,
    Report,
    ReportEvent,
    ReportNotice,
    ReportReminder,
    Round,
)
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="followup.compile")
def compile_book(compilation_id: int) -> None:
    """Make the book that was asked for."""
    for compilation in Compilation.objects.filter(pk=compilation_id).select_related("round__version"):
        compiling.compile_book(compilation)


@shared_task(name="followup.set_section")
def set_section(report_id: int) -> None:
    """Set the report's section of the book before anybody asks for the book."""
    for report in Report.objects.submitted().filter(pk=report_id).select_related("round__version"):
        compiling.set_section(report)


@shared_task(name="followup.sweep_compilations")
def sweep_compilations() -> None:
    """Take up jobs whose process died, and give parties that have joined meanwhile their report."""
    compiling.sweep()
    for round in Round.objects.open():
        round.add_missing_reports()


@shared_task(name="followup.deliver_mail")
def deliver_mail() -> None:
    """Mail about what has happened to reports, to the book and to evaluations, and about what is due."""
    deliver(ReportEvent.objects, receipts.notify)
    deliver(ReportNotice.objects.select_related("event__subject", "user"), receipts.tell)
    deliver(CompilationEvent.objects.select_related("subject__round"), compilations.notify)
    deliver(ExtensionEvent.objects, extensions.notify)
    deliver(ReportReminder.objects, reminders.notify)
    deliver(EvaluationEvent.objects.select_related("subject", "invited"), evaluations.notify)
    deliver(EvaluationNotice.objects, evaluations.ahead)
    deliver(ForumRegistrationEvent.objects, forums.notify)
    deliver(ExampleEvent.objects.select_related("subject__contact__user", "subject__report__party"), examples.notify)
    deliver(NewsletterCopy.objects.select_related("newsletter", "follower"), newsletters.notify)


@shared_task(name="followup.remind")
def remind() -> None:
    """What the calendar asks for: open the round whose day has come, remind of reports, and announce an evaluation a year ahead."""
    Round.objects.open_due(today())
    ReportReminder.objects.make(today())
    EvaluationNotice.objects.make(today())
    deliver_mail()


@shared_task(name="followup.forget")
def forget() -> None:
    """Forget what the guests of a forum eat and need, and later who they were, in the time that was told when it was asked."""
    ForumRegistration.objects.forget_needs(today())
    ForumRegistration.objects.forget_people(today())
