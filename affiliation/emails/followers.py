"""The mails about following the register: the question whether to start, and what is new."""

import logging
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from affiliation.models import Affiliation, Follower
from idekom.lib import mail
from idekom.lib.dated import today

logger = logging.getLogger(__name__)
MOST = 50
"""How many new parties a mail names; it says how many more there are."""
ANNOUNCING = 4_603_001
"""The key of the lock under which new parties are announced."""


def notify(row: Follower) -> None:
    """Ask whether the mails are wanted; one that has said yes is not asked again."""
    if not row.is_active:
        mail.send("affiliation/follow", to=row.email, language=row.language, key=f"follow-{row.pk}-{row.asked_at:%Y%m%d%H%M%S}", **_addresses(row))


def tell(day: date | None = None) -> int:
    """Mail everybody who follows about the parties that are new since they were told last; returns how many mails went.

    Safe to run twice and by several workers at once. Whom the mail does not reach is told another day, with nothing left out.
    """
    day = day or today()
    moment, sent = announce(day), 0
    while True:
        with transaction.atomic():
            follower = Follower.objects.untold(moment).select_for_update(skip_locked=True).first()
            if follower is None:
                return sent
            try:
                with transaction.atomic():
                    sent += _tell(follower, day, moment)
            except Exception:
                logger.exception("the news could not be mailed to follower %s", follower.pk)
                follower.retry_at = timezone.now()  # after `moment`: not again in this run
            else:
                follower.told_until = moment
            follower.save(update_fields=["told_until", "retry_at"])


@transaction.atomic
def announce(day: date) -> datetime:
    """Announce the parties that are new on `day`; returns the moment up to which everything new is announced.

    One at a time: whoever comes second sees what the first has announced, and nothing is announced later with an earlier moment.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ANNOUNCING])
    moment = timezone.now()
    Affiliation.objects.announce(day, moment)
    return moment


def _tell(follower: Follower, day: date, moment: datetime) -> bool:
    """Mail the follower what is new; False when nothing is."""
    after = follower.told_until or moment
    new = list(Affiliation.objects.announced(day, after=after, until=moment))
    if not new:
        return False
    with translation.override(follower.language):
        parties = [{"name": one.party.name, "url": mail.absolute(one.party.get_absolute_url())} for one in new[:MOST]]
    addresses = _addresses(follower)
    off = {"List-Unsubscribe": f"<{addresses['off_url']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}  # RFC 8058
    key = f"news-{follower.pk}-{max(one.pk for one in new)}"
    numbers: dict[str, Any] = {"number": len(new), "more": len(new) - len(parties)}
    mail.send("affiliation/news", to=follower.email, language=follower.language, key=key, headers=off, parties=parties, **numbers, **addresses)
    return True


def _addresses(follower: Follower) -> dict[str, Any]:
    """The links of a mail: the follower's own page, the address that stops at once, and the register."""
    with translation.override(follower.language):
        return {
            "following_url": mail.absolute(follower.get_absolute_url()),
            "off_url": mail.absolute(reverse("affiliation:unfollow", args=[follower.token])),
            "register_url": mail.absolute(reverse("affiliation:register")),
        }
