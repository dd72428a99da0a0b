"""The mails about dot ballots. None of them tells a number before the close."""

from typing import Any

from django.utils import translation

from council.models import BallotNotice
from council.models.reading import reader
from idekom.lib import mail


def opened(row: BallotNotice) -> None:
    """That it has opened, and the member's own link."""
    _send("ballot_opened", row, address=row.voter.address)


def reminder(row: BallotNotice) -> None:
    """That it closes soon, to those who have not voted."""
    _send("ballot_reminder", row, address=row.voter.address)


def result(row: BallotNotice) -> None:
    """How it went: what got most dots."""
    ballot = row.voter.ballot
    _send("ballot_result", row, top=ballot.result.top(3, by_sector=ballot.weighing == ballot.Weighing.SECTOR))


def cancelled(row: BallotNotice) -> None:
    """That it is called off, and why."""
    event = row.voter.ballot.events.filter(action="cancel").last()
    _send("ballot_cancelled", row, note=event.note if event else "")


MAILS = {
    BallotNotice.Kind.OPENED: opened,
    BallotNotice.Kind.REMINDER: reminder,
    BallotNotice.Kind.RESULT: result,
    BallotNotice.Kind.CANCELLED: cancelled,
}


def notify(row: BallotNotice) -> None:
    """Mail about it, unless things have moved on."""
    if not row.is_needless:
        MAILS[BallotNotice.Kind(row.kind)](row)


def _send(name: str, row: BallotNotice, **context: Any) -> None:
    """To the member's account, or else the address that the secretary knows."""
    to, ballot = reader(row.voter.person), row.voter.ballot
    if to is not None:
        email, language = to
        with translation.override(language):
            page = mail.absolute(ballot.get_absolute_url())
        mail.send(f"council/{name}", to=email, language=language, key=f"ballot-notice-{row.pk}", ballot=ballot, voter=row.voter, page=page, **context)
