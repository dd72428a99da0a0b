"""The report's own rules."""

import pytest
from django.db import DatabaseError, transaction

from agreement.models import Representative
from followup.models import Answer, Progress, Report
from followup.models.reports import Unanswered
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def test_a_report_asks_about_what_concerns_the_party(year: Year) -> None:
    assert list(year.report.commitments) == [year.both, year.sector]
    assert list(year.office_report.commitments) == [year.both, year.city]


def test_an_answer_is_kept_and_written_over(year: Year) -> None:
    year.report.answer(year.both, progress="", done="Halvfärdigt")
    year.report.answer(year.both, progress=Progress.DONE, done="Klart")
    told = Answer.objects.values_list("question__key", "choice", "words")
    assert set(told) == {("progress", "done", ""), ("done", "", "Klart")}


def test_an_empty_answer_takes_it_back(year: Year) -> None:
    year.report.answer(year.both, progress=Progress.DONE, done="Klart")
    year.report.answer(year.both, done="")
    assert list(Answer.objects.values_list("question__key", flat=True)) == ["progress"]


def test_a_report_with_gaps_is_not_taken_in(year: Year) -> None:
    year.report.answer(year.both, progress="", done="Bara ord")
    with pytest.raises(Unanswered):
        year.report.submit(by=year.person)
    assert list(year.report.unanswered()) == [year.both, year.sector]


def test_no_opinion_is_an_answer(year: Year) -> None:
    assert year.submitted(year.report, progress=Progress.NO_OPINION, done="").status == "submitted"


def test_a_report_is_handed_in_once_and_never_changes(year: Year) -> None:
    report = year.submitted(year.report)
    with pytest.raises(WrongStatus):
        year.report.submit(by=year.person)
    with pytest.raises(WrongStatus):
        report.answer(year.both, progress=Progress.DONE)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Answer.objects.filter(report=report).update(choice="done")
    assert list(report.events.values_list("action", flat=True)) == ["submit"]


def test_a_closed_round_takes_nothing_in(year: Year, secretary: User) -> None:
    year.fill(year.report)
    year.round.close(by=secretary)
    with pytest.raises(WrongStatus):
        year.report.submit(by=year.person)


def test_who_sees_and_who_writes(year: Year, outsider: User, secretary: User) -> None:
    reader = builders.representative(year.organisation, role=Representative.Role.READER).user
    assert list(Report.objects.visible_to(year.person)) == [year.report]
    assert list(Report.objects.visible_to(reader)) == [year.report]
    assert list(Report.objects.writable_by(reader)) == []
    assert list(Report.objects.writable_by(year.person)) == [year.report]
    assert not Report.objects.visible_to(outsider).exists()
    assert not Report.objects.visible_to(secretary).exists()


def test_a_reader_of_one_party_who_writes_for_another_stays_a_reader(year: Year) -> None:
    builders.representative(year.office, user=year.person, role=Representative.Role.READER)
    assert list(Report.objects.writable_by(year.person)) == [year.report]
    assert Report.objects.visible_to(year.person).count() == 2
