"""The mails about suggested corrections."""

from affiliation.models import CorrectionEvent


def notify(row: CorrectionEvent) -> None:
    """Mail about it."""
    raise NotImplementedError
