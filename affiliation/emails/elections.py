"""The mails about elections of a sector's representatives."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from affiliation.models import Candidate, ElectionNotice
from idekom.lib import mail

Kind = ElectionNotice.Kind


def ask(candidate: Candidate) -> None:
    """To somebody who is named: do you stand?"""
    election = candidate.election
    with translation.override(candidate.language):
        context: dict[str, Any] = {"candidate": candidate, "address": candidate.address, "url": mail.absolute(election.get_absolute_url())}
    mail.send(
        "affiliation/candidate_asked", to=candidate.email, language=candidate.language, key=f"candidate-{candidate.pk}", election=election, **context
    )


def opened(notice: ElectionNotice) -> None:
    """To a voter: the election is open, and until when."""
    _send("election_opened", notice)


def reminder(notice: ElectionNotice) -> None:
    """To a voter who has not voted: it closes soon."""
    _send("election_reminder", notice)


def result(notice: ElectionNotice) -> None:
    """To voters and candidates: how it went."""
    _send("election_result", notice, outcome=notice.election.outcome)


def cancelled(notice: ElectionNotice) -> None:
    """To a voter: it is called off, and why."""
    event = notice.election.events.filter(action="cancel").last()
    _send("election_cancelled", notice, reason=event.note if event else "")


MAILS = {Kind.OPENED: opened, Kind.REMINDER: reminder, Kind.RESULT: result, Kind.CANCELLED: cancelled}


def notify(notice: ElectionNotice) -> None:
    """Mail about it. Who is to vote in an election that is over meanwhile is not asked to, nor reminded of a vote that is cast."""
    is_late = notice.kind in {Kind.OPENED, Kind.REMINDER} and notice.election.status != notice.election.Status.OPEN
    if not is_late and not notice.is_needless:
        MAILS[Kind(notice.kind)](notice)


def _send(name: str, notice: ElectionNotice, **more: Any) -> None:
    election = notice.election
    with translation.override(notice.language):
        context: dict[str, Any] = {
            "election": election,
            "when": election.when,
            "vote_url": mail.absolute(reverse("affiliation:own_election", args=[election.slug])),
            "url": mail.absolute(election.get_absolute_url()),
        }
    mail.send(f"affiliation/{name}", to=notice.email, language=notice.language, key=f"election-notice-{notice.pk}", **context, **more)
