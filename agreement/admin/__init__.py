"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import areas, parties, revision, text, wordings

__all__ = [
    "areas",
    "parties",
    "revision",
    "text",
    "wordings",
]
