"""The mail about a member that an umbrella has named."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from agreement.models import Membership, Representative
from idekom.lib import mail
from idekom.lib.dated import today


def is_this_so(membership: Membership, *, to: str, language: str, key: str) -> None:
    """What the umbrella says, and where to deny it; who is a member need do nothing."""
    with translation.override(language):
        url = mail.absolute(reverse("affiliation:membership", args=[membership.token]))
    mail.send("affiliation/member", to=to, language=language, key=key, membership=membership, umbrella=membership.umbrella, url=url)


def notify(membership: Membership) -> None:
    """Ask the address that the umbrella gave, or the administrators of a member that is a party itself."""
    if membership.is_denied or membership.until_on is not None:
        return
    key = f"membership-{membership.pk}"
    if membership.contact_email:
        known = get_user_model().objects.filter(email__iexact=membership.contact_email).first()
        is_this_so(membership, to=membership.contact_email, language=known.language if known else "sv", key=key)
    elif membership.member is not None:
        for person in Representative.objects.administrators(membership.member, today()).select_related("user"):
            is_this_so(membership, to=person.user.email, language=person.user.language, key=f"{key}-{person.user_id}")
