"""What a party keeps from the public is nowhere but in its own report; what may be quoted is asked for."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from followup import snapshot
from followup.datafiles import as_csv, as_json
from followup.models import Answer, Compilation
from followup.sheets import Part
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db
SECRET = "Vi hemlighåller grannfejden"


@pytest.fixture
def kept(year: Year) -> Year:
    """A report with a private answer in words, a private choice, and one about the year."""
    year.report.answer(year.both, private=["done"], quoted=["example"], progress="well_under_way", done=SECRET, example="Vi delar nycklar")
    year.report.answer(year.sector, private=["progress"], progress="not_started", done="Öppna ord")
    year.report.answer(None, private=["subject"], subject=f"{SECRET} i år", consultation="better")
    return year


def test_preview_shows_exactly_what_becomes_public(kept: Year, client: Client) -> None:
    preview = kept.browser.get(kept.url("visning/"))
    assert SECRET not in preview.content.decode()
    assert "3 svar läser bara Idékom" in preview.content.decode()
    before = preview.context["parts"]
    kept.report.submit(by=kept.person)
    taken = snapshot.take(kept.round)
    now = {"published_at": timezone.now(), "taken_at": timezone.now()}
    Compilation.objects.create(round=kept.round, revision=1, status="published", sha256="0" * 64, snapshot=taken, **now)
    public = client.get(f"/anslutna/{kept.organisation.slug}/uppfoljning/2026/")

    def said(parts: list[Part]) -> list[tuple[int | None, str, str]]:
        return [(part.number, line.key, line.said) for part in parts for line in part.answered]

    assert said(before) == said(public.context["parts"]) != []
    assert SECRET not in public.content.decode()
    for shown in ("Vi delar nycklar", "Öppna ord", "På god väg", "Bättre"):
        assert shown in public.content.decode()
    assert "Inte påbörjat" not in public.content.decode()


def test_private_answers_are_in_no_data(kept: Year) -> None:
    kept.report.submit(by=kept.person)
    taken = snapshot.take(kept.round)
    files = [json.dumps(taken, ensure_ascii=False), as_csv(taken).decode(), as_json(taken).decode()]
    assert [SECRET in file for file in files] == [False] * 3
    assert ["Öppna ord" in file for file in files] == [True] * 3
    answers = [answer for party in taken["parties"] for answer in party["answers"]]
    assert "not_started" not in {answer["choice"] for answer in answers}
    assert all("is_private" not in answer for answer in answers)


def test_the_party_itself_reads_everything(kept: Year) -> None:
    for tail in ("", "granska/"):
        page = kept.browser.get(kept.url(tail)).content.decode()
        assert (SECRET in page) == (tail == "granska/")
    kept.report.submit(by=kept.person)
    receipt = kept.browser.get(kept.url("kvitto/")).content.decode()
    assert SECRET in receipt
    assert (receipt.count("Bara Idékom läser"), receipt.count("Får citeras")) == (3, 1)


def test_private_and_quotable_are_chosen_on_the_page(year: Year) -> None:
    url = year.url(f"ataganden/{year.both.number}/")
    year.browser.post(url, {"progress": "done", "done": SECRET, "example": "Nycklar", "quote_example": "on", "private": ["done", "progress"]})
    flags = Answer.objects.order_by("question__number").values_list("question__key", "is_private", "may_be_quoted")
    assert list(flags) == [("progress", True, False), ("done", True, False), ("example", False, True)]
    year.browser.post(url, {"progress": "done", "done": SECRET, "example": "Nycklar"})
    assert not Answer.objects.exclude(is_private=False, may_be_quoted=False).exists()


def test_what_is_private_and_quoted_at_once_is_told_beside_the_field(year: Year) -> None:
    url = year.url(f"ataganden/{year.both.number}/")
    response = year.browser.post(url, {"progress": "done", "example": "Nycklar", "quote_example": "on", "private": ["example"]})
    assert response.status_code == 200
    assert response.context["form"].errors == {"quote_example": ["Det som bara Idékom får läsa kan inte citeras. Ta bort ett av kryssen."]}
    page = response.content.decode()
    beside = page.split('id="div_id_quote_example"')[1].split('id="div_id_', 1)[0]
    assert "Det som bara Idékom får läsa kan inte citeras." in beside
    assert "Nycklar</textarea>" in page
    assert Answer.objects.count() == 0


def test_the_page_on_how_far_it_has_come_leaves_privacy_as_it_is(kept: Year) -> None:
    kept.browser.post(kept.url("laget/"), {f"progress-{kept.both.number}": "done", f"progress-{kept.sector.number}": "started"})
    progress = kept.report.answers.filter(question__key="progress").order_by("commitment__number").values_list("choice", "is_private")
    assert list(progress) == [("done", False), ("started", True)]


@pytest.mark.parametrize("posted", [{"private": ["nonsense"]}, {"quote_done": "on"}, {"quote_progress": "on"}])
def test_nothing_else_can_be_quoted_or_kept(posted: dict[str, list[str] | str], year: Year) -> None:
    year.browser.post(year.url(f"ataganden/{year.both.number}/"), {"progress": "done", "done": "Ord", **posted})
    assert not Answer.objects.exclude(is_private=False, may_be_quoted=False).exists()
