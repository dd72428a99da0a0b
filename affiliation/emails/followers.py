"""The mails about following the register."""

from affiliation.models import Follower


def notify(row: Follower) -> None:
    """Mail about it."""
    raise NotImplementedError


def tell() -> None:
    """Mail everybody who follows about the parties that are new since they were told last."""
    raise NotImplementedError
