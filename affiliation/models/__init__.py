"""Joining the agreement: the application as a case, and the affiliation that it leads to."""

from affiliation.models.affiliations import Affiliation
from affiliation.models.applications import Application, ApplicationEvent, Decision

__all__ = ["Affiliation", "Application", "ApplicationEvent", "Decision"]
