"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import areas, parties, plans, revision, text, wordings

__all__ = [
    "areas",
    "parties",
    "plans",
    "revision",
    "text",
    "wordings",
]
