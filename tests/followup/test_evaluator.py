"""The evaluators' own pages: everything of the period to read, their text to write, nobody's private contact data."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from affiliation.models import Application
from agreement.models import Commitment
from followup import compile as compiling
from followup.models import CommitmentMark, Compilation, Evaluation, Finding, Recommendation, Report
from idekom.users.models import User
from tests import builders
from tests.conftest import browser
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """An evaluation of 2026 that is being written, and its evaluator."""

    evaluation: Evaluation
    user: User
    browser: Client
    year: Year
    commitment: Commitment

    def get(self, tail: str = "") -> str:
        """One of the evaluator's pages."""
        response = self.browser.get(f"/mina-sidor/utvardering/2026/{tail}")
        assert response.status_code == 200, tail
        return response.content.decode()

    def post(self, tail: str, **told: Any) -> Any:
        """What comes of a form."""
        return self.browser.post(f"/mina-sidor/utvardering/2026/{tail}", told)


@pytest.fixture
def desk(year: Year) -> Desk:
    """The evaluator reads a period in which one party has reported, with something kept from the public."""
    report, user = year.report, builders.user("granskare@example.org", name="Greta Granskare")
    for commitment in report.commitments:
        report.answer(commitment, private=["hindered"], progress="started", done="Vi möttes.", hindered="Ledningen svarade aldrig.")
    report.submit(by=year.person)
    evaluation = builders.evaluation(2026)
    evaluation.evaluators.add(user)
    return Desk(evaluation, user, browser(user), year, year.both)


def reads(desk: Desk) -> list[str]:
    """The tail of every page of the evaluator's."""
    return [
        "",
        "inledning/",
        "iakttagelser/ny/",
        "iakttagelser/1/",
        "iakttagelser/1/rekommendationer/ny/",
        "iakttagelser/1/rekommendationer/1/",
        f"ataganden/{desk.commitment.number}/",
        "rapporter/2026/",
        f"rapporter/2026/{desk.year.organisation.slug}/",
    ]


def test_evaluator_reads_what_is_kept_from_the_public(desk: Desk) -> None:
    assert "Rapporter för 2026" in desk.get()
    assert "Föreningen Ljuset" in desk.get("rapporter/2026/")
    page = desk.get(f"rapporter/2026/{desk.year.organisation.slug}/")
    assert "Ledningen svarade aldrig." in page
    assert "Bara Idékom läser" in page


def test_evaluator_reads_no_draft_and_no_other_years(desk: Desk) -> None:
    builders.report(desk.year.organisation, builders.round(2022))
    assert "Kulturkontoret" not in desk.get("rapporter/2026/")
    for tail in (f"rapporter/2026/{desk.year.office.slug}/", "rapporter/2022/", "rapporter/2031/", "ataganden/99999/", "iakttagelser/7/"):
        assert desk.browser.get(f"/mina-sidor/utvardering/2026/{tail}").status_code == 404


def test_evaluator_writes_everything(desk: Desk) -> None:
    assert desk.post("inledning/", summary="Kort.", introduction="## Metod\n\nVi läste.").status_code == 302
    assert desk.post("iakttagelser/ny/", title="Få vet", text="Vi frågade.", commitment=desk.commitment.pk).status_code == 302
    told = {"text": "Berätta.", "addressee": "party", "party": desk.year.organisation.pk, "due_on": "2028-12-31"}
    assert desk.post("iakttagelser/1/rekommendationer/ny/", **told).status_code == 302
    assert desk.post("iakttagelser/1/rekommendationer/1/", **{**told, "text": "Berätta mer.", "addressee": "council"}).status_code == 302
    assert desk.post("iakttagelser/1/", title="Få vet det", text="Vi frågade.").status_code == 302
    mark = {"completion": "limited", "effect": "marginal", "reasons": "Vi såg det."}
    assert desk.post(f"ataganden/{desk.commitment.number}/", **mark).status_code == 302
    evaluation, one = Evaluation.objects.get(), Recommendation.objects.get()
    assert (evaluation.summary, Finding.objects.get().title) == ("Kort.", "Få vet det")
    assert (one.text, one.addressee, one.party, one.due_on) == ("Berätta mer.", "council", None, date(2028, 12, 31))
    assert (CommitmentMark.objects.get().completion, CommitmentMark.objects.get().commitment) == ("limited", desk.commitment)
    page = desk.get()
    assert "1. Få vet det" in page
    assert "Genomfört till en liten del" in page


