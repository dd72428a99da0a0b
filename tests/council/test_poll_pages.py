"""Finding a time: the members' page, the mailed link, and the secretary's."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council.models import Asked, Body, Meeting, TimeAnswer, TimePoll
from tests import builders
from tests.council import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return building.asked(building.poll(builders.body(slug="idekom", name="Idékom")))


def link(asked: Asked) -> str:
    return reverse("council:times_by_link", args=[asked.token])


def typed(asked: Asked, *words: str) -> dict[str, str]:
    return {f"tid-{option.pk}": word for option, word in zip(asked.poll.options.all(), words, strict=False)}


def test_the_mailed_link_opens_a_page_and_changes_nothing(client: Client, asked: Asked) -> None:
    response = client.get(link(asked))
    assert "När kan du? Extra möte" in response.content.decode()
    assert TimeAnswer.objects.count() == 0
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(link(asked).replace(asked.token, "x" * 32)).status_code == 404


def test_an_answer_by_the_link_is_saved_and_shown(client: Client, asked: Asked) -> None:
    text = client.post(link(asked), typed(asked, "yes", "no"), follow=True).content.decode()
    assert "Ditt svar är sparat" in text
    assert "Så här har alla svarat hittills" in text
    assert sorted(asked.chosen.values()) == ["no", "yes"]
    assert text.count("checked") == 2


@pytest.mark.parametrize("words", [("yes",), ("yes", "nonsense"), ("yes", "\0"), ("yes", "y" * 10_000), ()])
def test_what_is_missing_or_strange_is_told_beside_the_time(client: Client, asked: Asked, words: tuple[str, ...]) -> None:
    text = client.post(link(asked), typed(asked, *words)).content.decode()
    assert "Välj ja, om det behövs eller nej." in text
    assert TimeAnswer.objects.count() == 0
    assert text.count("checked") == bool(words)  # nothing chosen is lost


def test_when_it_is_over_the_page_says_what_it_became(client: Client, asked: Asked) -> None:
    meeting = asked.poll.choose(asked.poll.options.all()[0], by=builders.user())
    text = client.get(link(asked)).content.decode()
    assert "Tiden är vald" in text
    assert meeting.get_absolute_url() in text
    late = client.post(link(asked), typed(asked, "yes", "yes")).content.decode()
    assert "Det går inte att svara längre." in late
    assert TimeAnswer.objects.count() == 0


def test_a_cancelled_question_says_so(client: Client, asked: Asked) -> None:
    asked.poll.cancel(by=builders.user())
    assert "Frågan är avbruten" in client.get(link(asked)).content.decode()


def test_a_member_answers_signed_in_and_nobody_else_finds_it(sign_in: Any, outsider_client: Client, client: Client) -> None:
    council = builders.body()
    user = building.member(council)
    poll = building.poll(council)
    assert sign_in(user).get(poll.get_absolute_url()).status_code == 404  # still a draft
    poll.open(by=builders.user())
    asked = poll.asked.get()
    sign_in(user).post(poll.get_absolute_url(), typed(asked, "yes", "if_need_be"))
    assert sorted(asked.chosen.values()) == ["if_need_be", "yes"]
    assert outsider_client.get(poll.get_absolute_url()).status_code == 404
    assert outsider_client.post(poll.get_absolute_url(), typed(asked, "no", "no")).status_code == 404
    assert client.get(poll.get_absolute_url())["Location"].startswith("/konto/")
    assert sorted(Asked.objects.get(pk=asked.pk).chosen.values()) == ["if_need_be", "yes"]


def test_the_secretary_makes_opens_and_chooses(secretary_client: Client) -> None:
    council: Body = builders.body()
    building.member(council)
    data: dict[str, Any] = {"body": council.pk, "title": "Extra", "place": "Salen", "closes_on": "2030-01-01"}
    data |= {"options-TOTAL_FORMS": 2, "options-INITIAL_FORMS": 0, "_continue": "1"}
    for number in (0, 1):
        data |= {f"options-{number}-starts_at": f"2030-02-0{number + 1}T13:00", f"options-{number}-ends_at": f"2030-02-0{number + 1}T15:00"}
    page = secretary_client.post(reverse("admin:council_timepoll_add"), data, follow=True).content.decode()
    poll = TimePoll.objects.get()
    assert "Öppna och mejla ledamöterna" in page
    page = secretary_client.post(reverse("admin:council_timepoll_open", args=[poll.pk]), follow=True).content.decode()
    assert "Frågan är öppen." in page
    assert page.count("Gör mötet 1 februari 2030 kl. 13.00–15.00") == 1
    choose = reverse("admin:council_timepoll_choose", args=[poll.pk, poll.options.all()[0].pk])
    assert secretary_client.get(choose).status_code == 405
    for _press in range(2):
        page = secretary_client.post(choose, follow=True).content.decode()
    assert "Det går inte längre" in page  # the second press
    assert Meeting.objects.filter(body=council).count() == 1
    assert reverse("admin:council_meeting_change", args=[Meeting.objects.get(body=council).pk]) in page


def test_the_secretary_may_cancel_and_is_told_what_is_missing(secretary_client: Client) -> None:
    poll = building.poll(times=1)
    page = secretary_client.post(reverse("admin:council_timepoll_open", args=[poll.pk]), follow=True).content.decode()
    assert "Lägg till minst två tider" in page
    secretary_client.post(reverse("admin:council_timepoll_cancel", args=[poll.pk]))
    poll.refresh_from_db()
    assert poll.status == "cancelled"


def test_the_secretarys_table_asks_the_database_as_often_for_three_as_for_one(secretary_client: Client) -> None:
    def count(members: int) -> int:
        poll = building.poll()
        for _number in range(members - 1):
            building.member(poll.body)
        poll.open(by=builders.user())
        for asked in poll.asked.all():
            asked.answer({option.pk: "yes" for option in poll.options.all()})
        with CaptureQueriesContext(connection) as queries:
            text = secretary_client.get(reverse("admin:council_timepoll_change", args=[poll.pk])).content.decode()
        assert text.count("<td>Ja</td>") == 2 * members
        return len(queries)

    count(1)
    assert count(3) == count(1)
