"""The mails about a party that leaves, or stays after all."""

from affiliation.models import AffiliationEvent


def notify(row: AffiliationEvent) -> None:
    """Mail about it."""
    raise NotImplementedError
