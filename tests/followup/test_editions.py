"""The editions of a year's book as everybody sees them, and what the office does with them."""

import json
from typing import Any

import pytest
from django.test import Client

from followup import compile as compiling
from followup.models import Compilation
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db(transaction=True)
FILES = ["rapport.pdf", "rapport.csv", "rapport.json"]


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.STAFF_NEED_MFA = False


def made(year: Year, secretary: User, **options: Any) -> Compilation:
    """An edition of the year as it stands."""
    compilation = Compilation.request(year.round, by=secretary, **options)
    compiling.compile_book(compilation)
    compilation.refresh_from_db()
    return compilation


@pytest.fixture
def editions(year: Year, secretary: User) -> list[Compilation]:
    """Two: another party has reported between them."""
    year.submitted(year.report)
    first = made(year, secretary)
    year.fill(year.office_report).submit(by=year.person)
    return [first, made(year, secretary)]


def of(compilation: Compilation, tail: str = "change/") -> str:
    return f"/admin/followup/compilation/{compilation.pk}/{tail}"


def content(client: Client, path: str) -> bytes:
    return b"".join(client.get(path))


def test_the_second_edition_keeps_the_first(editions: list[Compilation], client: Client) -> None:
    first, second = editions
    assert first.sha256 != second.sha256
    assert content(client, "/uppfoljning/2026/rapport.pdf") == second.file.read_bytes()
    assert content(client, "/uppfoljning/2026/rapport.pdf?utgava=1") == first.file.read_bytes()
    assert content(client, "/uppfoljning/2026/rapport.pdf?utgava=2") == second.file.read_bytes()
    assert json.loads(client.get("/uppfoljning/2026/rapport.json?utgava=1").content) == first.snapshot
    assert client.get("/uppfoljning/2026/rapport.csv?utgava=1").content != client.get("/uppfoljning/2026/rapport.csv").content
    name = client.get("/uppfoljning/2026/rapport.csv?utgava=1")["Content-Disposition"]
    assert name == 'attachment; filename="idekom-uppfoljning-2026-utgava-1.csv"'


def test_each_edition_is_known_by_its_own_mark(editions: list[Compilation], client: Client) -> None:
    for file in FILES:
        newest, first = client.get(f"/uppfoljning/2026/{file}")["ETag"], client.get(f"/uppfoljning/2026/{file}?utgava=1")["ETag"]
        assert newest != first
        assert client.get(f"/uppfoljning/2026/{file}?utgava=1", headers={"If-None-Match": first}).status_code == 304
        assert client.get(f"/uppfoljning/2026/{file}?utgava=1", headers={"If-None-Match": newest}).status_code == 200


def test_earlier_editions_are_listed_with_day_and_checksum(editions: list[Compilation], client: Client) -> None:
    page = " ".join(client.get("/uppfoljning/2026/").content.decode().split())
    assert "Tidigare utgåvor (1)" in page
    assert editions[0].sha256 in page
    assert editions[1].sha256 not in page
    assert all(f'href="/uppfoljning/2026/{file}?utgava=1"' in page for file in FILES)


@pytest.mark.parametrize("number", ["0", "3", "99999", "999999999999", "-1", "1.0", "x", "", "١", "1%00", "%F0%9D%9F%AD"])
def test_a_wrong_number_is_not_found(number: str, editions: list[Compilation], client: Client) -> None:
    assert {client.get(f"/uppfoljning/2026/{file}?utgava={number}").status_code for file in FILES} == {404}


def test_what_is_taken_back_only_the_office_reads(editions: list[Compilation], secretary: User, client: Client, secretary_client: Client) -> None:
    first, second = editions
    second.unpublish(by=secretary, reason="Fel siffra.")
    assert {client.get(f"/uppfoljning/2026/{file}?utgava=2").status_code for file in FILES} == {404}
    assert content(client, "/uppfoljning/2026/rapport.pdf") == first.file.read_bytes()
    assert "Tidigare utgåvor" not in client.get("/uppfoljning/2026/").content.decode()
    assert content(secretary_client, of(second, "boken.pdf")) == second.file.read_bytes()
    first.unpublish(by=secretary, reason="Också fel.")
    assert client.get("/uppfoljning/2026/rapport.pdf").status_code == 404
    page = client.get("/uppfoljning/2026/").content.decode()
    assert "Boken är tillbakatagen" in page
    assert "Fel siffra" not in page


