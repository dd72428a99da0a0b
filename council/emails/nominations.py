"""The mails about a nomination: to the nominated person, to the nominating body and to the secretariat."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from agreement.models import Representative
from council.models import Nomination, NominationEvent
from idekom.lib import mail
from idekom.lib.dated import today


def asked(event: NominationEvent) -> None:
    """To the nominated person: do you say yes? Who has said yes already is not asked."""
    if event.subject.agreed_at is None:
        _to_person("nomination_asked", event)


def ended(event: NominationEvent) -> None:
    """To the nominated person: the nomination came to nothing, and why."""
    _to_person("nomination_ended", event)


def news(event: NominationEvent) -> None:
    """To the nominating body's administrators and to the secretariat: how it goes."""
    nomination = event.subject
    for person in Representative.objects.administrators(nomination.party, today()).select_related("user"):
        key = f"nomination-event-{event.pk}-{person.user_id}"
        _send("nomination_news", event, to=person.user.email, language=person.user.language, key=key, url_name="council:own_nominations")
    _send("nomination_news", event, to=settings.PORTAL["contact_email"], language="sv", key=f"nomination-event-{event.pk}-office", url_name="")


MAILS = {"propose": (asked, news), "agree": (news,), "seat_person": (news,), "decline": (ended, news), "withdraw": (ended, news)}


def notify(event: NominationEvent) -> None:
    """Mail about an event to everybody concerned; the member's letter is a mail of its own."""
    for write in MAILS.get(event.action, ()):
        write(event)


def _to_person(name: str, event: NominationEvent) -> None:
    nomination: Nomination = event.subject
    _send(name, event, to=nomination.email, language=nomination.language, key=f"{name}-{event.pk}", url_name="")


def _send(name: str, event: NominationEvent, *, to: str, language: str, key: str, url_name: str) -> None:
    nomination: Nomination = event.subject
    with translation.override(language):
        office = reverse("admin:council_nomination_change", args=[nomination.pk])
        context: dict[str, Any] = {
            "nomination": nomination,
            "seat": nomination.seat,
            "role": nomination.get_role_display(),
            "title": event.title,
            "action": event.action,
            "note": event.note,
            "decision": nomination.decision,
            "page_url": mail.absolute(reverse(url_name) if url_name else office),
            "council_url": mail.absolute(reverse("council:council")),
        }
    mail.send(f"council/{name}", to=to, language=language, key=key, address=nomination.address, **context)
