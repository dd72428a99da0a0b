"""A round with its parties, and the people who act for them."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from agreement.models import Commitment, Owner, Party, Representative
from followup.models import Progress, Report, Round
from idekom.users.models import User
from tests import builders
from tests.conftest import browser


@dataclass
class Year:
    """An open round: three commitments, an organisation and an office of the City, and the person who reports for the organisation."""

    round: Round
    both: Commitment
    sector: Commitment
    city: Commitment
    organisation: Party
    office: Party
    person: User

    @property
    def report(self) -> Report:
        """The organisation's report, freshly read."""
        return Report.objects.get(round=self.round, party=self.organisation)

    @property
    def office_report(self) -> Report:
        """The office's report, freshly read."""
        return Report.objects.get(round=self.round, party=self.office)

    @property
    def browser(self) -> Client:
        """The person's browser."""
        return browser(self.person)

    def url(self, tail: str = "") -> str:
        """An address of the organisation's report."""
        return f"/mina-sidor/rapporter/{self.round.year}/{self.organisation.slug}/{tail}"

    def fill(self, report: Report, **texts: Any) -> Report:
        """Answer everything that the report asks."""
        for commitment in report.commitments:
            report.answer(commitment, **{"progress": Progress.STARTED, "done": f"Vi gjorde {commitment.number}.", **texts})
        return report

    def submitted(self, report: Report, **texts: Any) -> Report:
        """Answer everything and hand in."""
        self.fill(report, **texts).submit(by=self.person)
        return report


@pytest.fixture
def year(secretary: User) -> Year:
    """A round that the secretary opened."""
    both, sector, city = (builders.commitment(owner) for owner in (Owner.BOTH, Owner.SECTOR, Owner.CITY))
    organisation = builders.affiliation(builders.party("Föreningen Ljuset")).party
    office = builders.affiliation(builders.party("Kulturkontoret", kind=Party.Kind.CITY_BODY)).party
    person = builders.representative(organisation, role=Representative.Role.REPORTER).user
    round = builders.round(2026)
    round.open(by=secretary)
    return Year(round, both, sector, city, organisation, office, person)
