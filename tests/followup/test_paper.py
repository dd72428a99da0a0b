"""The paper form, and what came on paper typed in by the secretary."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from agreement.models import Representative, Side
from followup import paper
from followup.models import Answer, Report, Round, Transcript
from followup.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders, pdf_rules
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.STAFF_NEED_MFA = False


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def of(report: Report, tail: str = "") -> str:
    return f"/admin/followup/report/{report.pk}/papper/{tail}"


def shown(client: Client, url: str, posted: dict[str, Any] | None = None) -> str:
    response = client.get(url, follow=True) if posted is None else client.post(url, posted, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def filled(year: Year, **changes: str) -> dict[str, str]:
    """A sheet with what must be answered, and a little more."""
    both, sector = (f"atagande-{commitment.number}" for commitment in (year.both, year.sector))
    told = {f"{both}-progress": "done", f"{both}-done": "Från pappret.", f"{both}-private": "done", f"{sector}-progress": "no_opinion"}
    return {"seen": "", "arrived_on": str(today()), "aret-consultation": "better", **told, **changes}


def test_form_asks_the_partys_questions_and_no_others(year: Year) -> None:
    form, office = words(paper.form(year.report)), words(paper.form(year.office_report))
    for asked in (
        f"{year.both.number}. {year.both.title}",
        "Vad har varit i vägen?",
        "Samråd som börjar tidigt",
        "Genomfört eller löpande",
        "Ingen åsikt",
    ):
        assert asked in form
        assert asked in office
    assert [year.sector.title in form, year.city.title in form, "Bidragen" in form] == [True, False, True]
    assert [year.sector.title in office, year.city.title in office, "Bidragen" in office] == [False, True, False]
    assert "Föreningen Ljuset" in form
    assert form.count("Har ni ett exempel att sprida? får citeras") == 2
    assert "idekom@" in form


def test_form_conforms(year: Year, tmp_path: Path) -> None:
    year.submitted(builders.report(year.organisation, builders.round(2025)), done="Vi möttes.")
    for number, form in enumerate((paper.form(year.report), paper.blank(year.round, Side.CIVIL_SOCIETY))):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(form)
        assert [pdf_rules.broken(file, rules) for rules in ("ua1", "3a")] == [{}, {}]


def test_form_reminds_of_last_year(year: Year) -> None:
    assert "svarade ni" not in words(paper.form(year.report))
    year.submitted(builders.report(year.organisation, builders.round(2025)), done="Vi möttes. " * 50, progress="started")
    form = words(paper.form(year.report))
    assert "2025 svarade ni: Påbörjat" in form
    assert "2025 svarade ni: Vi möttes. Vi möttes." in form
    assert form.count("Vi möttes.") < 2 * 16


def test_form_of_a_side_bears_no_name_and_is_the_same_bytes_each_time(year: Year) -> None:
    blank = paper.blank(year.round, Side.CITY)
    paper._rendered.cache_clear()
    assert blank == paper.blank(year.round, Side.CITY)
    assert "Er organisation" in words(blank)
    assert year.city.title in words(blank)


def test_form_is_fetched_by_whoever_acts_for_the_party(year: Year, sign_in: Any, outsider_client: Client, client: Client) -> None:
    reader = sign_in(builders.representative(year.organisation, role=Representative.Role.READER).user)
    for browser in (year.browser, reader):
        response = browser.get(year.url("blankett.pdf"))
        assert response["Content-Type"] == "application/pdf"
        assert f"blankett-2026-{year.organisation.slug}.pdf" in response["Content-Disposition"]
        assert "Föreningen Ljuset" in words(response.content)
    assert outsider_client.get(year.url("blankett.pdf")).status_code == 404
    assert client.get(year.url("blankett.pdf")).url.startswith("/konto/login/")  # type: ignore[attr-defined]
    assert year.browser.post(year.url("blankett.pdf")).status_code == 405


def test_form_of_a_side_is_for_everybody_once_the_round_has_opened(year: Year, client: Client) -> None:
    for side, title in (("staden", year.city.title), ("civilsamhallet", year.sector.title)):
        assert title in words(client.get(f"/uppfoljning/2026/blankett-{side}.pdf").content)
    builders.round(2027)
    assert client.get("/uppfoljning/2027/blankett-staden.pdf").status_code == 404
    assert client.get("/uppfoljning/2026/blankett-ingen.pdf").status_code == 404


def test_office_fetches_the_form(year: Year, secretary_client: Client) -> None:
    assert "Föreningen Ljuset" in words(secretary_client.get(f"/admin/followup/report/{year.report.pk}/blankett.pdf").content)


def test_paper_is_typed_in_and_handed_in_as_it_came(year: Year, secretary: User, secretary_client: Client, mailoutbox: Any) -> None:
    Round.objects.update(opens_on=today() - timedelta(days=9))
    day = today() - timedelta(days=3)
    page = shown(secretary_client, of(year.report, "lamna-in/"), filled(year, arrived_on=str(day)))
    assert "Rapporten är inlämnad" in page
    assert "Inskriven från papper av Kansliet" in page
    version = year.report.versions.get()
    assert (version.is_typed_in, version.submitted_by, timezone.localdate(version.submitted_at)) == (True, secretary, day)
    told = {(one["commitment"], one["question"]): (one["choice"] or one["words"], one["is_private"]) for one in version.content}
    both, sector = year.both.number, year.sector.number
    assert told == {
        (both, "progress"): ("done", False), (both, "done"): ("Från pappret.", True), (sector, "progress"): ("no_opinion", False),
        (None, "consultation"): ("better", False),
    }  # fmt: skip
    deliver_mail()
    assert {mail.to[0] for mail in mailoutbox} == {secretary.email, year.person.email}
    assert all("Inskriven från papper av Kansliet" in mail.body for mail in mailoutbox)
    assert "Inskriven från papper av Kansliet" in shown(year.browser, year.url("kvitto/"))


def test_sheet_is_saved_on_the_way_and_only_the_office_sees_it(year: Year, secretary_client: Client) -> None:
    both = f"atagande-{year.both.number}"
    page = shown(secretary_client, of(year.report), {"seen": "", "arrived_on": "", f"{both}-done": "Halvvägs\r\nnere"})
    assert "är sparat" in page
    assert "Halvvägs nere</textarea>" in page
    assert Transcript.objects.get().content[0]["words"] == "Halvvägs\nnere"
    assert year.report.status == "draft"
    assert not Answer.objects.exists()
    assert "Halvvägs" not in shown(year.browser, year.url())
    assert "En blankett håller på att skrivas in" in shown(secretary_client, f"/admin/followup/report/{year.report.pk}/change/")
    shown(secretary_client, of(year.report, "kasta/"), {"x": "1"})
    assert not Transcript.objects.exists()


def test_what_is_typed_in_can_be_forgotten_when_the_party_was_first(year: Year, secretary_client: Client) -> None:
    shown(secretary_client, of(year.report), {"seen": "", "arrived_on": ""})
    year.submitted(year.report)
    page = shown(secretary_client, f"/admin/followup/report/{year.report.pk}/change/")
    assert "kan inte lämnas in nu" in page
    assert "Ta bort det som är inskrivet" in page
    assert "borttaget" in shown(secretary_client, of(year.report, "kasta/"), {"x": "1"})
    assert not Transcript.objects.exists()


def test_handing_in_twice_is_one_version(year: Year, secretary_client: Client) -> None:
    shown(secretary_client, of(year.report, "lamna-in/"), filled(year))
    assert "den har kommit in redan" in shown(secretary_client, of(year.report, "lamna-in/"), filled(year))
    assert year.report.versions.count() == 1
    assert year.report.events.count() == 1


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(year: Year, secretary_client: Client) -> None:
    both, sector = (f"atagande-{commitment.number}" for commitment in (year.both, year.sector))
    wrong = {f"{both}-done": "a" * 3001, f"{sector}-progress": "", "arrived_on": "i går", f"{both}-plan": "Det här finns kvar"}
    page = shown(secretary_client, of(year.report, "lamna-in/"), filled(year, **wrong))
    assert "Det finns 3 saker att rätta" in page
    assert "Korta texten till högst 3000 tecken. Nu är den 3001 tecken." in page
    assert f'id="id_{sector}-progress_error"' in page
    assert "Skriv dagen som år, månad och dag" in page
    assert "Det här finns kvar</textarea>" in page
    assert "a" * 3001 in page
    assert year.report.status == "draft"


@pytest.mark.parametrize(
    ("days", "told"), [(1, "Dagen har inte varit än."), (-400, "Skriv en dag som inte är tidigare än"), (None, "Skriv vilken dag blanketten kom.")]
)
def test_day_must_be_possible(days: int | None, told: str, year: Year, secretary_client: Client) -> None:
    day = "" if days is None else str(today() + timedelta(days=days))
    assert told in shown(secretary_client, of(year.report, "lamna-in/"), filled(year, arrived_on=day))
    assert not year.report.versions.exists()


def test_partys_own_draft_is_not_shown_and_goes_only_when_told_so(year: Year, secretary_client: Client) -> None:
    year.fill(year.report, done="Hemligt utkast")
    page = shown(secretary_client, of(year.report))
    assert "Parten har börjat fylla i rapporten på webben." in page
    assert "Hemligt utkast" not in page
    refused = shown(secretary_client, of(year.report, "lamna-in/"), filled(year))
    assert "Kryssa här om blanketten ska gälla" in refused
    assert "Hemligt utkast" not in refused
    assert Answer.objects.get(commitment=year.both, question__key="done").words == "Hemligt utkast"
    shown(secretary_client, of(year.report, "lamna-in/"), filled(year, replaces="on"))
    assert "Hemligt utkast" not in str(year.report.versions.get().content)
    assert Answer.objects.get(commitment=year.both, question__key="done").words == "Från pappret."


def test_reopened_report_begins_with_what_was_handed_in(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report, done="Det inlämnade")
    year.report.reopen(by=year.person)
    page = shown(secretary_client, of(year.report))
    assert "Det inlämnade</textarea>" in page
    assert "replaces" not in page
    year.fill(year.report, done="Hemligt utkast")
    page = shown(secretary_client, of(year.report))
    assert "Hemligt utkast" not in page
    assert 'name="replaces"' in page
    shown(secretary_client, of(year.report, "lamna-in/"), filled(year, replaces="on"))
    assert [version.is_typed_in for version in year.report.versions.order_by("number")] == [False, True]


def test_nobody_overwrites_what_a_colleague_has_saved(year: Year, secretary_client: Client) -> None:
    both = f"atagande-{year.both.number}-done"
    shown(secretary_client, of(year.report), {"seen": "", both: "Kollegans"})
    for tail in ("", "lamna-in/"):
        page = shown(secretary_client, of(year.report, tail), filled(year))
        assert "Någon annan har sparat i samma blankett" in page
        assert "Från pappret.</textarea>" in page
    assert Transcript.objects.get().content[0]["words"] == "Kollegans"
    shown(secretary_client, of(year.report, "lamna-in/"), filled(year, seen=Transcript.objects.get().seen))
    assert not Transcript.objects.exists()
    assert year.report.versions.count() == 1


@pytest.mark.parametrize("when", ["in", "closed"])
def test_typing_in_needs_an_open_round_and_a_report_that_has_not_come(when: str, year: Year, secretary: User, secretary_client: Client) -> None:
    if when == "in":
        year.submitted(year.report)
    else:
        year.round.close(by=secretary)
    for tail in ("", "lamna-in/"):
        assert "Rapporten kan inte skrivas in" in shown(secretary_client, of(year.report, tail), filled(year))
    assert "Rapporten kan inte skrivas in" in shown(secretary_client, of(year.report))
    assert not year.report.versions.filter(is_typed_in=True).exists()
    assert not Transcript.objects.exists()


@pytest.mark.parametrize("bad", ["a\0b", "\ud800", "x" * 10_000, "-1", "99999999999999999999"])
def test_whatever_is_typed_is_no_error_of_ours(bad: str, year: Year, secretary_client: Client) -> None:
    both = f"atagande-{year.both.number}"
    names = [f"{both}-progress", f"{both}-done", f"{both}-private", "aret-consultation", "aret-subject", "arrived_on", "replaces"]
    for name in names:
        for tail in ("", "lamna-in/"):
            body = filled(year, **{name: bad.encode("utf-8", "replace").decode()})
            assert secretary_client.post(of(year.report, tail), body).status_code in {200, 302}


def test_page_asks_as_often_whatever_the_number(year: Year, secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (2, 4, 9):
        while year.report.commitments.count() < rows:
            builders.commitment()
        with django_assert_max_num_queries(40) as queries:
            shown(secretary_client, of(year.report))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]
