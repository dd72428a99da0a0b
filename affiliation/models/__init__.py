"""Joining the agreement: the application as a case, and the affiliation that it leads to."""

from affiliation.models.affiliations import Affiliation
from affiliation.models.applications import Application, ApplicationEvent, Decision
from affiliation.models.sections import SECTIONS, Section

__all__ = ["SECTIONS", "Affiliation", "Application", "ApplicationEvent", "Decision", "Section"]
