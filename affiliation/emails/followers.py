"""The mails about following the register: the question whether to start, and what is new."""

import logging
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from affiliation.models import Affiliation, Follower, NewAddress
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
        mail.send(
            "affiliation/follow",
            to=row.email,
            language=row.language,
            key=f"follow-{row.pk}-{row.asked_at:%Y%m%d%H%M%S}",
            wishes=wishes(row),
            **addresses(row),
        )


def ask_new_address(row: NewAddress) -> None:
    """Ask a follower's new address whether it is theirs."""
    follower = row.follower
    with translation.override(follower.language):
        url = mail.absolute(reverse("affiliation:new_address", args=[row.token]))
    key = f"new-address-{row.pk}-{row.asked_at:%Y%m%d%H%M%S}"
    mail.send("affiliation/new_address", to=row.email, language=follower.language, key=key, url=url, old=follower.email)


def wishes(row: Follower) -> list[str]:
    """What the follower wants to hear of, in its own language."""
    with translation.override(row.language):
        return row.wished


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
    ways = addresses(follower)
    key = f"news-{follower.pk}-{max(one.pk for one in new)}"
    numbers: dict[str, Any] = {"number": len(new), "more": len(new) - len(parties)}
    mail.send("affiliation/news", to=follower.email, language=follower.language, key=key, headers=one_press(ways), parties=parties, **numbers, **ways)
    return True


def one_press(ways: dict[str, Any]) -> dict[str, str]:
    """The headers by which a mail program stops the mails with one press (RFC 8058)."""
    return {"List-Unsubscribe": f"<{ways['off_url']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def addresses(follower: Follower) -> dict[str, Any]:
    """The links of a mail: the follower's own page, the address that stops at once, and the register."""
    with translation.override(follower.language):
        return {
            "following_url": mail.absolute(follower.get_absolute_url()),
            "choices_url": mail.absolute(reverse("affiliation:following_choices", args=[follower.token])),
            "off_url": mail.absolute(reverse("affiliation:unfollow", args=[follower.token])),
            "register_url": mail.absolute(reverse("affiliation:register")),
        }
