"""The figures of a year: the same on the page, in the data and in the book; private answers in none; a missing year a gap."""

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

import pypdf
import pytest
from django.test import Client

from agreement.models import Party, Side
from followup import book, compile, snapshot
from followup.figures import Figures
from followup.models import Compilation, Report, Round
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year
from tests.followup.test_bad_input import squeezed

pytestmark = pytest.mark.django_db(transaction=True)
PRIVATE = "Det här är hemligt för alla utom Idékom"
SAID = {
    "Kulturkontoret": ("done", "better"),
    "Idrottskontoret": ("started", "no_opinion"),
    "Föreningen Ljuset": ("well_under_way", "better"),
    "Föreningen Navet": ("started", "worse"),
    "Föreningen Viken": ("no_opinion", "same"),
    "Föreningen Åsen": ("done", ""),
}
"""{party: (how far the common commitment has come, consultation)}; the last one keeps its progress from the public."""


@dataclass
class Told:
    """A published year."""

    year: Year
    compilation: Compilation
    figures: Figures


def report_of(year: Year, name: str, progress: str, consultation: str, person: User) -> Report:
    kind = Party.Kind.CITY_BODY if name.endswith("kontoret") else Party.Kind.ORGANISATION
    party = Party.objects.filter(name=name).first() or builders.affiliation(builders.party(name, kind=kind)).party
    report = Report.objects.filter(round=year.round, party=party).first() or builders.report(party, year.round)
    private = ["progress"] if name == "Föreningen Åsen" else []
    for commitment in report.commitments:
        report.answer(commitment, private=[*private, "hindered"], quoted=["example"], progress=progress, done=f"{name} gjorde.", hindered=PRIVATE)
    report.answer(year.both, quoted=["example"], example=f"{name} ger ett exempel.")
    report.answer(None, consultation=consultation)
    report.submit(by=person)
    return report


def earlier(number: int, counts: list[tuple[str, str]], by: User) -> None:
    """A book of an earlier year, of which only the figures matter here."""
    round: Round = builders.round(number)
    round.open(by=by)
    taken = snapshot.take(round)
    answers = [{"commitment": n, "question": "progress", "choice": choice, "words": "", "may_be_quoted": False} for choice, n in counts]
    party = {"slug": "x", "name": "X", "side": "city", "kind": "", "legal_form": "", "sector": "", "has_reported": True, "through": None}
    taken["parties"] = [{**party, "reports_for": [], "answers": [answer]} for answer in answers]
    builders.book(round, by, taken=taken)


@pytest.fixture
def told(year: Year, secretary: User) -> Told:
    number = str(year.both.number)
    earlier(2023, [("done", int(number)), ("not_started", int(number))], secretary)  # type: ignore[list-item]
    earlier(2025, [("started", int(number)), ("no_opinion", int(number))], secretary)  # type: ignore[list-item]
    for name, (progress, consultation) in SAID.items():
        report_of(year, name, progress, consultation, year.person)
    taken = snapshot.with_earlier_years(snapshot.take(year.round))
    return Told(year, builders.book(year.round, secretary, taken=taken), Figures(taken))


@pytest.fixture
def read(told: Told, secretary: User) -> pypdf.PdfReader:
    """The year's book, set and published as its second edition."""
    compilation = Compilation.request(told.year.round, by=secretary)
    assert compile.compile_book(compilation)
    compilation.refresh_from_db()
    assert compilation.snapshot == told.compilation.snapshot
    return pypdf.PdfReader(compilation.file)


def test_the_page_the_data_and_the_book_say_the_same(told: Told, read: pypdf.PdfReader, client: Client) -> None:
    common = next(one for one in told.figures.commitments if one.number == told.year.both.number)
    rows = [tuple(row.values) for row in common.chart.rows]
    assert rows == [(0, 0), (1, 1), (0, 1), (1, 0), (0, 1)]
    table = client.get(f"/uppfoljning/2026/ataganden/{common.number}/").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    on_page = [tuple(int(cell) for cell in re.findall(r'<td class="num">(\d+)</td>', row)[:2]) for row in table.split("</tr>")[:-1]]
    assert on_page == rows
    data = list(csv.DictReader(io.StringIO(client.get("/uppfoljning/2026/rapport.csv").content.decode("utf-8-sig"))))
    mine = [(row["sida"], row["val"]) for row in data if row["fraga_nyckel"] == "progress" and row["atagande_nr"] == str(common.number)]
    assert [tuple(mine.count((side, row.label)) for side in Side.values) for row in common.chart.rows] == rows
    printed = squeezed("".join(page.extract_text() for page in read.pages))
    for row, values in zip(common.chart.rows, rows, strict=True):
        assert squeezed(f"{row.label}{values[0]}{values[1]}{sum(values)}{row.share}") in printed
    assert squeezed(common.gap.in_words if common.gap else "") in printed


def test_every_figure_leads_to_its_rows(told: Told, client: Client) -> None:
    page = client.get("/uppfoljning/2026/").content.decode()
    links = re.findall(r'<a href="(/uppfoljning/2026/svar/\?[^"]+)">(\d+)<', page)
    assert len(links) == sum(value > 0 for one in told.figures.commitments for row in one.chart.rows for value in row.values)
    for link, number in links:
        answers = client.get(link.replace("&amp;", "&")).content.decode()
        assert f"<h2>{number} svar:" in answers
        assert answers.count('/uppfoljning/2026/">') == int(number) + 1  # the reports, and the way back


