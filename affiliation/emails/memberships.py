"""The mails about a member that an umbrella has named."""

from agreement.models import Membership


def notify(row: Membership) -> None:
    """Mail about it."""
    raise NotImplementedError
