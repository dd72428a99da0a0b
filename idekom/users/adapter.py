"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: an account comes with an approved affiliation, an invitation, or from the secretary."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False
