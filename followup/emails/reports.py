"""The mails about reports: one function each."""

from django.utils import timezone

from followup.models import Report, ReportEvent
from idekom.lib.mail import absolute, send


def notify(event: ReportEvent) -> None:
    """Tell the person concerned about the event; most events concern nobody but the one who made them."""
    if event.action == "submit" and event.actor is not None:
        receipt(event.subject, to=event.actor.email, language=event.actor.language, key=f"report-{event.pk}", event=event)


def receipt(report: Report, *, to: str, language: str, key: str, event: ReportEvent) -> None:
    """The report has come in: all the answers, their checksum, what happens next."""
    send(
        "followup/receipt",
        to=to,
        language=language,
        key=key,
        report=report,
        answers=report.answers.select_related("commitment").order_by("commitment__number"),
        submitted_at=timezone.localtime(report.submitted_at or event.at),
        digest=report.digest,
        url=absolute(f"{report.get_absolute_url()}kvitto/"),
    )
