"""The secretary's office: the inbox of applications, the case page with its decisions, and the register."""

from affiliation.admin.affiliations import AffiliationAdmin
from affiliation.admin.applications import ApplicationAdmin
from affiliation.admin.corrections import CorrectionAdmin
from affiliation.admin.followers import FollowerAdmin

__all__ = ["AffiliationAdmin", "ApplicationAdmin", "CorrectionAdmin", "FollowerAdmin"]
