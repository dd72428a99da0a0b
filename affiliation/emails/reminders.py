"""The mails about what waits: drafts that can still be sent in, cases that wait for either side, and links that were asked for."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from affiliation.models import Application, Reminder
from idekom.lib import mail


def link(row: Reminder) -> None:
    """Here is your draft: go on with it where you like."""
    _to_applicant("draft_link", row, row.email)


def draft(row: Reminder) -> None:
    """There is a draft, and it is deleted on this day."""
    _to_applicant("draft_reminder", row, row.subject.reminder_email)


def completion(row: Reminder) -> None:
    """We wait for your completion."""
    _to_applicant("completion_reminder", row, row.subject.contact_email)


def decision(row: Reminder) -> None:
    """To who handles the case, else the secretariat: it waits for you."""
    handler = row.subject.handler
    to, language = (handler.email, handler.language) if handler else (settings.PORTAL["contact_email"], "sv")
    url = mail.absolute(reverse("admin:affiliation_application_change", args=[row.subject.pk]))
    _send("decision_reminder", row, to, language, office_url=url)


MAILS = {
    Reminder.Kind.LINK: link,
    Reminder.Kind.DRAFT: draft,
    Reminder.Kind.COMPLETION: completion,
    Reminder.Kind.DECISION: decision,
}


def notify(row: Reminder) -> None:
    """Mail the reminder, unless what it reminds of waits no longer."""
    if not row.is_stale:
        MAILS[Reminder.Kind(row.kind)](row)


def _to_applicant(name: str, row: Reminder, to: str) -> None:
    case: Application = row.subject
    if not to:  # who applied on paper may have none
        return
    with translation.override(case.language):
        urls = {"check_url": reverse("affiliation:check", args=[case.token]), "case_url": case.get_absolute_url()}
        asked: dict[str, Any] = {"asked_for": case.asked_for(), "asked": case.asked_answers()}
    _send(name, row, to, case.language, **{key: mail.absolute(url) for key, url in urls.items()}, **asked)


def _send(name: str, row: Reminder, to: str, language: str, **context: Any) -> None:
    days: dict[str, Any] = {
        "since": row.since_on,
        "days": row.days,
        "kept_until": row.subject.kept_until,
        "deleted_on": row.subject.kept_until + timedelta(days=1),
    }
    mail.send(f"affiliation/{name}", to=to, language=language, key=f"reminder-{row.pk}", application=row.subject, **days, **context)
