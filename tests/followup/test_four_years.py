"""A whole four-year life by a moved clock: rounds open, remind and close each year, and each mail goes exactly once."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from agreement.models import Representative
from followup.emails import extensions, receipts, reminders
from followup.models import Extension, ExtensionEvent, Report, ReportEvent, ReportReminder, Round
from idekom.lib.dated import today
from idekom.lib.history import deliver
from idekom.users.models import User
from tests import builders

pytestmark = pytest.mark.django_db

YEARS = range(4)
OPEN_DAYS, CLOSES_AFTER = 40, 20
"""How long a round is open before its last day, and how many days after that the secretary closes it."""


def outside_our_hands(day: date) -> None:
    """What workers do on a day: twice, since a worker may be run twice."""
    for _time in range(2):
        Round.objects.open_due(day)
        ReportReminder.objects.make(day)
        deliver(ReportEvent.objects, receipts.notify)
        deliver(ExtensionEvent.objects, extensions.notify)
        deliver(ReportReminder.objects, reminders.notify)


def file_report(party: Any, by: User, year: int) -> None:
    """The party reports."""
    report = Report.objects.get(party=party, round__year=year)
    for commitment in report.commitments:
        report.answer(commitment, progress="started")
    report.submit(by=by)


def person(name: str) -> Representative:
    """A party and who reports for it."""
    party = builders.affiliation(builders.party(name)).party
    return builders.representative(party, builders.user(f"{name.lower()}@example.org"))


def opening(year: int) -> date:
    """When the year's round opens: the first at once, the others a year after each other."""
    return today() + timedelta(days=5 + 365 * year)


def subjects() -> Counter[str]:
    """{"to: the mail without its date": how many}, since the last look."""
    found = Counter(f"{message.to[0]}: {message.subject.split(' den ')[0].split(':')[0]}" for message in mail.outbox)
    mail.outbox.clear()
    return found


@pytest.mark.parametrize("sleeps", [1, 3])
def test_four_years_of_rounds_mail_each_thing_once(sleeps: int, secretary: User) -> None:
    """`sleeps`: the worker runs every day, or only every third."""
    builders.commitment()
    prompt, slow, _absent = person("Prompt"), person("Slow"), person("Absent")
    mailed = []
    for number in YEARS:
        opens, year = opening(number), 2026 + number
        due = opens + timedelta(days=OPEN_DAYS)
        round = builders.round(year, opens_on=opens, due_on=due)
        for days in range(-10, OPEN_DAYS + CLOSES_AFTER):
            day = opens + timedelta(days=days)
            if day == opens + timedelta(days=4):
                file_report(prompt.party, prompt.user, year)
                report = Report.objects.get(party=slow.party, round__year=year)
                asked = Extension.objects.ask(report, until_on=due + timedelta(days=15), by=slow.user, day=day)
                asked.grant(by=secretary, day=day)
            if day == due + timedelta(days=2):
                file_report(slow.party, slow.user, year)
            if days % sleeps == 0:
                outside_our_hands(day)
        round.refresh_from_db()
        round.close(by=secretary)
        outside_our_hands(opens + timedelta(days=OPEN_DAYS + CLOSES_AFTER))
        mailed.append(subjects())
    for number, found in enumerate(mailed):
        assert found == expected(2026 + number, sleeps)
    assert Report.objects.count() == 3 * len(YEARS)
    assert list(Report.objects.not_yet_in().values_list("party__name", flat=True)) == ["Absent"] * len(YEARS)
    assert not ReportReminder.objects.filter(notified_at=None).exists()


def expected(year: int, sleeps: int) -> Counter[str]:
    """The mails of a year. Who has time until fifteen days later and reports two days late is reminded of the new day once.

    A worker that runs every third day sleeps over the last day, and over the one on which the slow one is reminded.
    """
    late = f"absent@example.org: Rapporten för {year} är ännu ej inkommen"
    found = [f"{name}@example.org: Rapporten för {year} ligger och väntar på er" for name in ("prompt", "slow", "absent")]
    found += [f"{name}@example.org: Kvitto" for name in ("prompt", "slow")]
    found += [f"idekom@example.org: Slow ber om mer tid för rapporten {year}", "slow@example.org: Ni har fått mer tid, till och med"]
    found += ["absent@example.org: Lämna in rapporten senast"] * 3 + [late]
    if sleeps == 1:
        return Counter([*found, "absent@example.org: I dag är sista dagen för rapporten", "slow@example.org: Lämna in rapporten senast"])
    return Counter([*found, late])
