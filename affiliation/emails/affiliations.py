"""The mails about a party that leaves, or stays after all: to its administrators, and to the secretariat."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from affiliation.models import AffiliationEvent
from agreement.models import Representative
from idekom.lib import mail
from idekom.lib.dated import today


def leaving(event: AffiliationEvent, *, to: str, language: str, key: str) -> None:
    """It leaves: its last day, and that it may take it back until then."""
    _send("leaving", event, to=to, language=language, key=key, last_day=event.last_day)


def staying(event: AffiliationEvent, *, to: str, language: str, key: str) -> None:
    """It stays after all."""
    _send("staying", event, to=to, language=language, key=key)


MAILS = {"leave": leaving, "stay": staying}


def notify(event: AffiliationEvent) -> None:
    """Mail about an event to everybody concerned; events without a mail are passed over."""
    if event.action not in MAILS:
        return
    write, key = MAILS[event.action], f"affiliation-event-{event.pk}"
    for person in Representative.objects.administrators(event.subject.party, today()).select_related("user"):
        write(event, to=person.user.email, language=person.user.language, key=f"{key}-{person.user_id}")
    write(event, to=settings.PORTAL["contact_email"], language="sv", key=key)


def _send(name: str, event: AffiliationEvent, *, to: str, language: str, key: str, **context: Any) -> None:
    party = event.subject.party
    with translation.override(language):
        urls: dict[str, Any] = {
            "own_url": mail.absolute(reverse("affiliation:own_party", args=[party.slug])),
            "party_url": mail.absolute(party.get_absolute_url()),
        }
    mail.send(f"affiliation/{name}", to=to, language=language, key=key, party=party, **urls, **context)
