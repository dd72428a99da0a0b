"""The secretary's office: the inbox of applications, the case page with its decisions, and the register."""

from affiliation.admin.affiliations import AffiliationAdmin
from affiliation.admin.applications import ApplicationAdmin
from affiliation.admin.ceremonies import CeremonyAdmin

__all__ = ["AffiliationAdmin", "ApplicationAdmin", "CeremonyAdmin"]
