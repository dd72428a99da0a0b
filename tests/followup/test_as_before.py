"""Answering as the year before: one press, and what has changed is marked."""

from typing import Any

import pytest

from agreement.models import Representative
from followup.models import Report
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(year: Year) -> Report:
    """What the organisation reported for 2025: an answer kept private, and one that may be quoted."""
    report = builders.report(year.organisation, builders.round(2025))
    for commitment in report.commitments:
        said = {"done": f"Gjort {commitment.number}", "plan": "Hemlig plan", "example": "Nycklar"}
        report.answer(commitment, private=["plan"], quoted=["example"], progress="started", **said)
    report.submit(by=year.person)
    return report


def told(report: Report) -> dict[tuple[int, str], str]:
    """The answers, by the commitment's number and the question's key."""
    return {(answer["commitment"], answer["question"]): answer["choice"] or answer["words"] for answer in report.content()}


def test_one_press_answers_as_the_year_before(year: Year, before: Report) -> None:
    assert "Fyll i svaren från 2025" in year.browser.get(year.url()).content.decode()
    response = year.browser.post(year.url("som-forut/"), follow=True)
    assert response.redirect_chain == [(year.url("granska/"), 302)]
    assert "2 åtaganden är ifyllda som förra gången." in response.content.decode()
    assert told(year.report) == told(before)
    assert year.report.content() == before.content()
    assert "Fyll i svaren från 2025" not in year.browser.get(year.url()).content.decode()


def test_answers_already_given_this_year_stay(year: Year, before: Report) -> None:
    year.report.answer(year.both, progress="done", done="Nytt i år")
    year.report.answer(year.sector, done="Bara ord i år")
    year.browser.post(year.url("som-forut/"))
    both, sector = year.both.number, year.sector.number
    assert told(year.report) == {
        (both, "progress"): "done", (both, "done"): "Nytt i år",
        (sector, "progress"): "started", (sector, "done"): "Bara ord i år", (sector, "plan"): "Hemlig plan", (sector, "example"): "Nycklar",
    }  # fmt: skip


def test_what_has_changed_and_what_has_not_is_marked(year: Year, before: Report) -> None:
    year.browser.post(year.url("som-forut/"))
    assert year.browser.get(year.url("granska/")).content.decode().count("Som sist") == 2
    year.report.answer(year.both, done="Nytt i år")
    page = year.browser.get(year.url("granska/")).content.decode()
    assert (page.count("Som sist"), page.count("Ändrat sedan sist")) == (1, 1)
    year.report.answer(year.both, example="")
    assert year.browser.get(year.url("granska/")).content.decode().count("Ändrat sedan sist") == 2


def test_nothing_is_marked_the_first_year(year: Year) -> None:
    year.fill(year.report)
    page = year.browser.get(year.url("granska/")).content.decode()
    assert "Som sist" not in page
    assert "Ändrat sedan sist" not in page
    year.browser.post(year.url("som-forut/"))
    assert year.report.answers.count() == 4


def test_last_years_private_words_are_not_shown_by_saving_the_page(year: Year, before: Report) -> None:
    url = year.url(f"ataganden/{year.both.number}/")
    form = year.browser.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    year.browser.post(url, {name: value for name, value in shown.items() if value})
    assert told(year.report)[year.both.number, "plan"] == "Hemlig plan"
    flags = year.report.answers.exclude(is_private=False, may_be_quoted=False).values_list("question__key", "is_private", "may_be_quoted")
    assert set(flags) == {("plan", True, False), ("example", False, True)}


def test_questions_that_are_no_longer_asked_are_left_out(year: Year, before: Report) -> None:
    new = year.round.questions.copy(slug="2027", name="Frågorna 2027")
    new.questions.filter(key="plan").delete()
    later = builders.report(year.organisation, builders.round(2027, questions=new))
    assert later.confirm(later.commitments) == 2
    assert {key for _number, key in told(later)} == {"progress", "done", "example"}


def test_a_question_that_is_answered_in_another_way_now_is_left_out(year: Year, before: Report) -> None:
    new = year.round.questions.copy(slug="2027", name="Frågorna 2027")
    new.questions.filter(key="done").update(kind="scale")
    later = builders.report(year.organisation, builders.round(2027, questions=new))
    assert "Hemlig plan" in year.browser.get(f"{later.get_absolute_url()}ataganden/{year.both.number}/").content.decode()
    assert later.confirm(later.commitments) == 2
    assert {key for _number, key in told(later)} == {"progress", "example", "plan"}


def test_a_report_that_is_in_and_a_closed_round_take_nothing(year: Year, before: Report, secretary: User) -> None:
    year.submitted(year.report)
    assert "Det går inte längre" in year.browser.post(year.url("som-forut/"), follow=True).content.decode()
    year.report.reopen(by=year.person)
    year.round.close(by=secretary)
    assert "Det går inte längre" in year.browser.post(year.url("som-forut/"), follow=True).content.decode()
    with pytest.raises(WrongStatus):
        year.report.confirm(year.report.commitments)
    assert not year.report.answers.filter(question__key="plan").exists()


def test_others_confirm_nothing(year: Year, before: Report, outsider_client: Any, sign_in: Any) -> None:
    reader = sign_in(builders.representative(year.organisation, role=Representative.Role.READER).user)
    assert {browser.post(year.url("som-forut/")).status_code for browser in (outsider_client, reader)} == {404}
    assert year.report.answers.count() == 0


def test_how_far_it_had_come_stays_private_on_the_page_that_does_not_ask(year: Year) -> None:
    before = builders.report(year.organisation, builders.round(2025))
    for commitment in (year.both, year.sector):
        before.answer(commitment, private=["progress"], progress="started")
    before.submit(by=year.person)
    year.browser.post(year.url("laget/"), {f"progress-{year.both.number}": "started", f"progress-{year.sector.number}": "done"})
    told = dict(year.report.answers.values_list("choice", "is_private"))
    assert told == {"started": True, "done": True}
