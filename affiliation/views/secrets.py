"""Secret addresses: a case, an invitation, a question."""

from idekom.lib.secret_pages import secret

__all__ = ["secret"]
