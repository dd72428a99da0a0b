"""The mails about a report's time: that it waits, and when it is due. One function for each, to one person."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from followup.models import ReportReminder
from idekom.lib import mail

TEMPLATES = {
    ReportReminder.Kind.OPENED: "followup/round_opened",
    ReportReminder.Kind.STEP: "followup/reminder",
    ReportReminder.Kind.BY_HAND: "followup/reminder",
}


def notify(row: ReportReminder) -> None:
    """Mail it, unless it is no longer so."""
    if row.is_stale:
        row.drop()
    else:
        mail.send(_template(row), to=row.user.email, language=row.user.language, key=f"report-reminder-{row.pk}", **_context(row))


def words(row: ReportReminder) -> mail.Rendered:
    """The mail as the person reads it, before it is sent."""
    return mail.render(_template(row), language=row.user.language, **_context(row))


def _template(row: ReportReminder) -> str:
    return TEMPLATES[ReportReminder.Kind(row.kind)]


def _context(row: ReportReminder) -> dict[str, Any]:
    report = row.report
    place = [report.round.year, report.party.slug]
    with translation.override(row.user.language):
        urls = {
            "url": mail.absolute(reverse("followup:report", args=place)),
            "more_time_url": mail.absolute(reverse("followup:more_time", args=place)),
        }
    due_on = report.due_on if row.kind == ReportReminder.Kind.OPENED else row.due_on
    return {"report": report, "person": row.user.name, "due_on": due_on, "days_left": row.days_left, **urls}
