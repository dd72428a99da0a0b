"""The secretary's office: the inbox of applications, the case page with its decisions, the register and what keeps it true."""

from affiliation.admin.affiliations import AffiliationAdmin
from affiliation.admin.applications import ApplicationAdmin
from affiliation.admin.ceremonies import CeremonyAdmin
from affiliation.admin.corrections import CorrectionAdmin
from affiliation.admin.elections import ElectionAdmin
from affiliation.admin.followers import FollowerAdmin

__all__ = ["AffiliationAdmin", "ApplicationAdmin", "CeremonyAdmin", "CorrectionAdmin", "ElectionAdmin", "FollowerAdmin"]