def test_the_page_of_the_year_asks_as_often_whatever_the_number(year: Year, client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (2, 4, 40):
        while year.round.compilations.count() < rows:
            out = {"status": "published", "sha256": "0" * 64, "published_at": "2026-01-01T00:00Z", "taken_at": "2026-01-01T00:00Z"}
            Compilation.objects.create(round=year.round, revision=year.round.compilations.count() + 1, **out)
        with django_assert_max_num_queries(30) as queries:
            client.get("/uppfoljning/2026/")
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


def test_the_office_looks_first_and_then_publishes(year: Year, secretary_client: Client, client: Client) -> None:
    year.submitted(year.report)
    round_page = f"/admin/followup/round/{year.round.pk}/"
    assert "Sammanställ och titta först" in secretary_client.get(f"{round_page}change/").content.decode()
    secretary_client.post(f"{round_page}sammanstall/", {"titta": "ja"})
    compilation = Compilation.objects.get()
    assert "Boken publiceras inte förrän ni har tittat på den." in secretary_client.get(of(compilation)).content.decode()
    compiling.compile_book(compilation)
    page = secretary_client.get(of(compilation)).content.decode()
    assert f'href="{of(compilation, "boken.pdf")}"' in page
    assert f'action="{of(compilation, "publicera/")}"' in page
    assert client.get("/uppfoljning/2026/rapport.pdf").status_code == 404
    assert content(secretary_client, of(compilation, "boken.pdf"))[:5] == b"%PDF-"
    page = secretary_client.post(of(compilation, "publicera/"), follow=True).content.decode()
    assert "Utgåvan är publicerad." in page
    assert client.get("/uppfoljning/2026/rapport.pdf").status_code == 200
    page = secretary_client.post(of(compilation, "publicera/"), follow=True).content.decode()
    assert "Det går inte längre" in page
    assert compilation.events.filter(action="publish").count() == 1


def test_the_office_cancels(year: Year, secretary_client: Client) -> None:
    secretary_client.post(f"/admin/followup/round/{year.round.pk}/sammanstall/")
    compilation = Compilation.objects.get()
    assert "Avbryt sammanställningen" in secretary_client.get(of(compilation)).content.decode()
    response = secretary_client.post(of(compilation, "avbryt/"), follow=True)
    assert "Sammanställningen är avbruten." in response.content.decode()
    assert "Refresh" not in response
    assert "Det går inte längre" in secretary_client.post(of(compilation, "avbryt/"), follow=True).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Skriv varför"), (" \n ", "Skriv varför"), ("x" * 501, "högst 500 tecken. Nu är det 501"), ("\x00", "Skriv varför")],
)
def test_taking_back_needs_a_reason(typed: str, told: str, editions: list[Compilation], secretary_client: Client) -> None:
    page = secretary_client.post(of(editions[1], "ta-tillbaka/"), {"reason": typed}).content.decode()
    assert told in page
    editions[1].refresh_from_db()
    assert editions[1].status == "published"


def test_the_office_takes_back_and_sees_why(editions: list[Compilation], secretary_client: Client) -> None:
    page = secretary_client.post(of(editions[1], "ta-tillbaka/"), {"reason": "Fel siffra <b>4</b>."}, follow=True).content.decode()
    assert "Utgåvan är tillbakatagen." in page
    assert "Fel siffra &lt;b&gt;4&lt;/b&gt;." in page
    assert "Utgåva 1" in page


@pytest.mark.parametrize("verb", ["avbryt/", "publicera/", "ta-tillbaka/"])
def test_verbs_refuse_get_and_strangers(verb: str, year: Year, secretary: User, secretary_client: Client, sign_in: Any) -> None:
    compilation = Compilation.request(year.round, by=secretary)
    assert secretary_client.get(of(compilation, verb)).status_code == 405
    assert sign_in(builders.user()).post(of(compilation, verb)).status_code == 302
    assert sign_in(User.objects.create_user("ny@example.org", is_staff=True)).post(of(compilation, verb)).status_code == 403
    from_elsewhere = Client(enforce_csrf_checks=True)
    from_elsewhere.force_login(secretary, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert from_elsewhere.post(of(compilation, verb), {"reason": "x"}).status_code == 403
    compilation.refresh_from_db()
    assert compilation.status == "queued"


def test_the_file_of_what_is_not_made_is_not_found(year: Year, secretary: User, secretary_client: Client, outsider_client: Client) -> None:
    compilation = Compilation.request(year.round, by=secretary)
    assert secretary_client.get(of(compilation, "boken.pdf")).status_code == 404
    assert outsider_client.get(of(compilation, "boken.pdf")).status_code == 302
