"""A whole four-year life by a moved clock: rounds open, remind, close and become books, forums are held, an evaluation is announced.

Each mail goes exactly once.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from agreement.models import Representative
from followup.figures import Figures
from followup.models import CYCLE, Compilation, EvaluationNotice, Extension, Forum, Report, ReportReminder, Round
from followup.tasks import deliver_mail
from idekom.lib.dated import today
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
        EvaluationNotice.objects.make(day)
        deliver_mail()


def file_report(party: Any, by: User, year: int) -> None:
    """The party reports."""
    report = Report.objects.get(party=party, round__year=year)
    for commitment in report.commitments:
        report.answer(commitment, progress="started")
    report.submit(by=by)


def forum_of(round: Round, by: User) -> None:
    """One place, and two who want it: the second gets it when the first cannot come."""
    begins = timezone.make_aware(datetime.combine(round.due_on + timedelta(days=60), time(13)))
    told = {"starts_at": begins, "ends_at": begins + timedelta(hours=3), "closes_on": round.due_on + timedelta(days=50), "venue": "Salen"}
    forum = Forum(round=round, places=1, address="Gatan 1", **told)
    forum.plan(by=by)
    for name in ("first", "second"):
        forum.register(f"{name}@example.org", name=name)
    deliver_mail()
    forum.registrations.get(email="first@example.org").cancel()


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
        builders.book(round, secretary)
        forum_of(round, secretary)
        outside_our_hands(opens + timedelta(days=OPEN_DAYS + CLOSES_AFTER))
        mailed.append(subjects())
    announced = Counter({mail: found.pop(mail) for found in mailed for mail in list(found) if "Om ett år börjar utvärderingen" in mail})
    for number, found in enumerate(mailed):
        assert found == expected(2026 + number, sleeps)
    assert announced == Counter(f"idekom@example.org: Om ett år börjar utvärderingen {year}" for year in evaluated(opening(3)))
    assert [year.share for year in Figures(Compilation.objects.latest("pk").snapshot or {}).commitments[0].years] == [0] * len(YEARS)
    assert Report.objects.count() == 3 * len(YEARS)
    assert list(Report.objects.not_yet_in().values_list("party__name", flat=True)) == ["Absent"] * len(YEARS)
    assert not ReportReminder.objects.filter(notified_at=None).exists()


def evaluated(last: date) -> list[int]:
    """The evaluations that were announced while the rounds were under way."""
    days = {opening(number) + timedelta(days=days) for number in YEARS for days in range(-10, OPEN_DAYS + CLOSES_AFTER + 1)}
    known = CYCLE.years(last.year + 5)
    return [year for year in known if any(CYCLE.announced_on(year) <= day < CYCLE.begins_on(year) for day in days)]


def expected(year: int, sleeps: int) -> Counter[str]:
    """The mails of a year. Who has time until fifteen days later and reports two days late is reminded of the new day once.

    A worker that runs every third day sleeps over the last day, and over the one on which the slow one is reminded.
    """
    late = f"absent@example.org: Rapporten för {year} är ännu ej inkommen"
    found = [f"{name}@example.org: Rapporten för {year} ligger och väntar på er" for name in ("prompt", "slow", "absent")]
    found += [f"{name}@example.org: Kvitto" for name in ("prompt", "slow")]
    found += [f"idekom@example.org: Slow ber om mer tid för rapporten {year}", "slow@example.org: Ni har fått mer tid, till och med"]
    found += ["absent@example.org: Lämna in rapporten senast"] * 3 + [late]
    found += [f"first@example.org: Ni är anmälda till dialogforum {year}", f"first@example.org: Ni är avanmälda från dialogforum {year}"]
    found += [
        f"second@example.org: Ni står på väntelistan till dialogforum {year}",
        f"second@example.org: Ni har fått en plats på dialogforum {year}",
    ]
    if sleeps == 1:
        return Counter([*found, "absent@example.org: I dag är sista dagen för rapporten", "slow@example.org: Lämna in rapporten senast"])
    return Counter([*found, late])
