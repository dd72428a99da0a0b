"""The mail about being let in to act for a party."""

from django.urls import reverse
from django.utils import translation

from affiliation.models import Invitation
from idekom.lib import mail


def notify(invitation: Invitation) -> None:
    """Invite, in the language of the one who invites; not when it has been taken back meanwhile."""
    if not invitation.is_open:
        return
    language = invitation.invited_by.language
    with translation.override(language):
        url = mail.absolute(reverse("affiliation:invitation", args=[invitation.token]))
    mail.send(
        "affiliation/invitation",
        to=invitation.email,
        language=language,
        key=f"invitation-{invitation.pk}",
        invitation=invitation,
        party=invitation.party,
        url=url,
    )
