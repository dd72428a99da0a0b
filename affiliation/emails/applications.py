"""The mails about an application: one function for each, in the applicant's language. `notify` picks the one that an event calls for."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from affiliation.emails import handlers
from affiliation.models import Application, ApplicationEvent
from council.models import Meeting
from idekom.lib import mail


def received(event: ApplicationEvent) -> None:
    """It has come in: the number, all answers, what happens next."""
    _send("received", event)


def review_started(event: ApplicationEvent) -> None:
    """Somebody has begun to look at it."""
    _send("review_started", event)


def needs_completion(event: ApplicationEvent) -> None:
    """Something is missing: what, and where to mend it."""
    _send("needs_completion", event)


def completed(event: ApplicationEvent) -> None:
    """The completion has come in."""
    _send("completed", event)


def on_agenda(event: ApplicationEvent) -> None:
    """It is to be decided at a meeting."""
    _send("on_agenda", event)


def approved(event: ApplicationEvent) -> None:
    """Welcome: the party's page, and how to sign in."""
    _send("approved", event)


def declined(event: ApplicationEvent) -> None:
    """No, and why."""
    _send("declined", event)


def withdrawn(event: ApplicationEvent) -> None:
    """It has been taken back."""
    _send("withdrawn", event)


def withdrawn_office(event: ApplicationEvent) -> None:
    """To the secretariat: the applicant has taken it back."""
    office = settings.PORTAL["contact_email"]
    url = mail.absolute(reverse("admin:affiliation_application_change", args=[event.subject.pk]))
    mail.send(
        "affiliation/withdrawn_office",
        to=office,
        language="sv",
        key=f"application-event-{event.pk}-office",
        application=event.subject,
        office_url=url,
    )


MAILS = {
    "submit": received,
    "start_review": review_started,
    "ask_for_completion": needs_completion,
    "complete": completed,
    "put_on_agenda": on_agenda,
    "approve": approved,
    "decline": declined,
    "withdraw": withdrawn,
    "assign": handlers.assigned,
}


def notify(event: ApplicationEvent) -> None:
    """Mail about an event: the applicant, and the secretariat when it is the applicant who ends the case."""
    if event.action in MAILS and event.subject.contact_email:  # who applied on paper may have none
        MAILS[event.action](event)
    if event.action == "withdraw":
        withdrawn_office(event)


def preview(event: ApplicationEvent) -> mail.Rendered:
    """The mail that an event not yet saved would send, as the applicant will read it."""
    names = {action: function.__name__ for action, function in MAILS.items()}
    case: Application = event.subject
    with translation.override(case.language):
        return mail.render(f"affiliation/{names[event.action]}", language=case.language, **_context(event))


def _send(name: str, event: ApplicationEvent) -> None:
    case: Application = event.subject
    with translation.override(case.language):
        context = _context(event)
    mail.send(f"affiliation/{name}", to=case.contact_email, language=case.language, key=f"application-event-{event.pk}", **context)


def _context(event: ApplicationEvent) -> dict[str, Any]:
    case: Application = event.subject
    affiliation = getattr(case, "affiliation", None)  # none yet in a preview
    return {
        "application": case,
        "note": event.note,
        "case_url": mail.absolute(case.get_absolute_url()),
        "sections": case.answers(),
        "asked": case.asked_answers(),
        "meeting": case.meeting or Meeting.objects.coming(timezone.now()).first(),
        "party_url": mail.absolute(affiliation.party.get_absolute_url() if affiliation else reverse("affiliation:register")),
        "sign_in_url": mail.absolute(reverse("account_login")),
    }
