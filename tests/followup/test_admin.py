"""The secretary's rounds, reports and compilations in the admin."""

from typing import Any

import pytest
from django.test import Client

from followup import compile as compiling
from followup.models import Compilation, Report, Round
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.STAFF_NEED_MFA = False


def of(round: Round, tail: str = "change") -> str:
    return f"/admin/followup/round/{round.pk}/{tail}/"


def test_a_round_is_opened_closed_and_compiled_by_buttons(secretary_client: Client) -> None:
    party = builders.affiliation().party
    round = builders.round(2026)
    page = secretary_client.get(of(round)).content.decode()
    assert "Öppna omgången" in page
    assert "Sammanställ 2026" not in page
    page = secretary_client.post(of(round, "oppna"), follow=True).content.decode()
    assert "1 part kan nu rapportera" in page
    assert party.name in page
    assert secretary_client.post(of(round, "sammanstall"), follow=True).redirect_chain[0][0].endswith("/change/")
    assert Compilation.objects.get().round == round
    secretary_client.post(of(round, "avsluta"))
    round.refresh_from_db()
    assert round.status == "closed"


def test_the_round_shows_who_has_reported(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report)
    page = secretary_client.get(of(year.round)).content.decode()
    assert "Har rapporterat (1)" in " ".join(page.split())
    assert "Ännu ej inkommet (1)" in " ".join(page.split())
    assert f"/admin/followup/report/{year.report.pk}/change/" in page
    assert f"/admin/followup/report/{year.office_report.pk}/change/" in page


def test_a_step_that_is_no_longer_possible_is_told(year: Year, secretary_client: Client) -> None:
    page = secretary_client.post(of(year.round, "oppna"), follow=True).content.decode()
    assert "Det går inte längre" in page
    page = secretary_client.post(of(builders.round(2027), "sammanstall"), follow=True).content.decode()
    assert "Omgången har inte öppnat än" in page


@pytest.mark.parametrize("verb", ["oppna", "avsluta", "sammanstall"])
def test_verbs_refuse_get_and_strangers(verb: str, year: Year, secretary_client: Client, outsider_client: Client, sign_in: Any) -> None:
    assert secretary_client.get(of(year.round, verb)).status_code == 405
    assert outsider_client.post(of(year.round, verb)).status_code == 302
    staff_without_rights = sign_in(User.objects.create_user("ny@example.org", is_staff=True))
    assert staff_without_rights.post(of(year.round, verb)).status_code == 403
    year.round.refresh_from_db()
    assert year.round.status == "open"
    assert not Compilation.objects.exists()


def test_a_draft_is_the_partys_own(year: Year, secretary_client: Client) -> None:
    year.fill(year.report, done="Hemligt utkast")
    listed = secretary_client.get("/admin/followup/report/").content.decode()
    assert "Ännu ej inkommet" in listed
    assert "Hemligt utkast" not in listed
    response = secretary_client.get(f"/admin/followup/report/{year.report.pk}/change/")
    assert "Ännu ej inkommet" in response.content.decode()
    assert "Hemligt utkast" not in response.content.decode()
    assert "Hemligt utkast" not in secretary_client.get(of(year.round)).content.decode()
    assert secretary_client.get(f"/admin/followup/report/{year.report.pk}/history/").status_code == 404


def test_a_report_that_is_in_is_read_and_not_written(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report, done="Det här gjorde vi")
    url = f"/admin/followup/report/{year.report.pk}/"
    assert "Det här gjorde vi" in secretary_client.get(f"{url}change/").content.decode()
    assert secretary_client.post(f"{url}delete/").status_code == 403
    assert secretary_client.get("/admin/followup/report/add/").status_code == 403


def test_the_compilation_shows_its_bar_its_error_and_its_book(year: Year, secretary: User, secretary_client: Client) -> None:
    compilation = Compilation.request(year.round, by=secretary)
    url = f"/admin/followup/compilation/{compilation.pk}/change/"
    compilation.start()
    compilation.tell("Sätter sidorna", 30)
    response = secretary_client.get(url)
    assert 'value="30"' in response.content.decode()
    assert "Sätter sidorna" in response.content.decode()
    assert response["Refresh"] == "2"
    compilation.fail("Skrivaren är slut")
    response = secretary_client.get(url)
    assert "Skrivaren är slut" in response.content.decode()
    assert "Refresh" not in response
    assert secretary_client.post(f"/admin/followup/compilation/{compilation.pk}/delete/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_published_compilation_links_to_the_book(year: Year, secretary: User, secretary_client: Client) -> None:
    compilation = Compilation.request(year.round, by=secretary)
    compiling.compile_book(compilation)
    page = secretary_client.get(f"/admin/followup/compilation/{compilation.pk}/change/").content.decode()
    assert 'href="/uppfoljning/2026/rapport.pdf?utgava=1"' in page


@pytest.mark.parametrize("address", ["/admin/followup/report/", "/admin/followup/round/", "/admin/followup/compilation/"])
def test_lists_ask_as_often_whatever_the_number(address: str, secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (1, 3, 300):
        while Report.objects.count() < rows:
            report = builders.report()
            Compilation.objects.create(round=report.round, revision=1)
        with django_assert_max_num_queries(40) as queries:
            assert secretary_client.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


def test_a_rounds_page_asks_as_often_whatever_the_number(year: Year, secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (3, 5, 302):
        while year.round.reports.count() < rows:
            report = builders.report(builders.affiliation().party, year.round)
            if report.pk % 2:
                then = "2026-10-01T12:00:00Z"
                Report.objects.filter(pk=report.pk).update(status="submitted", submitted_at=then, first_submitted_at=then)
        with django_assert_max_num_queries(40) as queries:
            secretary_client.get(of(year.round))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]
