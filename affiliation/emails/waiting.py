"""The mail to the secretariat about a decision that could not be taken when the minutes were adjusted."""

from django.conf import settings
from django.urls import reverse

from affiliation.models import WaitingDecision
from idekom.lib import mail


def notify(decision: WaitingDecision) -> None:
    """To the secretariat: why, and where to look."""
    mail.send(
        "affiliation/decision_skipped",
        to=settings.PORTAL["contact_email"],
        language="sv",
        key=f"waiting-decision-{decision.pk}",
        decision=decision,
        case=decision.case,
        meeting=decision.meeting,
        case_url=mail.absolute(reverse("admin:affiliation_application_change", args=[decision.case_id])),
    )
