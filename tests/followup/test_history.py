"""The history: milestones from the file and the portal's own, in one list by year; and the page of ways in."""

import re
import tomllib
from datetime import date, timedelta

import pytest
from django.test import Client

from followup.past import FILE, history
from idekom.lib.dated import period, today
from tests import builders
from tests.followup import knowing

pytestmark = pytest.mark.django_db
PATH = "/kunskap/historia/"


def titles(day: date | None = None) -> list[str]:
    return [one.title for year in history(day or today()) for one in year.milestones]


def test_the_file_is_whole_in_both_languages_and_in_order() -> None:
    rows = tomllib.loads(FILE.read_text())["milestone"]
    assert [row["on"] for row in rows] == sorted(row["on"] for row in rows)
    for row in rows:
        assert row["title_sv"]
        assert row["title_en"]
        assert ("text_sv" in row) == ("text_en" in row)
        assert row.get("known", "day") in {"day", "month", "year"}


def test_it_goes_from_2008_to_today_by_year(client: Client) -> None:
    builders.version()
    years = history(today())
    assert [year.year for year in years] == sorted({one.on.year for year in years for one in year.milestones})
    assert years[0].year == 2008
    html = client.get(PATH).text
    assert re.findall(r'<h2 id="ar-(\d+)">', html) == [str(year.year) for year in years]
    assert "Överenskommelsen börjar gälla" in html
    assert "Rådet möts för första gången" in html
    assert "The agreement is signed" in client.get(f"/en{PATH}").text


def test_a_day_that_is_not_known_is_not_told() -> None:
    known = {one.title: one.when for year in history(today()) for one in year.milestones}
    assert known["En nationell överenskommelse på det sociala området"] == "2008"
    assert known["Rådet har 21 platser"] == "oktober 2013"
    assert known["Överenskommelsen undertecknas"] == "4 september 2012"


def test_the_portals_own_rows_are_in_it_and_what_is_to_come_is_not() -> None:
    body = builders.body(name="Forum Ett", period=period(date(2020, 1, 1), date(2024, 5, 31)))
    builders.body(name="Framtiden", period=period(today() + timedelta(days=5)))
    answer = knowing.published()
    told = titles()
    assert [title in told for title in ("Forum Ett börjar", "Forum Ett avslutas", "Framtiden börjar")] == [True, True, False]
    assert told.index("Forum Ett börjar") < told.index("Forum Ett avslutas")
    assert f"Sammanställningen för {answer.report.round.year} publiceras" in told
    assert "Forum Ett avslutas" not in titles(date(2024, 5, 30))
    assert body.closing_reason in str(history(today()))


def test_the_start_of_knowledge_leads_everywhere(client: Client) -> None:
    page = client.get("/kunskap/")
    ways = ["den-andra-sidan/", "kontakter/", "exempel/", "nyhetsbrev/", "omvarld/", "historia/", "ordlista/", "likabehandling/"]
    assert [f'href="/kunskap/{way}"' in page.text for way in ways] == [True] * len(ways)
    assert 'href="/radet/kommunikationsplan/"' in page.text
    assert "Den är fristående från det offentliga." in page.text
    assert (page.cookies, client.post("/kunskap/").status_code) == ({}, 405)
    assert 'href="/kunskap/"' in client.get("/").text
