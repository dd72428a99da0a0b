"""What workers do: all of it safe to repeat."""

from celery import shared_task

from followup import compile as compiling
from followup.emails import forums, reports
from followup.models import Compilation, ForumRegistration, ForumRegistrationEvent, Report, ReportEvent, Round
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
    """Mail about what has happened since last time."""
    deliver(ReportEvent.objects, reports.notify)
    deliver(ForumRegistrationEvent.objects, forums.notify)


@shared_task(name="followup.forget")
def forget() -> None:
    """Forget what the guests of a forum eat and need, in the time that was told when it was asked."""
    ForumRegistration.objects.forget_needs(today())
