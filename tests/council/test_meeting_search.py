"""Searching the meetings: what is found, and what is never found."""

from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.models import AgendaItem, Assignment, Body, Meeting, PaperText
from council.models import papertexts as reading
from council.models.words import IN_AGENDA, IN_MINUTES, SWEDISH
from council.tasks import read_papers
from idekom.lib.text import in_threes, threes
from tests import builders
from tests.council import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Body:
    return builders.body(slug="idekom", name="Idékom")


@pytest.fixture
def meeting(council: Body) -> Meeting:
    return building.held(council)


def found(client: Client, q: str) -> str:
    response = client.get("/radet/sok/", {"q": q})
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("q", ["skolmåltider", "skolmåltid", "måltid", "skolmaltider", "Skolmåltiderna", "MÅLTID skola"])
def test_words_are_found_in_other_forms_and_by_a_part(client: Client, meeting: Meeting, q: str) -> None:
    building.item(meeting, "Mat i skolan", description="Förvaltningen berättar om skolmåltider.")
    text = found(client, q)
    assert "1 träff" in text
    assert f'href="{meeting.get_absolute_url()}#p1"' in text
    assert "Mat i skolan" in text


def test_the_hit_is_marked_and_nothing_else_is_markup(client: Client, meeting: Meeting) -> None:
    building.item(meeting, "Lokaler", description="<script>alert(1)</script> Lokalerna <b>räcker</b> inte här.")
    text = found(client, "lokal")
    assert "<mark>Lokalerna</mark>" in text
    assert "<script" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; L<mark>okalern</mark>a &lt;b&gt;" in found(client, "okalern")


def test_the_characters_that_mark_a_hit_mark_nothing_in_a_text(client: Client, meeting: Meeting) -> None:
    building.item(meeting, "Annat", description="Lokalerna räcker \ue000inte\ue001 till.")
    text = found(client, "lokalerna")
    assert "<mark>Lokalerna</mark>" in text
    assert "<mark>inte" not in text


def test_a_part_of_a_word_is_marked_as_well(client: Client, meeting: Meeting) -> None:
    building.item(meeting, "Mat", description="Om skolmåltider och annat.")
    assert "skol<mark>måltid</mark>er" in found(client, "måltid")


def test_outcomes_are_found_when_the_minutes_are_adjusted(client: Client, meeting: Meeting) -> None:
    item = building.item(meeting, "Punkten", discussion="kanariesamtal")
    item.conclude("decided", by=builders.user(), words="kanariebeslut")
    Assignment.objects.create(item=item, what="kanarieuppdrag", doer="Kansliet")
    words = ("kanariesamtal", "kanariebeslut", "kanarieuppdrag")
    assert ["0 träffar" in found(client, word) for word in words] == [True] * 3
    assert "kanarie" not in found(client, "Punkten")
    building.adjusted(meeting)
    assert ["1 träff " in found(client, word) for word in words] == [True] * 3


def test_what_is_internal_planned_or_cancelled_is_not_found(client: Client, council: Body, meeting: Meeting) -> None:
    hidden = building.item(meeting, "kanarieintern", is_internal=True, description="kanarieintern", discussion="kanarieintern")
    building.item(meeting, "kanarieintern", parent=hidden)
    building.paper(hidden, "kanarieintern")
    building.paper(building.item(meeting), "kanarieintern", building.pdf("kanarieintern"), is_internal=True)
    building.item(builders.meeting(council), "kanarieintern")
    cancelled = building.called(council, starts_at=meeting.starts_at.replace(year=2020), ends_at=meeting.ends_at.replace(year=2020))
    building.item(cancelled, "kanarieintern")
    cancelled.cancel(by=builders.user(), note="kanarieintern")
    read_papers()
    building.adjusted(meeting)
    assert "0 träffar" in found(client, "kanarieintern")


def test_words_inside_a_paper_are_found(client: Client, meeting: Meeting) -> None:
    paper = building.paper(building.item(meeting), "Karta", building.pdf("Förteckning över gymnastiksalar i staden"))
    assert "0 träffar" in found(client, "gymnastiksal")
    read_papers()
    for q in ("gymnastiksal", "nastik"):
        text = found(client, q)
        assert paper.get_absolute_url() in text
        assert "<mark>" in text
    assert "Karta" in found(client, "karta")


def test_a_paper_is_read_once_and_again_when_its_file_is_another(meeting: Meeting) -> None:
    paper = building.paper(building.item(meeting), content=building.pdf("Ett"))
    assert [PaperText.objects.read_all(), PaperText.objects.read_all()] == [1, 0]
    other = building.paper(paper.item, content=building.pdf("Annat"))
    paper.file = other.file.name
    paper.save()
    assert PaperText.objects.read_all() == 2
    assert {row.text.strip() for row in PaperText.objects.all()} == {"Annat"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\x00" * 100, building.pdf("x")[:200]])
def test_a_broken_file_is_no_error(client: Client, meeting: Meeting, content: bytes) -> None:
    paper = building.paper(building.item(meeting), "Trasigt", content or b" ")
    read_papers()
    assert PaperText.objects.get(paper=paper).text == ""
    assert "Trasigt" in found(client, "trasigt")


def test_reading_stops_in_time_and_at_a_length(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = building.paper(building.item(meeting), content=building.pdf("ord " * 50))
    monkeypatch.setattr(reading, "LONGEST", 10)
    read_papers()
    assert len(PaperText.objects.get(paper=paper).text) == 10
    PaperText.objects.all().delete()
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    read_papers()
    assert PaperText.objects.get(paper=paper).text == ""


@pytest.mark.parametrize("q", ["", " ", "\0", "'", '"', "a", "- -", "((", "%", "x" * 10_000, "or or", ":*", "\ue000", "å", "\\"])
def test_strange_words_are_answered(client: Client, meeting: Meeting, q: str) -> None:
    building.item(meeting)
    response = client.get("/radet/sok/", {"q": q, "sida": "x"})
    assert response.status_code == 200
    assert "Sök i möten" in response.content.decode()


def test_a_search_asks_the_database_as_often_for_three_as_for_one(client: Client, council: Body, meeting: Meeting) -> None:
    def add(days: int) -> Any:
        item = building.item(building.held(council, days_ago=days), "Lokaler")
        building.paper(item, "Lokaler")

    add(20)
    with CaptureQueriesContext(connection) as one:
        found(client, "lokal")
    add(21)
    add(22)
    with CaptureQueriesContext(connection) as three:
        assert "3 träffar" in found(client, "lokal")
    assert len(three) == len(one)


def test_the_search_uses_its_indexes(meeting: Meeting) -> None:
    building.item(meeting)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    query = SearchQuery("lokal", config=SWEDISH, search_type="websearch")
    containing: dict[str, Any] = {"letters__contains": threes("lokal")}
    plans = {
        "agenda_items_by_words": AgendaItem.objects.order_by().alias(vector=IN_AGENDA.vector).filter(vector=query),
        "outcomes_by_words": AgendaItem.objects.order_by().alias(vector=IN_MINUTES.vector).filter(vector=query),
        "agenda_items_by_letters": AgendaItem.objects.order_by().alias(letters=in_threes("agenda_letters")).filter(**containing),
        "papers_by_words": PaperText.objects.filter(vector=query),
        "papers_by_letters": PaperText.objects.alias(letters=in_threes("plain")).filter(**containing),
    }
    assert [name for name, rows in plans.items() if name not in rows.explain()] == []
