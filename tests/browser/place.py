"""A page to look at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page: its address, who sees it ("" anybody, or an e-mail address), and the status it answers."""

    path: str
    email: str = ""
    status: int = 200
