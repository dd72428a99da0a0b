"""The council's pages."""

from council.views.council import body, council
from council.views.people import body_seat, member, members, seat

__all__ = ["body", "body_seat", "council", "member", "members", "seat"]
