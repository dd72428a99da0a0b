"""The mails about what waits."""

from affiliation.models import Reminder


def notify(row: Reminder) -> None:
    """Mail about it."""
    raise NotImplementedError
