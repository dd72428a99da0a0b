"""Mails about a report's time, with a moved clock: the set of mails is exact, however often and however late the worker runs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import timezone

from agreement.models import Party, Representative
from followup.emails import reminders
from followup.models import Extension, Report, ReportReminder, Round
from followup.models.reminders import _due
from idekom.lib.dated import today
from idekom.lib.history import deliver
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year
from tests.together import together

pytestmark = pytest.mark.django_db


def run(day: date, times: int = 1) -> list[str]:
    """The worker runs on that day; gives "to: subject" of the mails that went."""
    mail.outbox.clear()
    for _time in range(times):
        Round.objects.open_due(day)
        ReportReminder.objects.make(day)
        deliver(ReportReminder.objects, reminders.notify)
    return sorted(f"{message.to[0]}: {message.subject}" for message in mail.outbox)


def told(days: range, start: date, times: int = 1) -> dict[int, list[str]]:
    """{days after the start: the mails that went}, of the days on which any went."""
    found = {number: run(start + timedelta(days=number), times) for number in days}
    return {number: mails for number, mails in found.items() if mails}


def words(day: date) -> str:
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
    return f"{day.day} {months[day.month - 1]}"


@pytest.fixture
def planned() -> Round:
    """A round that opens in five days, and is open for thirty."""
    opens = today() + timedelta(days=5)
    return builders.round(2026, opens_on=opens, due_on=opens + timedelta(days=30))


@pytest.fixture
def asta() -> Representative:
    """Who reports for Föreningen Ljuset."""
    party = builders.affiliation(builders.party("Ljuset")).party
    return builders.representative(party, builders.user("asta@example.org"), role=Representative.Role.REPORTER)


def subjects(due_on: date, name: str = "Ljuset") -> dict[int, str]:
    """{days from the last day: the subject of the mail}."""
    before = f"Lämna in rapporten senast den {words(due_on)}: {name}"
    after = f"Rapporten för 2026 är ännu ej inkommen: {name}"
    return {-14: before, -7: before, -1: before, 0: f"I dag är sista dagen för rapporten: {name}", 7: after}


@pytest.mark.parametrize("times", [1, 3])
def test_over_a_whole_round_each_mail_goes_exactly_once(times: int, planned: Round, asta: Representative) -> None:
    expected = {5: ["asta@example.org: Rapporten för 2026 ligger och väntar på er: Ljuset"]}
    expected |= {35 + days: [f"asta@example.org: {subject}"] for days, subject in subjects(planned.due_on).items()}
    assert told(range(56), today(), times) == expected


def test_everybody_who_may_write_is_mailed_in_their_language_and_nobody_else(planned: Round, asta: Representative) -> None:
    builders.representative(asta.party, builders.user("bo@example.org", language="en"))
    builders.representative(asta.party, builders.user("reader@example.org"), role=Representative.Role.READER)
    builders.representative(asta.party, builders.user("off@example.org", is_active=False))
    run(planned.opens_on)
    assert sorted(message.to[0] for message in mail.outbox) == ["asta@example.org", "bo@example.org"]
    swedish, english = sorted(mail.outbox, key=lambda message: message.to[0])
    assert f"/mina-sidor/rapporter/2026/{asta.party.slug}/\n" in swedish.body
    assert f"/mina-sidor/rapporter/2026/{asta.party.slug}/mer-tid/" in swedish.body
    assert f"/en/mina-sidor/rapporter/2026/{asta.party.slug}/" in english.body


def test_one_address_that_fails_makes_nobody_elses_mail_go_twice(planned: Round, asta: Representative, monkeypatch: Any) -> None:
    for name in ("bo", "cilla"):
        builders.representative(asta.party, builders.user(f"{name}@example.org"))
    send, refused = EmailMultiAlternatives.send, ["bo@example.org"]

    def fussy(message: EmailMultiAlternatives, fail_silently: bool = False) -> int:
        if message.to == refused:
            raise OSError("no such mailbox")
        return send(message, fail_silently)

    monkeypatch.setattr(EmailMultiAlternatives, "send", fussy)
    assert [line.split(":")[0] for line in run(planned.opens_on, times=3)] == ["asta@example.org", "cilla@example.org"]
    refused.clear()
    mail.outbox.clear()
    deliver(ReportReminder.objects, reminders.notify, now=timezone.now() + timedelta(hours=1))
    deliver(ReportReminder.objects, reminders.notify, now=timezone.now() + timedelta(hours=1))
    assert [message.to[0] for message in mail.outbox] == ["bo@example.org"]


def test_after_days_without_a_run_only_the_newest_step_goes(planned: Round, asta: Representative) -> None:
    run(planned.opens_on)
    due = planned.due_on
    assert run(due - timedelta(days=5)) == [f"asta@example.org: {subjects(due)[-7]}"]  # neither 14 days before
    assert run(due - timedelta(days=4)) == []
    assert run(due + timedelta(days=2)) == ["asta@example.org: Rapporten för 2026 är ännu ej inkommen: Ljuset"]  # for the last day itself
    assert run(due + timedelta(days=3)) == []
    assert len(run(due + timedelta(days=20))) == 1
    assert run(due + timedelta(days=21)) == []


def test_who_has_reported_or_left_is_told_no_more(planned: Round, asta: Representative, secretary: User) -> None:
    other = builders.affiliation(builders.party("Mörkret"))
    builders.representative(other.party, builders.user("moa@example.org"))
    builders.commitment()
    run(planned.opens_on)
    _hand_in(Report.objects.get(party=asta.party), asta.user)
    other.leave(by=secretary, last_day=planned.opens_on + timedelta(days=3))
    assert told(range(6, 56), today()) == {}


def test_what_came_in_between_the_making_and_the_mailing_is_not_mailed_about(planned: Round, asta: Representative) -> None:
    builders.commitment()
    run(planned.opens_on)
    day = planned.due_on - timedelta(days=7)
    assert ReportReminder.objects.make(day) == 1
    _hand_in(Report.objects.get(party=asta.party), asta.user)
    mail.outbox.clear()
    assert deliver(ReportReminder.objects, reminders.notify) == 1
    assert mail.outbox == []
    assert ReportReminder.objects.mailed().count() == 1
    assert ReportReminder.objects.get(made_on=day).is_dropped


def test_nobody_is_reminded_of_a_closed_round(planned: Round, asta: Representative, secretary: User) -> None:
    run(planned.opens_on)
    ReportReminder.objects.make(planned.due_on - timedelta(days=7))
    Round.objects.get().close(by=secretary)
    assert told(range(29, 56), today()) == {}


def test_a_party_and_a_person_that_come_later_are_told_once(planned: Round, asta: Representative) -> None:
    run(planned.opens_on)
    party = builders.affiliation(builders.party("Sena"), from_on=planned.opens_on + timedelta(days=10)).party
    builders.representative(party, builders.user("sena@example.org"))
    builders.representative(asta.party, builders.user("ny@example.org"))
    found = told(range(6, 25), today())
    assert [line.split(":")[0] for line in found[6]] == ["ny@example.org"]
    assert found[15] == ["sena@example.org: Rapporten för 2026 ligger och väntar på er: Sena"]
    assert sorted(found) == [6, 15, 21]  # and the step that all three get
    assert len(found[21]) == 3


def test_an_extension_moves_its_own_reports_steps_and_no_others(planned: Round, asta: Representative, secretary: User) -> None:
    other = builders.affiliation(builders.party("Mörkret")).party
    builders.representative(other, builders.user("moa@example.org"))
    run(planned.opens_on)
    report, until = Report.objects.get(party=asta.party), planned.due_on + timedelta(days=20)
    Extension.objects.ask(report, until_on=until, by=asta.user).grant(by=secretary)
    found = told(range(6, 66), today())
    expected = {35 + days: [f"moa@example.org: {subject}"] for days, subject in subjects(planned.due_on, "Mörkret").items()}
    for days, subject in subjects(until).items():
        expected[55 + days] = sorted([*expected.get(55 + days, []), f"asta@example.org: {subject}"])
    assert found == expected


def test_a_new_last_day_makes_reminders_for_that_day_only(planned: Round, asta: Representative) -> None:
    run(planned.opens_on)
    before = told(range(6, 30), today())
    assert sorted(before) == [21, 28]
    later = planned.due_on + timedelta(days=30)
    Round.objects.update(due_on=later)
    assert told(range(30, 80), today()) == {65 + days: [f"asta@example.org: {subject}"] for days, subject in subjects(later).items()}


def test_a_day_that_moves_before_the_mail_has_gone_drops_the_mail(planned: Round, asta: Representative) -> None:
    run(planned.opens_on)
    day = planned.due_on - timedelta(days=7)
    ReportReminder.objects.make(day)
    Round.objects.update(due_on=planned.due_on + timedelta(days=8))
    assert run(day) == []
    assert len(run(day + timedelta(days=1))) == 1  # 14 days before the new day


def test_what_the_secretary_sent_by_hand_counts(planned: Round, asta: Representative, secretary: User) -> None:
    run(planned.opens_on)
    day = planned.due_on - timedelta(days=7)
    found = ReportReminder.objects.recipients(Report.objects.all(), day)
    assert ReportReminder.objects.make_by_hand(found, day, by=secretary) == 1
    assert ReportReminder.objects.make_by_hand(found, day, by=secretary) == 0
    assert len(run(day, times=2)) == 1
    assert ReportReminder.objects.recipients(Report.objects.all(), day)[0].is_told_on(day)


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_mail_once(planned: Round, asta: Representative) -> None:
    for number in range(5):
        builders.representative(asta.party, builders.user(f"person{number}@ljuset.example.org"))

    def work(_which: int) -> None:
        Round.objects.open_due(planned.opens_on)
        ReportReminder.objects.make(planned.opens_on)
        deliver(ReportReminder.objects, reminders.notify)

    assert [error for error in together(6, work) if error] == []
    assert len(mail.outbox) == 6
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 6


ONCE = ("nobody_is_mailed_twice_a_day_about_a_report", "nobody_is_told_twice_that_a_report_waits", "nobody_is_reminded_twice_of_a_day")


@pytest.mark.parametrize("is_guarded", [True, False])
def test_workers_who_have_looked_at_the_same_moment_make_one_mail(is_guarded: bool, planned: Round, asta: Representative) -> None:
    """The control: without the database's constraints there are two."""
    if not is_guarded:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE followup_reportreminder DROP CONSTRAINT {ONCE[0]}")
            cursor.execute("; ".join(f"DROP INDEX {name}" for name in ONCE[1:]))
    Round.objects.open_due(planned.opens_on)
    for steps in range(2):  # that it waits, and then a step
        day = [planned.opens_on, planned.due_on - timedelta(days=7)][steps]
        seen = ReportReminder.objects.recipients(Report.objects.all(), day)
        made = [ReportReminder.objects.all()._add(_due(seen, day)) for _worker in range(2)]
        assert made == ([1, 0] if is_guarded else [1, 1])


def test_the_making_asks_as_often_however_many_there_are(year: Year, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (1, 3, 40):
        while year.round.reports.count() < rows + 2:
            party = builders.affiliation(builders.party()).party
            builders.representative(party)
            builders.report(party, year.round)
        with django_assert_max_num_queries(12) as queries:
            ReportReminder.objects.make(today() + timedelta(days=rows))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


def _hand_in(report: Report, by: User) -> None:
    for commitment in report.commitments:
        report.answer(commitment, progress="started")
    report.submit(by=by)
    assert report.party.kind == Party.Kind.ORGANISATION
