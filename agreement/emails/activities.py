"""The mail that asks how an activity goes."""

from typing import Any

from django.utils import translation

from agreement.models import ActivityContact, StatusRequest
from idekom.lib import mail
from idekom.lib.dated import today


def how_does_it_go(asked: StatusRequest, contact: ActivityContact) -> None:
    """What the activity is, what was told last, and the link that takes a minute."""
    activity = asked.activity
    with translation.override(contact.reads):
        url = mail.absolute(activity.get_absolute_url())
    latest = activity.updates.filter(hidden_at=None).first()
    words: dict[str, Any] = {"activity": activity, "latest": latest, "person": contact.name, "link": contact.link, "url": url}
    mail.send("agreement/how_does_it_go", to=contact.address, language=contact.reads, key=f"activity-{asked.pk}", **words)


def notify(asked: StatusRequest) -> None:
    """Ask, unless there is nobody to ask any more, or it has been told meanwhile."""
    if contact := asked.reader(today()):
        how_does_it_go(asked, contact)
