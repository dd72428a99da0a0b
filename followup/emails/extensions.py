"""The mails about more time: one to the secretariat, one to whoever asked."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from followup.models import Extension, ExtensionEvent
from idekom.lib import mail


def asked(event: ExtensionEvent) -> None:
    """To the secretariat: a party asks for more time."""
    _send("more_time_asked", event, to=settings.PORTAL["contact_email"], language="sv")


def granted(event: ExtensionEvent) -> None:
    """To whoever asked: here is the new last day."""
    _send("more_time_granted", event, to=event.subject.asked_by.email, language=event.subject.asked_by.language)


def declined(event: ExtensionEvent) -> None:
    """To whoever asked: the last day is as it was."""
    _send("more_time_declined", event, to=event.subject.asked_by.email, language=event.subject.asked_by.language)


MAILS = {"ask": asked, "grant": granted, "decline": declined}


def notify(event: ExtensionEvent) -> None:
    """Mail about an event."""
    MAILS[event.action](event)


def _send(name: str, event: ExtensionEvent, *, to: str, language: str) -> None:
    extension: Extension = event.subject
    report = extension.report
    with translation.override(language):
        context: dict[str, Any] = {
            "extension": extension,
            "report": report,
            "due_on": report.due_on,
            "person": extension.asked_by.name,
            "note": event.note,
            "url": mail.absolute(reverse("followup:report", args=[report.round.year, report.party.slug])),
            "office_url": mail.absolute(reverse("admin:followup_round_change", args=[report.round_id])),
        }
    mail.send(f"followup/{name}", to=to, language=language, key=f"extension-event-{event.pk}", **context)
