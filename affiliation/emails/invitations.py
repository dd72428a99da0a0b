"""The mails about being let in to act for a party."""

from affiliation.models import Invitation


def notify(row: Invitation) -> None:
    """Mail about it."""
    raise NotImplementedError
