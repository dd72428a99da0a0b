"""The mails about signing ceremonies."""

from django.urls import reverse
from django.utils import timezone, translation

from affiliation.models import CeremonyInvitation
from idekom.lib import mail

LANGUAGE = "sv"


def invitation(row: CeremonyInvitation) -> None:
    """When and where it is, and the organisation's own link to sign by."""
    with translation.override(LANGUAGE):
        agreement_url = mail.absolute(reverse("agreement:agreement"))
    mail.send(
        "affiliation/ceremony_invitation",
        to=row.email,
        language=LANGUAGE,
        key=f"ceremony-invitation-{row.pk}",
        organisation=row.name,
        ceremony=row.ceremony,
        address=row.address,
        agreement_url=agreement_url,
    )


def notify(row: CeremonyInvitation) -> None:
    """Mail about it. Who has signed meanwhile, or would come too late, is not asked."""
    if row.application_id is None and not row.ceremony.is_over(timezone.now()):
        invitation(row)
