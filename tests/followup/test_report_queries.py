"""The pages of a report ask the database as often for thirty commitments as for one."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agreement.models import Representative
from followup.models import Report
from tests import builders
from tests.conftest import browser

pytestmark = pytest.mark.django_db
OPEN = ["", "laget/", "aret/", "granska/", "visning/", "ataganden/{number}/"]
HANDED_IN = ["", "visning/", "kvitto/"]


def asked(commitments: int, *, last_year: bool, handed_in: bool) -> dict[str, int]:
    """How often each page of an answered report about so many commitments asks."""
    with transaction.atomic():
        for _number in range(commitments):
            builders.commitment()
        party = builders.affiliation().party
        person = builders.representative(party, role=Representative.Role.REPORTER).user
        report = Report()
        for year in [2025, 2026] if last_year else [2026]:
            report = builders.report(party, builders.round(year))
            for commitment in report.commitments:
                report.answer(commitment, private=["plan"], quoted=["example"], progress="started", done="Möten", example="Nycklar", plan="Mer")
            report.answer(None, consultation="better", subject="Samråd")
            if year == 2025 or handed_in:
                report.submit(by=person)
        client, found = browser(person), {}
        for tail in HANDED_IN if handed_in else OPEN:
            url = report.get_absolute_url() + tail.format(number=report.commitments[0].number)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(url).content.decode()
            assert "Möten" in page or tail in {"", "laget/", "aret/"}
            found[tail] = len(queries)
        assert Report.objects.filter(party=party).count() == 1 + last_year
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("last_year", [False, True])
@pytest.mark.parametrize("handed_in", [False, True])
def test_pages_of_a_report_ask_as_often_whatever_the_number(last_year: bool, handed_in: bool) -> None:
    one, three, thirty = (asked(number, last_year=last_year, handed_in=handed_in) for number in (1, 3, 30))
    assert one == three == thirty
    assert max(one.values()) <= 14
