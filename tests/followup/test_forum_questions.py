"""Questions from phones: asked, read by the office, liked once a browser, shown on the big screen, answered by somebody."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from followup.models import Forum, ForumLike, ForumQuestion
from followup.models.forum_questions import QuestionsClosed
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db


def page(client: Client, name: str = "questions") -> str:
    """The questions as one reads them."""
    return unescape(client.get(reverse(f"followup:{name}", args=[2026])).content.decode())


def ask(client: Client, text: str) -> str:
    """Send a question in; gives the page that follows."""
    return unescape(client.post(reverse("followup:questions", args=[2026]), {"text": text}, follow=True).content.decode())


def like(client: Client, question: ForumQuestion, **typed: str) -> Any:
    """Press the button under a question."""
    return client.post(reverse("followup:like", args=[2026, question.pk]), typed)


@pytest.fixture
def forum(make: Any) -> Forum:
    """A forum to ask."""
    found: Forum = make.forum(make.round(2026))
    return found


def is_over(forum: Forum) -> None:
    """Let the forum have been two days ago."""
    before = timezone.now() - timedelta(days=2)
    Forum.objects.filter(pk=forum.pk).update(starts_at=before, ends_at=before + timedelta(hours=1), closes_on=timezone.localdate(before))


def test_a_question_is_seen_when_the_office_has_read_it(client: Client, forum: Forum, secretary: Any) -> None:
    assert "Tack. Frågan visas när kansliet har läst den." in ask(client, "När blir det av?")
    assert "När blir det av?" not in page(client)
    question = ForumQuestion.objects.get()
    question.show(by=secretary)
    assert "När blir det av?" in page(client)
    assert "När blir det av?" in page(client, "forum_screen")
    question.set_aside(by=secretary)
    assert "När blir det av?" not in page(client, "forum_screen")
    assert [event.action for event in question.events.all()] == ["ask", "show", "set_aside"]


def test_the_same_question_sent_twice_is_one(client: Client, forum: Forum) -> None:
    for _time in range(2):
        ask(client, "När blir det av?")
    assert ForumQuestion.objects.count() == 1


@pytest.mark.parametrize(("text", "error"), [("", "Skriv er fråga."), ("å" * 401, "Korta texten till högst 400 tecken. Nu är den 401 tecken.")])
def test_what_cannot_be_asked_is_told_and_kept(client: Client, forum: Forum, text: str, error: str) -> None:
    html = ask(client, text)
    assert error in html
    assert text in html
    assert not ForumQuestion.objects.exists()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_whatever_is_asked_is_kept_or_told(client: Client, forum: Forum, text: str) -> None:
    html = ask(client, text)
    assert "Tack. Frågan visas" in html or "att rätta" in html


def test_one_like_from_one_browser_and_it_can_be_taken_back(client: Client, forum: Forum, make: Any) -> None:
    question = make.question(forum)
    assert "forum" not in client.get(reverse("followup:questions", args=[2026])).cookies
    like(client, question)
    response = like(client, question)
    assert response["Location"] == f"/uppfoljning/2026/forum/fragor/#fraga-{question.pk}"
    cookie = response.cookies["forum"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 60 * 60)
    assert "1 gillar" in page(client)
    assert "Ta tillbaka ert gillande" in page(client)
    like(Client(), question)
    assert ForumLike.objects.count() == 2
    like(client, question, back="1")
    assert "1 gillar" in page(client)
    assert "Ta tillbaka" not in page(client)


def test_a_cookie_that_somebody_wrote_themselves_counts_as_none(client: Client, forum: Forum, make: Any) -> None:
    question = make.question(forum)
    for forged in ("00000000-0000-0000-0000-000000000000", "x:y:z", ""):
        client.cookies["forum"] = forged
        assert "Ta tillbaka" not in page(client)
        assert like(client, question).cookies["forum"].value != forged
    assert ForumLike.objects.count() == 3


def test_nothing_is_liked_by_looking_or_when_it_is_not_shown(client: Client, forum: Forum, make: Any, secretary: Any) -> None:
    question = make.question(forum)
    assert client.get(reverse("followup:like", args=[2026, question.pk])).status_code == 405
    question.set_aside(by=secretary)
    assert like(client, question).status_code == 404
    assert client.post(reverse("followup:like", args=[2026, 99999])).status_code == 404
    assert not ForumLike.objects.exists()


def test_after_the_forum_nothing_is_asked_or_liked(client: Client, forum: Forum, make: Any) -> None:
    question = make.question(forum)
    is_over(forum)
    assert "Forumet har varit. Här är frågorna som ställdes." in page(client)
    like(client, question)
    assert "Det går inte längre att ställa eller gilla frågor." in ask(client, "En till?")
    with pytest.raises(QuestionsClosed):
        ForumQuestion.ask(Forum.objects.get(), "En till?")
    assert (ForumQuestion.objects.count(), ForumLike.objects.count()) == (1, 0)


def test_the_screen_has_the_most_liked_first_a_code_and_an_address_and_looks_again(client: Client, forum: Forum, make: Any) -> None:
    few, many = make.question(forum, text="Få?"), make.question(forum, text="Många?")
    for liked in (few, many, many):
        like(Client(), liked)
    response = client.get(reverse("followup:forum_screen", args=[2026]))
    html = response.content.decode()
    assert html.index("Många?") < html.index("Få?")
    assert ("<svg" in html, "127.0.0.1:8000/fragor" in html, response["Refresh"]) == (True, True, "5")
    assert "Refresh" not in client.get(reverse("followup:forum_screen", args=[2026]) + "?stilla=1")


def test_the_short_address_leads_to_the_nearest_forum(client: Client, make: Any) -> None:
    assert client.get("/fragor/").status_code == 404
    make.forum(make.round(2026))
    assert client.get("/fragor/")["Location"] == "/uppfoljning/2026/forum/fragor/"


def test_the_page_costs_the_same_however_many_have_asked(client: Client, forum: Forum, make: Any) -> None:
    counted = []
    for _time in range(3):
        like(client, make.question(forum))
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counted.append(len(queries))
    assert counted[0] == counted[2]


def test_what_was_taken_up_stands_on_the_next_years_page_until_it_is_answered(client: Client, forum: Forum, make: Any, secretary: Any) -> None:
    next_year, party = make.forum(make.round(2027)), make.party("Kulturkontoret")
    question = make.question(forum, text="När blir det av?")
    question.take_up(by=secretary, owner=party, due_on=today())
    told = f"Kulturkontoret svarar senast den {today().day} "
    assert told in page(client, "forum")
    later = unescape(client.get(next_year.get_absolute_url()).content.decode())
    assert "När blir det av?" in later
    assert "från forumet 2026" in later
    assert question.is_overdue(today() + timedelta(days=1))
    assert list(ForumQuestion.objects.overdue(today() + timedelta(days=1))) == [question]
    question.answer("Till våren.", by=secretary, day=today())
    assert "Till våren." in page(client, "forum")
    assert "När blir det av?" not in client.get(next_year.get_absolute_url()).content.decode()


def test_a_promise_needs_somebody_a_day_and_an_answer_and_is_never_deleted(forum: Forum, make: Any, secretary: Any) -> None:
    question = make.question(forum)
    with pytest.raises(WrongStatus):
        question.answer("Till våren.", by=secretary, day=today())
    with pytest.raises(IntegrityError, match="a_question_taken_up_has_one_who_answers_and_a_day"), transaction.atomic():
        ForumQuestion.objects.update(status="taken_up")
    question.take_up(by=secretary, owner_words="Arbetsgruppen", due_on=today())
    with pytest.raises(IntegrityError, match="an_answered_question_has_its_answer"), transaction.atomic():
        ForumQuestion.objects.update(status="answered")
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM followup_forumquestionevent; DELETE FROM followup_forumquestion")
    assert ForumQuestion.objects.count() == 1
