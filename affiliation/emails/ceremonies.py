"""The mails about signing ceremonies."""

from affiliation.models import CeremonyInvitation


def notify(row: CeremonyInvitation) -> None:
    """Mail about it."""
    raise NotImplementedError