def test_shares_add_up_and_leave_no_opinion_out(told: Told) -> None:
    for one in told.figures.commitments:
        shares = [row.share for row in one.chart.rows if not row.apart]
        if one.opinions:
            assert 99 <= sum(int(share.removesuffix(" %")) for share in shares) <= 101
        assert sum(row.total for row in one.chart.rows) == one.answers
    common = next(one for one in told.figures.commitments if one.number == told.year.both.number)
    assert (common.answers, common.opinions, common.no_opinion) == (5, 4, 1)
    assert common.gap
    assert [(share.favourable, share.opinions, share.percent) for share in common.gap.shares] == [(1, 2, 50), (1, 2, 50)]
    assert common.gap.in_words == "Staden: 1 av 2, 50 procent. Civilsamhället: 1 av 2, 50 procent. Båda sidor ser det lika."


def test_private_answers_are_in_none_of_them(told: Told, read: pypdf.PdfReader, client: Client) -> None:
    addresses = ["", "rapport.csv", "rapport.json", "pastaenden/", "parter/", "svar/?fraga=hindered", f"ataganden/{told.year.both.number}/"]
    pages = [client.get(f"/uppfoljning/2026/{tail}").content.decode() for tail in addresses]
    pages += [client.get(f"/anslutna/{slug}/uppfoljning/2026/").content.decode() for slug in Party.objects.values_list("slug", flat=True)]
    pages += ["".join(page.extract_text() for page in read.pages), *(content.decode() for files in read.attachments.values() for content in files)]
    assert all(squeezed(PRIVATE) not in squeezed(page) for page in pages)
    assert "Föreningen Ljuset gjorde." in pages[1]  # the control: what is public is there
    kept = next(party for party in told.figures.parties if party.name == "Föreningen Åsen")
    assert all(said.progress == "" for said in kept.said)


def test_a_missing_year_is_a_gap_and_not_a_zero(told: Told, client: Client) -> None:
    common = next(one for one in told.figures.commitments if one.number == told.year.both.number)
    assert [(year.year, year.share) for year in common.years] == [(2023, 50), (2024, None), (2025, 0), (2026, 50)]
    assert [(one.label, other.label) for one, other in common.trend.strokes] == [("2025", "2026")]
    assert common.changed_in_words == "Andelen som säger att det har kommit långt var 0 procent 2025 och är nu 50 procent."
    page = client.get(f"/uppfoljning/2026/ataganden/{common.number}/").content.decode()
    assert re.search(r'<th scope="row">2024</th><td class="num">–</td><td class="num">–</td><td class="num">Uppgift saknas</td>', page)


def test_statements_are_counted_by_side(told: Told, client: Client) -> None:
    (consultation,) = told.figures.statements
    assert [(row.label, row.values) for row in consultation.chart.rows] == [
        ("Sämre", (0, 1)),
        ("Som förut", (0, 1)),
        ("Bättre", (1, 1)),
        ("Ingen åsikt", (1, 0)),
    ]
    page = client.get("/uppfoljning/2026/pastaenden/").content.decode()
    assert "Samråd som börjar tidigt" in page
    assert "Staden: 1 av 1, 100 procent. Civilsamhället: 1 av 3, 33 procent." in page


def test_quotes_stand_with_whose_they_are_and_only_by_consent(told: Told, client: Client) -> None:
    page = client.get(f"/uppfoljning/2026/ataganden/{told.year.both.number}/").content.decode()
    assert page.count("ger ett exempel.") == len(SAID)
    kept: dict[str, Any] = json.loads(json.dumps(told.compilation.snapshot))
    for party in kept["parties"]:
        for answer in party["answers"]:
            answer["may_be_quoted"] = False
    assert all(one.quotes == [] for one in Figures(kept).commitments)


def test_what_is_asked_for_and_does_not_exist_is_left_out(told: Told, client: Client) -> None:
    for query in ("fraga=%00", "fraga=finns-inte&val=x", "atagande=99999999999&hos=ingen", "sida=-1", "sida=abc", "fraga=progress&val=better"):
        assert client.get(f"/uppfoljning/2026/svar/?{query}").status_code == 200
    assert client.get("/uppfoljning/2026/ataganden/99/").status_code == 404
    assert client.get("/uppfoljning/1999/svar/").status_code == 404


def test_the_pages_of_a_year_ask_as_often_whatever_the_number(told: Told, client: Client, django_assert_max_num_queries: Any) -> None:
    for tail in ("", "parter/", "pastaenden/", "svar/?fraga=done", f"ataganden/{told.year.both.number}/"):
        with django_assert_max_num_queries(9):
            client.get(f"/uppfoljning/2026/{tail}")


def test_english_pages_name_commitments_and_questions_in_english(told: Told, client: Client) -> None:
    assert "<h1>Vad har ni gjort under året? (en)</h1>" in client.get("/en/uppfoljning/2026/svar/?fraga=done").content.decode()


def test_the_book_tells_who_an_umbrella_has_reported_for(year: Year) -> None:
    year.submitted(year.report)
    taken = snapshot.with_earlier_years(snapshot.take(year.round))
    (office,) = [party for party in taken["parties"] if party["name"] == "Kulturkontoret"]
    office["through"] = {"slug": year.organisation.slug, "name": year.organisation.name}
    figures = Figures(taken)
    assert [(side.asked, side.reported) for side in figures.sides] == [(1, 1), (1, 1)]
    assert figures.not_yet == []
    printed = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(book.render(taken))).pages))
    assert squeezed("Kulturkontoret (Föreningen Ljuset)") in printed
