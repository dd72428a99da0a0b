"""The mail with the yearly question whether the entry is right."""

from django.urls import reverse
from django.utils import translation

from affiliation.models import Confirmation
from agreement.models import Representative
from idekom.lib import mail
from idekom.lib.dated import today


def still_right(confirmation: Confirmation, *, to: str, language: str, key: str) -> None:
    """What the register says, where to say that it is right, and where to change it."""
    affiliation = confirmation.affiliation
    with translation.override(language):
        url = mail.absolute(reverse("affiliation:confirmation", args=[confirmation.token]))
        own_url = mail.absolute(reverse("affiliation:own_details", args=[affiliation.party.slug]))
    mail.send(
        "affiliation/confirmation", to=to, language=language, key=key, affiliation=affiliation, party=affiliation.party, url=url, own_url=own_url
    )


def notify(confirmation: Confirmation) -> None:
    """Ask every administrator of the party; nobody when it has left, or answered already."""
    affiliation = confirmation.affiliation
    if confirmation.confirmed_at is not None or not affiliation.holds_on(today()):
        return
    for person in Representative.objects.administrators(affiliation.party, today()).select_related("user"):
        still_right(confirmation, to=person.user.email, language=person.user.language, key=f"confirmation-{confirmation.pk}-{person.user_id}")
