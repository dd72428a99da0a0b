"""The mails about reports: one function each."""

from django.utils import timezone, translation

from followup import sheets
from followup.models import Report, ReportEvent, ReportNotice
from idekom.lib.mail import absolute, send


def notify(event: ReportEvent) -> None:
    """See who is to be told about the event; some events concern nobody but the one who made them."""
    report = event.subject
    if event.action == "submit" and event.actor is not None:
        version = report.versions.order_by("-number").first()
        event.tell({event.actor, *report.writers()} if version and version.is_typed_in else {event.actor})
    elif event.action in {"ask_for_clarification", "go_through"}:
        event.tell(report.writers())


def tell(notice: ReportNotice) -> None:
    """Mail one person about an event."""
    event, user = notice.event, notice.user
    report, key = event.subject, f"report-{event.pk}-{user.pk}"
    if event.action == "submit":
        receipt(report, to=user.email, language=user.language, key=key)
    elif event.action == "ask_for_clarification":
        clarification(report, note=event.note, to=user.email, language=user.language, key=key)
    elif event.action == "go_through" and report.reported_through is not None:
        told_by_umbrella(report, to=user.email, language=user.language, key=key)


def receipt(report: Report, *, to: str, language: str, key: str) -> None:
    """The report has come in: all the answers, their checksum, what happens next."""
    version = report.latest
    if version is None:
        return
    with translation.override(language):
        parts = [part for part in sheets.of_version(version) if part.is_begun]
    send(
        "followup/receipt",
        to=to,
        language=language,
        key=key,
        report=report,
        version=version,
        parts=parts,
        submitted_at=timezone.localtime(version.submitted_at),
        url=absolute(f"{report.get_absolute_url()}kvitto/"),
    )


def clarification(report: Report, *, note: str, to: str, language: str, key: str) -> None:
    """The secretariat asks something about a report, and has opened it again."""
    send("followup/clarification", to=to, language=language, key=key, report=report, note=note, url=absolute(report.get_absolute_url()))


def told_by_umbrella(report: Report, *, to: str, language: str, key: str) -> None:
    """An umbrella reports for the party, which may say no."""
    send("followup/told_by_umbrella", to=to, language=language, key=key, report=report, url=absolute(report.get_absolute_url()))
