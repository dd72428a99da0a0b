"""What a round asks: old rounds keep their old questions, and what has been asked never changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from followup.models import Question, QuestionSet
from tests import builders
from tests.conftest import browser
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def another(**texts: Any) -> dict[str, Any]:
    """What a new question is made of."""
    return {"number": 99, "key": "extra", "about": "commitment", "kind": "words", "text": "Något mer?", **texts}


def test_an_old_round_keeps_its_old_questions(year: Year) -> None:
    old = year.round.questions
    new = old.copy(slug="2027", name="Frågorna 2027")
    new.questions.filter(key="done").update(text="Vad har hänt?")
    new.questions.filter(key="helped").delete()
    Question.objects.create(asked_in=new, **another())
    later = builders.report(year.organisation, builders.round(2027, questions=new))
    assert [question.text for question in year.report.questions if question.key == "done"] == ["Vad har ni gjort under året?"]
    assert {question.key for question in year.report.questions} - {question.key for question in later.questions} == {"helped"}
    assert {question.key for question in later.questions} - {question.key for question in year.report.questions} == {"extra"}
    page = year.browser.get(f"{later.get_absolute_url()}ataganden/{year.both.number}/").content.decode()
    assert "Vad har hänt?" in page
    assert "Vad har hjälpt er?" not in page


CHANGES: dict[str, Callable[[QuestionSet, Question], object]] = {
    "update": lambda asked, _loose: asked.questions.filter(key="plan").update(text="En annan fråga"),
    "delete": lambda asked, _loose: asked.questions.filter(key="plan").delete(),
    "add": lambda asked, _loose: Question.objects.create(asked_in=asked, **another()),
    "move in": lambda asked, loose: QuestionSet.objects.get(pk=loose.asked_in_id).questions.update(asked_in=asked),
    "move out": lambda asked, loose: asked.questions.filter(key="plan").update(asked_in=loose.asked_in_id),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_question_that_has_been_asked_never_changes(change: str, year: Year) -> None:
    asked = year.round.questions
    before = list(asked.questions.values_list("pk", "text"))
    loose = Question.objects.create(asked_in=QuestionSet.objects.create(slug="fri", name="Fria frågor"), **another(key="loose"))
    with pytest.raises(DatabaseError, match="a question that has been asked never changes"), transaction.atomic():
        CHANGES[change](asked, loose)
    assert list(asked.questions.values_list("pk", "text")) == before


def test_questions_of_a_planned_round_change(year: Year) -> None:
    new = year.round.questions.copy(slug="2027", name="Frågorna 2027")
    builders.round(2027, questions=new)
    assert not new.is_in_use
    assert new.questions.filter(key="plan").update(text="Och sedan?") == 1
    assert year.round.questions.is_in_use


def test_each_side_is_asked_its_own_questions(year: Year, sign_in: Any) -> None:
    office = sign_in(builders.representative(year.office).user)
    ours = year.browser.get(year.url("aret/")).content.decode()
    theirs = office.get(f"{year.office_report.get_absolute_url()}aret/").content.decode()
    assert ["Samråd som börjar tidigt" in page for page in (ours, theirs)] == [True, True]
    assert ["Bidragen" in page for page in (ours, theirs)] == [True, False]
    assert office.post(f"{year.office_report.get_absolute_url()}aret/", {"grants": "better", "consultation": "worse"}).status_code == 302
    assert list(year.office_report.answers.values_list("question__key", "choice")) == [("consultation", "worse")]


def test_a_set_without_questions_about_the_year_goes_straight_to_the_review() -> None:
    bare = QuestionSet.objects.create(slug="kort", name="Kort")
    Question.objects.create(asked_in=bare, **another(key="progress", kind="progress", text="Hur långt har det kommit?"))
    person = builders.representative()
    report = builders.report(person.party, builders.round(2026, questions=bare))
    builders.commitment()
    client = browser(person.user)
    assert client.get(f"{report.get_absolute_url()}aret/").url == f"{report.get_absolute_url()}granska/"  # type: ignore[attr-defined]
    assert "Året som helhet" not in client.get(report.get_absolute_url()).content.decode()
