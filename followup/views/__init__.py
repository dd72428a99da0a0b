"""The public pages of the follow-up, and the pages on which a party reports."""

from followup.views.own import my_pages

__all__ = ["my_pages"]
