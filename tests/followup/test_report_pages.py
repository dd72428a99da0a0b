"""The pages on which a party reports: works, wrong state, wrong person, GET refused."""

from typing import Any

import pytest
from django.test import Client

from agreement.models import Representative
from followup.models import Answer, Report
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db
PAGES = ["", "granska/", "kvitto/", "lamna-in/", "laget/", "aret/", "visning/", "oppna/", "som-forut/", "sjalva/", "medlemmar/"]
WRITING = ["lamna-in/", "oppna/", "som-forut/", "sjalva/"]


def text(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def test_from_the_first_answer_to_the_receipt(year: Year) -> None:
    browser = year.browser
    page = text(browser, year.url())
    assert "0 av 2 klara" in page
    assert page.count("Ej påbörjad") == 2
    url = year.url(f"ataganden/{year.both.number}/")
    assert browser.post(url, {"progress": "started", "done": "Vi möttes.", "sedan": "nasta"}).url == year.url(f"ataganden/{year.sector.number}/")  # type: ignore[attr-defined]
    url = year.url(f"ataganden/{year.sector.number}/")
    assert browser.post(url, {"progress": "no_opinion", "sedan": "nasta"}).url == year.url("granska/")  # type: ignore[attr-defined]
    assert "2 av 2 klara" in text(browser, year.url())
    assert "Vi möttes." in text(browser, year.url("granska/"))
    assert browser.post(year.url("lamna-in/")).url == year.url("kvitto/")  # type: ignore[attr-defined]
    receipt = text(browser, year.url("kvitto/"))
    assert "Rapporten är inlämnad" in receipt
    assert year.report.digest in receipt
    assert "Vi möttes." in text(browser, year.url())


def test_text_without_a_choice_is_saved_as_begun(year: Year) -> None:
    url = year.url(f"ataganden/{year.both.number}/")
    assert year.browser.post(url, {"done": "Halvvägs", "sedan": "oversikt"}).url == year.url()  # type: ignore[attr-defined]
    page = text(year.browser, year.url())
    assert page.count("Påbörjad") == 1
    assert "0 av 2 klara" in page
    assert Answer.objects.get().words == "Halvvägs"


def test_the_review_lists_what_is_missing_and_leads_back(year: Year) -> None:
    page = text(year.browser, year.url("granska/"))
    url = year.url(f"ataganden/{year.sector.number}/?granska")
    assert "Det saknas svar" in page
    assert f'href="{url}"' in page
    assert "Lämna in rapporten" not in page
    assert year.browser.post(url, {"progress": "done"}).url == year.url("granska/")  # type: ignore[attr-defined]


def test_handing_in_with_gaps_is_told(year: Year) -> None:
    response = year.browser.post(year.url("lamna-in/"), follow=True)
    assert response.redirect_chain == [(year.url("granska/"), 302)]
    assert "Välj hur långt ni har kommit på varje åtagande." in response.content.decode()
    assert year.report.status == "draft"


def test_handing_in_twice_is_told_and_counts_once(year: Year) -> None:
    year.fill(year.report)
    year.browser.post(year.url("lamna-in/"))
    response = year.browser.post(year.url("lamna-in/"), follow=True)
    assert "Det går inte längre" in response.content.decode()
    assert year.report.events.count() == 1


def test_a_report_that_is_in_is_only_read(year: Year) -> None:
    year.submitted(year.report)
    url = year.url(f"ataganden/{year.both.number}/")
    assert year.browser.get(url).url == year.url()  # type: ignore[attr-defined]
    assert year.browser.post(url, {"progress": "done", "done": "Nytt"}).url == year.url()  # type: ignore[attr-defined]
    assert not Answer.objects.filter(words="Nytt").exists()


def test_a_statement_chosen_by_mistake_can_be_taken_back(year: Year) -> None:
    url = year.url("aret/")
    year.browser.post(url, {"consultation": "better"})
    assert Answer.objects.get(commitment=None).choice == "better"
    assert "Inget svar" in text(year.browser, url)
    year.browser.post(url, {"consultation": ""})
    assert not Answer.objects.exists()
    assert "Inget svar" not in text(year.browser, year.url("laget/"))  # how far it has come is always answered


def test_others_are_told_that_there_is_none(year: Year, outsider_client: Client, secretary_client: Client) -> None:
    tails = [*(tail for tail in PAGES if tail not in WRITING), f"ataganden/{year.both.number}/"]
    forms = {f"ataganden/{year.both.number}/": {"progress": "done"}, "laget/": {f"progress-{year.both.number}": "done"}, "aret/": {"subject": "x"}}
    for browser in (outsider_client, secretary_client):
        assert {browser.get(year.url(tail)).status_code for tail in tails} == {404}
        assert {browser.post(year.url(tail)).status_code for tail in WRITING} == {404}
        assert {browser.post(year.url(tail), typed).status_code for tail, typed in forms.items()} == {404}
    assert Answer.objects.count() == 0


def test_a_reader_looks_and_does_not_write(year: Year, sign_in: Any) -> None:
    year.fill(year.report, done="Det här gjorde vi")
    browser = sign_in(builders.representative(year.organisation, role=Representative.Role.READER).user)
    page = text(browser, year.url())
    assert "Det här gjorde vi" in page
    assert "Du kan läsa rapporten" in page
    assert browser.post(year.url("lamna-in/")).status_code == 404
    assert browser.post(year.url(f"ataganden/{year.both.number}/"), {"progress": "done"}).url == year.url()
    assert Answer.objects.get(commitment=year.both, question__key="progress").choice == "started"
    assert year.report.status == "draft"


def test_a_visitor_is_asked_to_sign_in(year: Year, client: Client) -> None:
    for tail in PAGES:
        assert client.get(year.url(tail)).url.startswith("/konto/login/?next=")  # type: ignore[attr-defined]


def test_writing_addresses_refuse_get(year: Year) -> None:
    assert {year.browser.get(year.url(tail)).status_code for tail in WRITING} == {405}
    assert {year.browser.post(year.url(tail)).status_code for tail in ("", "granska/", "visning/", "kvitto/")} == {405}


def test_a_commitment_of_the_other_side_is_not_there(year: Year) -> None:
    assert year.browser.get(year.url(f"ataganden/{year.city.number}/")).status_code == 404
    assert year.browser.get(year.url("ataganden/99999999999999999999/")).status_code == 404


def test_last_years_answer_is_shown(year: Year) -> None:
    before = builders.report(year.organisation, builders.round(2025))
    year.submitted(before, done="Förra årets ord")
    page = text(year.browser, year.url(f"ataganden/{year.both.number}/"))
    assert "Vi har fyllt i era svar från 2025" in page
    assert "Förra årets ord</textarea>" in page
    assert not Answer.objects.filter(report=year.report).exists()


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_my_pages_ask_as_often_whatever_the_number(rows: int, django_assert_num_queries: Any, sign_in: Any) -> None:
    round, person = builders.round(2026), builders.user()
    builders.commitment()
    for _ in range(rows):
        party = builders.representative(user=person).party
        builders.report(party, round)
    browser = sign_in(person)
    with django_assert_num_queries(15):
        page = text(browser, "/mina-sidor/")
    assert page.count("Rapport för 2026") == rows


def test_my_pages_say_what_is_due_and_what_was_reported(year: Year, secretary: User) -> None:
    year.submitted(builders.report(year.organisation, builders.round(2025)))
    page = text(year.browser, "/mina-sidor/")
    assert "Rapport för 2026: Föreningen Ljuset" in page
    assert "Rapport för 2025: Föreningen Ljuset" in page
    assert "0 åtaganden är klara" in page
    assert year.browser.get("/mina-sidor/rapporter/2026/").url == year.url()  # type: ignore[attr-defined]


def test_my_pages_of_somebody_without_a_party(outsider_client: Client) -> None:
    assert "Du företräder ingen part just nu" in text(outsider_client, "/mina-sidor/")
    assert Report.objects.count() == 0
