"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import areas, contacts, links, parties, plans, revision, text, wordings

__all__ = [
    "areas",
    "contacts",
    "links",
    "parties",
    "plans",
    "revision",
    "text",
    "wordings",
]
