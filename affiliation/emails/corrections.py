"""The mails about suggested corrections: one to the secretariat, one to whoever suggested."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from affiliation.models import Correction, CorrectionEvent
from idekom.lib import mail


def suggested(event: CorrectionEvent) -> None:
    """To the secretariat: somebody says that an entry is wrong."""
    _send("correction_suggested", event, to=settings.PORTAL["contact_email"], language="sv")


def approved(event: CorrectionEvent) -> None:
    """To whoever suggested: it has been put in."""
    _send("correction_approved", event, to=event.subject.email, language=event.subject.language)


def declined(event: CorrectionEvent) -> None:
    """To whoever suggested: it has not been put in, and why, if the secretary said so."""
    _send("correction_declined", event, to=event.subject.email, language=event.subject.language)


MAILS = {"suggest": suggested, "approve": approved, "decline": declined}


def notify(row: CorrectionEvent) -> None:
    """Mail about an event; who gave no address gets no answer."""
    if row.action == "suggest" or (row.subject.email and row.action in MAILS):
        MAILS[row.action](row)


def _send(name: str, event: CorrectionEvent, *, to: str, language: str) -> None:
    correction: Correction = event.subject
    with translation.override(language):
        context: dict[str, Any] = {
            "correction": correction,
            "field": correction.get_field_display(),
            "note": event.note,
            "party_url": mail.absolute(correction.party.get_absolute_url()),
            "office_url": mail.absolute(reverse("admin:affiliation_correction_change", args=[correction.pk])),
        }
    mail.send(f"affiliation/{name}", to=to, language=language, key=f"correction-event-{event.pk}", **context)
