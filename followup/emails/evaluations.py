"""The mails about the external evaluation: the word to the secretariat a year before, and the invitation to an evaluator."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from followup.models import CYCLE, Evaluation, EvaluationEvent, EvaluationNotice
from idekom.lib.mail import absolute, send


def ahead(notice: EvaluationNotice) -> None:
    """Tell the secretariat that a year of evaluation begins in twelve months."""
    first, last = notice.period
    send(
        "followup/evaluation_ahead",
        to=settings.PORTAL["contact_email"],
        language="sv",
        key=f"evaluation-notice-{notice.pk}",
        year=notice.year,
        begins_on=CYCLE.begins_on(notice.year),
        first=first,
        last=last,
        url=absolute(reverse("admin:followup_evaluation_changelist")),
    )


def notify(event: EvaluationEvent) -> None:
    """Mail the one who has been invited; the other events concern nobody but the one who made them."""
    if event.action == "invite" and event.invited is not None:
        invited(event.subject, to=event.invited.email, language=event.invited.language, key=f"evaluation-{event.pk}")


def invited(evaluation: Evaluation, *, to: str, language: str, key: str) -> None:
    """Where to read and write, and how to sign in."""
    with translation.override(language):
        url = absolute(reverse("followup:evaluator", args=[evaluation.year]))
    send("followup/evaluator_invited", to=to, language=language, key=key, evaluation=evaluation, address=to, url=url)
