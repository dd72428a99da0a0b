"""A paper form that is typed in by many hands at once – and the same test with the guard off, which must fail."""

import threading
from typing import Any

import pytest

from followup.models import About, Entry, Report, Transcript
from followup.models.transcripts import BegunOnline, TypedMeanwhile
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.followup.conftest import Year
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def entries(report: Report, words: str = "") -> list[Entry]:
    """A cross for each commitment, and words about the first."""
    asked = {question.key: question for question in report.questions_about(About.COMMITMENT)}
    commitments = list(report.commitments)
    said = [Entry(asked["done"], commitments[0], words, False, False)] if words else []
    return [*said, *(Entry(asked["progress"], commitment, "done", False, False) for commitment in commitments)]


def test_handed_in_by_many_at_once_it_is_one_version(year: Year, secretary: User) -> None:
    def hand_in(_which: int) -> None:
        report = year.report
        Transcript.hand_in(report, entries(report), by=secretary, arrived_on=today(), seen="")

    results = together(HANDS, hand_in)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["WrongStatus"] * (HANDS - 1)]
    assert year.report.versions.count() == 1
    assert year.report.answers.count() == 2


def save(year: Year, by: User) -> Any:
    """What each pair of hands does: save the sheet that it opened while nothing was saved."""

    def one(which: int) -> Transcript:
        report = year.report
        return Transcript.keep(report, entries(report, f"Av {which}"), by=by, arrived_on=None, seen="")

    return one


def test_saved_by_many_at_once_one_is_kept_and_the_others_are_told(year: Year, secretary: User) -> None:
    results = together(HANDS, save(year, secretary))
    assert len([result for result in results if isinstance(result, Transcript)]) == 1
    assert len([result for result in results if isinstance(result, TypedMeanwhile)]) == HANDS - 1


def test_without_the_guard_they_overwrite_each_other(year: Year, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: look first and write afterwards, without holding the report."""
    seen = threading.Barrier(HANDS)

    def look(report: Report, told: str) -> None:
        assert told == ""
        assert Transcript.of(report) is None
        seen.wait(timeout=60)

    monkeypatch.setattr(Transcript, "_hold", look)
    results = together(HANDS, save(year, secretary))
    assert len([result for result in results if isinstance(result, Transcript)]) > 1


def test_partys_draft_stays_unless_told_otherwise(year: Year, secretary: User) -> None:
    year.fill(year.report, done="Partens eget")
    report = year.report
    with pytest.raises(BegunOnline):
        Transcript.hand_in(report, entries(report), by=secretary, arrived_on=today(), seen="")
    assert year.report.answers.filter(words="Partens eget").count() == 2
    Transcript.hand_in(report, entries(report), by=secretary, arrived_on=today(), seen="", replaces=True)
    assert not year.report.answers.filter(words="Partens eget").exists()
    assert year.report.versions.get().is_typed_in


def test_what_lacks_an_answer_leaves_everything_as_it_was(year: Year, secretary: User) -> None:
    year.fill(year.report, done="Partens eget")
    report = year.report
    kept = Transcript.keep(report, [], by=secretary, arrived_on=None, seen="")
    with pytest.raises(Exception, match="Välj hur långt"):
        Transcript.hand_in(report, entries(report)[:1], by=secretary, arrived_on=today(), seen=kept.seen, replaces=True)
    assert year.report.answers.filter(words="Partens eget").count() == 2
    assert Transcript.objects.exists()


def test_a_report_that_is_in_is_not_typed_in(year: Year, secretary: User) -> None:
    year.submitted(year.report)
    report = year.report
    for call in (Transcript.keep, Transcript.hand_in):
        with pytest.raises(WrongStatus):
            call(report, entries(report), by=secretary, arrived_on=today(), seen="")
