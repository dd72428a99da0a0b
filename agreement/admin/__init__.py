"""The agreement in the secretary's office: its text, its plans and its parties."""

from agreement.admin import contacts, links, parties, text

__all__ = ["contacts", "links", "parties", "text"]
