"""The questions in the secretary's hands: written until they are asked, read afterwards, and copied into the next version."""

from typing import Any

import pytest
from django.test import Client

from followup.admin import questions as admin_of_questions
from followup.models import Question, QuestionSet, Round
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db
LIST = "/admin/followup/questionset/"


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.STAFF_NEED_MFA = False


def of(asked: QuestionSet, tail: str = "change/") -> str:
    return f"{LIST}{asked.pk}/{tail}"


def page(client: Client, url: str, **posted: Any) -> str:
    response = client.post(url, posted, follow=True) if posted else client.get(url, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def filled(asked: QuestionSet, **changes: Any) -> dict[str, Any]:
    """The form of a set as it stands, with some fields otherwise."""
    rows = list(asked.questions.order_by("number"))
    told = {"name_sv": asked.name, "slug": asked.slug, "questions-TOTAL_FORMS": len(rows), "questions-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        named = {"id": row.pk, "asked_in": asked.pk, "number": row.number, "key": row.key, "about": row.about, "kind": row.kind, "side": row.side}
        told |= {f"questions-{place}-{name}": value for name, value in {**named, "text_sv": row.text}.items()}
        if row.is_quotable:
            told[f"questions-{place}-is_quotable"] = "on"
    return {**told, **changes}


def test_questions_that_nobody_has_been_asked_are_changed(secretary_client: Client) -> None:
    asked = builders.questions()
    shown = page(secretary_client, of(asked))
    assert "Frågorna är inte ställda än" in shown
    assert 'name="questions-0-text_sv"' in shown
    assert 'name="questions-0-text_en"' in shown
    page(secretary_client, of(asked), **filled(asked, **{"questions-1-text_sv": "Vad blev det av?", "questions-1-text_en": "What came of it?"}))
    question = asked.questions.get(key="done")
    assert (question.text_sv, question.text_en) == ("Vad blev det av?", "What came of it?")  # type: ignore[attr-defined]


def test_a_question_is_added_and_taken_away(secretary_client: Client) -> None:
    asked = builders.questions()
    count = asked.questions.count()
    new = {"number": 99, "key": "ny", "about": "year", "kind": "words", "side": "city", "text_sv": "Något mer?"}
    more = {f"questions-{count}-{name}": value for name, value in new.items()}
    page(secretary_client, of(asked), **filled(asked, **more, **{"questions-TOTAL_FORMS": count + 1, "questions-1-DELETE": "on"}))
    assert asked.questions.get(key="ny").side == "city"
    assert not asked.questions.filter(key="done").exists()


def test_how_far_it_has_come_is_always_asked(secretary_client: Client) -> None:
    asked = builders.questions()
    shown = page(secretary_client, of(asked), **filled(asked, **{"questions-0-DELETE": "on"}))
    assert "En fråga ska ha nyckeln progress" in shown
    assert asked.questions.filter(key="progress").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"questions-6-is_quotable": "on"}, "Bara egna ord om ett åtagande kan citeras."),
        ({"questions-0-side": "city"}, "ställs till båda sidor"),
        ({"questions-1-key": "helped"}, "Två frågor har samma nyckel."),
        ({"questions-1-number": "-1"}, "större än eller lika med 0"),
        ({"questions-1-text_sv": "a\0b"}, "Null-tecken är inte tillåtna"),
        ({"questions-1-kind": "x"}, "Välj ett giltigt alternativ"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(change: dict[str, str], told: str, secretary_client: Client) -> None:
    asked = builders.questions()
    shown = page(secretary_client, of(asked), **filled(asked, **change))
    assert told in shown
    assert asked.questions.get(key="done").text == "Vad har ni gjort under året?"


def test_questions_that_have_been_asked_are_read_and_say_why(year: Year, secretary_client: Client) -> None:
    asked = year.round.questions
    shown = page(secretary_client, of(asked))
    assert "Frågorna är ställda i uppföljningen 2026. Därför går de inte att ändra" in shown
    assert "Vad har ni gjort under året?" in shown
    assert 'name="questions-0-text_sv"' not in shown
    assert secretary_client.post(of(asked), filled(asked, **{"questions-1-text_sv": "Annat"})).status_code == 403
    assert asked.questions.get(key="done").text == "Vad har ni gjort under året?"
    assert secretary_client.post(of(asked, "delete/"), {"post": "yes"}).status_code == 403


def test_questions_that_are_asked_while_they_are_changed_stay(secretary_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, changed = builders.questions(), []
    round = builders.round(2026)
    save = admin_of_questions.QuestionFormSet.save

    def opened_first(formset: Any, commit: bool = True) -> Any:
        changed.append(round._become("open", by=None))
        return save(formset, commit=commit)

    monkeypatch.setattr(admin_of_questions.QuestionFormSet, "save", opened_first)
    shown = page(secretary_client, of(asked), **filled(asked, **{"questions-1-text_sv": "Annat"}))
    assert len(changed) == 1
    assert "Frågorna har hunnit ställas, och kan inte ändras längre" in shown
    assert asked.questions.get(key="done").text == "Vad har ni gjort under året?"


def test_a_new_version_begins_with_the_same_questions_and_is_made_once(year: Year, secretary_client: Client) -> None:
    asked = year.round.questions
    assert "Gör en ny version av frågorna" in page(secretary_client, of(asked))
    shown = page(secretary_client, of(asked, "ny-version/"), go="on")
    assert "Den nya versionen är klar att ändra" in shown
    made = QuestionSet.objects.get(slug="prov-2")
    assert made.name == "Frågorna på prov 2"
    told = [list(one.questions.order_by("number").values_list("key", "text", "kind", "side")) for one in (asked, made)]
    assert told[0] == told[1]
    assert "Det finns redan en ny version" in page(secretary_client, of(asked, "ny-version/"), go="on")
    assert QuestionSet.objects.count() == 2
    builders.round(2027, questions=made)._become("open", by=None)
    page(secretary_client, of(asked, "ny-version/"), go="on")
    assert QuestionSet.objects.filter(slug="prov-3").exists()


def test_copying_refuses_get_and_strangers(year: Year, secretary_client: Client, outsider_client: Client, sign_in: Any) -> None:
    url = of(year.round.questions, "ny-version/")
    assert secretary_client.get(url).status_code == 405
    assert outsider_client.post(url).status_code == 302
    assert sign_in(User.objects.create_user("ny@example.org", is_staff=True)).post(url).status_code == 403
    assert QuestionSet.objects.count() == 1


def test_the_round_chooses_its_questions_while_it_is_planned(secretary_client: Client) -> None:
    empty = QuestionSet.objects.create(slug="tom", name="Tomma frågor")
    planned = builders.round(2026)
    shown = page(secretary_client, f"/admin/followup/round/{planned.pk}/change/")
    assert f'<option value="{planned.questions_id}" selected>' in shown
    assert f'<option value="{empty.pk}"' not in shown
    planned._become("open", by=None)
    assert '<select name="questions"' not in page(secretary_client, f"/admin/followup/round/{planned.pk}/change/")


def test_the_rounds_summary_is_written_when_it_is_closed_too(secretary: User, secretary_client: Client) -> None:
    round = builders.round(2026)
    round.open(by=secretary)
    round.close(by=secretary)
    url = f"/admin/followup/round/{round.pk}/change/"
    assert "## framför ger en rubrik" in page(secretary_client, url)
    page(secretary_client, url, due_on=str(round.due_on), summary="**Ett gott år**")
    assert Round.objects.get().summary == "**Ett gott år**"


def test_list_asks_as_often_whatever_the_number(secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (1, 3):
        while QuestionSet.objects.count() < rows:
            made = QuestionSet.objects.create(slug=f"s{QuestionSet.objects.count()}", name=f"Frågor {QuestionSet.objects.count()}")
            Question.objects.create(asked_in=made, number=1, key="progress", about="commitment", kind="progress", text="Hur långt?")
            builders.round(questions=made)
        with django_assert_max_num_queries(30) as queries:
            page(secretary_client, LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]