@pytest.mark.parametrize(
    ("tail", "told", "error"),
    [
        ("iakttagelser/ny/", {"title": "", "text": "Det här finns kvar."}, "Skriv en rubrik som säger vad ni har funnit."),
        ("iakttagelser/ny/", {"title": "A", "text": "Det här finns kvar.", "commitment": "-7"}, "Välj ett giltigt alternativ"),
        ("iakttagelser/1/rekommendationer/ny/", {"text": "Det här finns kvar.", "addressee": "party", "due_on": "2028-12-31"}, "Välj vilken part"),
        ("iakttagelser/1/rekommendationer/ny/", {"text": "Det här finns kvar.", "addressee": "alla", "due_on": "i maj"}, "Skriv dagen så här"),
        ("ataganden/{number}/", {"completion": "x", "effect": "none", "reasons": "Det här finns kvar."}, "Välj ett av alternativen."),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(desk: Desk, tail: str, told: dict[str, str], error: str) -> None:
    builders.finding(desk.evaluation)
    response = desk.post(tail.format(number=desk.commitment.number), **told)
    page = response.content.decode()
    assert response.status_code == 200
    assert error in page
    assert "Det här finns kvar." in page
    assert (Finding.objects.count(), Recommendation.objects.count(), CommitmentMark.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "x" * 7_000, "<script>", "٣"], ids=["nul", "surrogate", "long", "script", "digit"])
def test_no_input_breaks_a_form(desk: Desk, bad: str) -> None:
    builders.recommendation(builders.finding(desk.evaluation))
    told = dict.fromkeys(
        ("summary", "introduction", "title", "text", "commitment", "addressee", "party", "due_on", "completion", "effect", "reasons"), bad
    )
    for tail in reads(desk)[1:7]:
        answer = desk.browser.post(f"/mina-sidor/utvardering/2026/{tail}", told, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {200, 302}
        assert "Spara" in answer.content.decode() or answer.status_code == 302


def test_text_that_stands_is_not_lost_when_it_cannot_be_saved(desk: Desk) -> None:
    builders.opened(desk.evaluation)
    assert "Texten står stilla" in desk.get()
    response = desk.post("iakttagelser/1/", title="Annan rubrik", text="Annan text.")
    assert "Annan text." in response.content.decode()
    assert "har ändrats sedan sidan visades" in response.content.decode()
    assert Finding.objects.get().title == "Få känner till överenskommelsen"


def test_pages_are_the_evaluators_alone(desk: Desk, secretary: User, outsider: User) -> None:
    builders.recommendation(builders.finding(desk.evaluation))
    other = builders.evaluation(2028)
    other.evaluators.add(outsider)
    for user in (secretary, outsider, desk.year.person):
        answers = {browser(user).get(f"/mina-sidor/utvardering/2026/{tail}").status_code for tail in reads(desk)}
        assert answers == {404}
    assert {Client().get(f"/mina-sidor/utvardering/2026/{tail}")["Location"].split("?")[0] for tail in reads(desk)} == {"/konto/login/"}
    assert desk.browser.get("/mina-sidor/utvardering/2028/").status_code == 404
    desk.evaluation.dismiss(desk.user, by=secretary)
    assert desk.browser.get("/mina-sidor/utvardering/2026/").status_code == 404


def test_evaluator_gets_at_nothing_else(desk: Desk) -> None:
    party = desk.year.organisation.slug
    own = [f"/mina-sidor/parter/{party}/", f"/mina-sidor/rapporter/2026/{party}/", f"/mina-sidor/rapporter/2026/{party}/kvitto/"]
    assert {desk.browser.get(path).status_code for path in own} == {404}
    for path in ("/admin/", "/admin/followup/evaluation/", "/admin/agreement/representative/", "/admin/users/user/"):
        response = desk.browser.get(path)
        assert response.status_code == 302
        assert "login" in response["Location"]


def private(desk: Desk) -> set[str]:
    """Every address, phone number and name of a person in the world, the evaluator's own excepted."""
    found: set[str] = set()
    for user in User.objects.exclude(pk=desk.user.pk):
        found |= {user.email, user.name}
    for case in Application.objects.all():
        found |= {case.contact_email, case.contact_phone, case.contact_name, case.signatory_name}
    return {text for text in found if text}


def test_no_page_and_no_package_tells_private_contact_data(transactional_db: None, desk: Desk, secretary: User) -> None:
    desk.year.person.name = "Rut Rapportör"
    desk.year.person.save()
    secretary.name = "Sanna Sekreterare"
    secretary.save()
    people = {"signatory_name": "Signe Signatär", "contact_name": "Karin Kontakt", "contact_phone": "031-711 11 11"}
    builders.approved(secretary, name="Föreningen Tredje", **people)

    builders.recommendation(builders.finding(desk.evaluation))
    compilation = Compilation.request(desk.year.round, by=secretary)
    compiling.compile_book(compilation)
    secrets = private(desk)
    assert {"Rut Rapportör", "Signe Signatär", "Karin Kontakt", "031-711 11 11", desk.year.person.email, secretary.email} <= secrets
    pages = {tail: desk.get(tail) for tail in reads(desk)}
    builders.opened(desk.evaluation)
    zipped = b"".join(desk.browser.get("/utvardering/2026/paket.zip"))
    with zipfile.ZipFile(io.BytesIO(zipped)) as package:
        pages |= {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    assert "bocker/idekom-uppfoljning-2026.pdf" in pages
    assert [page for page, text in pages.items() if "Ledningen svarade aldrig." in text] == [f"rapporter/2026/{desk.year.organisation.slug}/"]
    pages |= {path: desk.browser.get(path).content.decode() for path in ("/utvardering/2026/", "/mina-sidor/")}
    assert [(page, secret) for page, text in pages.items() for secret in secrets if secret in text] == []
    addresses = {address for tail in reads(desk) for address in re.findall(r"[\w.+-]+@[\w.-]+\.\w+", desk.get(tail))}
    assert addresses - {desk.user.email, "idekom@example.org"} == set()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_whatever_the_number(desk: Desk, rows: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(rows):
        builders.recommendation(builders.finding(desk.evaluation))
        report: Report = builders.report(in_round=desk.year.round)
        for commitment in report.commitments:
            report.answer(commitment, progress="done")
        report.submit(by=desk.year.person)
    with django_assert_max_num_queries(20):
        desk.get()
    with django_assert_max_num_queries(10):
        desk.get("rapporter/2026/")


def test_my_pages_lead_to_the_evaluation(desk: Desk) -> None:
    page = desk.browser.get("/mina-sidor/").content.decode()
    assert 'href="/mina-sidor/utvardering/2026/"' in page
    assert "Du företräder ingen part" not in page
