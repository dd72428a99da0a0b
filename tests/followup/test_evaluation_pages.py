"""The public pages of an evaluation: what a draft and a final one show, comments on a draft, and the marks beside the parties' own view."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from followup import compile as compiling
from followup.beside import beside
from followup.models import CommitmentMark, Compilation, EvaluationComment, LedgerEntry, Recommendation
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db
ADDRESSES = ["/utvardering/2024/", "/utvardering/2024/synpunkter/", "/utvardering/2024/synpunkter/tack/", "/utvardering/2024/paket.zip"]
MARK = {"completion": "limited", "effect": "marginal", "reasons": "Vi såg det."}


def test_evaluation_that_is_being_written_is_nobodys_yet(client: Client) -> None:
    builders.recommendation()
    assert {client.get(address).status_code for address in ADDRESSES} == {404}
    assert "Skrivs nu" in client.get("/utvardering/").content.decode()


def test_draft_is_labelled_and_leads_to_the_comments(client: Client) -> None:
    builders.opened()
    page = client.get("/utvardering/2024/").content.decode()
    assert "Det här är ett utkast" in page
    assert 'href="/utvardering/2024/synpunkter/"' in page
    assert "Få känner till överenskommelsen" in page


def test_final_evaluation_shows_the_answer_and_that_it_is_done(client: Client, secretary: User) -> None:
    builders.final()
    one = Recommendation.objects.get()
    LedgerEntry.answer(one, reply="partly", text="Vi börjar i vår.", by_whom="Nämnden, § 9", on=today(), by=secretary)
    LedgerEntry.done(one, text="Alla har fått ett brev.", on=today(), by=secretary)
    page = client.get("/utvardering/2024/").content.decode()
    assert "Det här är ett utkast" not in page
    for text in ("Rekommendation 1.1", "Staden", "Delvis, Nämnden, § 9", "Vi börjar i vår.", "Alla har fått ett brev.", "Gjort"):
        assert text in page
    assert "1 av 1 rekommendation är gjord. 1 har fått svar, 1 av dem Ja eller Delvis." in " ".join(page.split())
    assert secretary.email not in page


def test_comment_waits_for_the_secretariat_and_is_then_shown(client: Client, secretary: User) -> None:
    builders.opened()
    response = client.post("/utvardering/2024/synpunkter/", {"text": "Skriv mer om <b>bidragen</b>.", "name": "Föreningen Ljuset"})
    assert response["Location"] == "/utvardering/2024/synpunkter/tack/"
    assert "bidragen" not in client.get("/utvardering/2024/").content.decode()
    EvaluationComment.objects.get().show(by=secretary)
    page = client.get("/utvardering/2024/").content.decode()
    assert "Skriv mer om &lt;b&gt;bidragen&lt;/b&gt;." in page
    assert "Föreningen Ljuset" in page


def test_comment_without_words_is_told_what_is_missing(client: Client) -> None:
    builders.opened()
    page = client.post("/utvardering/2024/synpunkter/", {"text": " ", "name": "Föreningen Ljuset"}).content.decode()
    assert "Skriv vad ni vill säga om utkastet." in page
    assert 'value="Föreningen Ljuset"' in page


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "x" * 10_000], ids=["nul", "surrogate", "long"])
def test_no_comment_breaks_the_page(client: Client, bad: str) -> None:
    builders.opened()
    told = urlencode({"text": bad, "name": bad}, errors="surrogatepass")
    assert client.post("/utvardering/2024/synpunkter/", told, content_type="application/x-www-form-urlencoded").status_code in {200, 302}


def test_closed_page_says_so_and_keeps_what_was_typed(client: Client) -> None:
    builders.final()
    response = client.post("/utvardering/2024/synpunkter/", {"text": "För sent sagt."})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Utvärderingen är slutlig och tar inte emot fler synpunkter." in page
    assert "För sent sagt." in page
    assert EvaluationComment.objects.count() == 0


def test_days_around_the_comments_are_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.opened(days=3)
    for days, text in ((-5, "Synpunkter tas emot från den"), (9, "Tiden för synpunkter gick ut den")):
        monkeypatch.setattr("followup.views.evaluation.today", lambda days=days: today() + timedelta(days=days))
        assert text in client.get("/utvardering/2024/synpunkter/").content.decode()


def test_many_comments_from_one_address_are_stopped(client: Client) -> None:
    builders.opened()
    answers = [client.post("/utvardering/2024/synpunkter/", {"text": f"Nummer {number}."}).status_code for number in range(11)]
    assert (answers[9], answers[10], EvaluationComment.objects.count()) == (302, 429, 10)


def test_marks_stand_beside_the_parties_own_view(transactional_db: None, year: Year, secretary: User, client: Client) -> None:
    year.submitted(year.report, progress="done")
    for commitment in year.office_report.commitments:
        year.office_report.answer(commitment, progress="no_opinion")
    year.office_report.submit(by=secretary)
    compilation = Compilation.request(year.round, by=secretary)
    compiling.compile_book(compilation)
    evaluation = builders.evaluation(2026)
    CommitmentMark.give(evaluation, year.both, day=today(), **MARK)
    (row, *_others) = beside(evaluation)
    assert [(of, own.ahead if own else None) for of, own in row.years] == [(2023, None), (2024, None), (2025, None), (2026, 1)]
    assert row.latest is not None
    assert (row.latest.opinions, row.latest.no_opinion, row.latest.share) == (1, 1, "100 %")
    assert [(column.is_marked, [bar.count for bar in column.bars]) for column in row.columns] == [
        (False, [0, 0]),
        (True, [0, 0]),
        (False, [0, 0]),
        (False, [0, 1]),
    ]
    builders.opened(evaluation)
    page = " ".join(client.get("/utvardering/2026/").content.decode().split())
    assert "2026: 100 % (1 av 1), 1 ingen åsikt" in page
    assert "År utan publicerad bok: 2023, 2024, 2025." in page
    assert "Utvärderaren: Genomfört till en liten del.</desc>" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_often_whatever_the_number(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    evaluation = builders.evaluation()
    for _number in range(rows):
        finding = builders.finding(evaluation, commitment=builders.commitment())
        builders.recommendation(finding)
        assert finding.commitment
        CommitmentMark.give(evaluation, finding.commitment, day=today(), **MARK)
    builders.opened(evaluation)
    with django_assert_num_queries(8):
        client.get("/utvardering/2024/")
    with django_assert_num_queries(3):
        client.get("/utvardering/")


def test_public_pages_set_no_cookie_and_are_only_read(client: Client) -> None:
    builders.opened()
    for address in ("/utvardering/", ADDRESSES[0], ADDRESSES[2], ADDRESSES[3]):
        assert not client.get(address).cookies
        assert client.post(address).status_code == 405
