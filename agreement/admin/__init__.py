"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import parties, plans, text

__all__ = ["parties", "plans", "text"]
