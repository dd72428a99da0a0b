"""Joining the agreement: the application as a case, the affiliation that it leads to, and what keeps the register true."""

from affiliation.models.affiliations import Affiliation, AffiliationEvent
from affiliation.models.applications import Application, ApplicationEvent
from affiliation.models.ballots import Ballot, VoterRoll
from affiliation.models.candidates import Candidate
from affiliation.models.ceremonies import Ceremony, CeremonyInvitation
from affiliation.models.confirmations import Confirmation
from affiliation.models.corrections import Correction, CorrectionEvent
from affiliation.models.decisions import Decision
from affiliation.models.election_notices import ElectionNotice
from affiliation.models.election_places import ElectionPlace
from affiliation.models.elections import Election, ElectionEvent
from affiliation.models.followers import Follower, NewAddress, Wish
from affiliation.models.invitations import Invitation
from affiliation.models.notes import CaseNote
from affiliation.models.outcomes import Lot
from affiliation.models.reminders import Reminder
from affiliation.models.sections import SECTIONS, Section
from affiliation.models.waiting import WaitingDecision

__all__ = [
    "SECTIONS",
    "Affiliation",
    "AffiliationEvent",
    "Application",
    "ApplicationEvent",
    "Ballot",
    "Candidate",
    "CaseNote",
    "Ceremony",
    "CeremonyInvitation",
    "Confirmation",
    "Correction",
    "CorrectionEvent",
    "Decision",
    "Election",
    "ElectionEvent",
    "ElectionNotice",
    "ElectionPlace",
    "Follower",
    "Invitation",
    "Lot",
    "NewAddress",
    "Reminder",
    "Section",
    "VoterRoll",
    "WaitingDecision",
    "Wish",
]
