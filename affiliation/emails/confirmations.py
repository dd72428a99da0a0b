"""The mails about the yearly question whether the entry is right."""

from affiliation.models import Confirmation


def notify(row: Confirmation) -> None:
    """Mail about it."""
    raise NotImplementedError
