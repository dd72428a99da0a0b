"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import parties, text, wordings

__all__ = ["parties", "text", "wordings"]
