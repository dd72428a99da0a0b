"""Two who report for the same party at once: nobody overwrites what they have not seen."""

from threading import Barrier
from typing import Any

import pytest
from django.test import Client

from agreement.models import Representative
from followup.models import About, Answer, Entry, Overtaken, Report
from followup.models.answers import fingerprint
from tests import builders
from tests.conftest import browser
from tests.followup.conftest import Year
from tests.together import together

PAGES = ["laget/", "ataganden/{number}/", "aret/"]
TOLD = "Någon annan har ändrat samma svar"


def other(year: Year) -> Client:
    """The browser of a colleague who reports for the same party."""
    return browser(builders.representative(year.organisation, role=Representative.Role.REPORTER).user)


def page_of(year: Year, tail: str) -> tuple[str, str, tuple[str, str], tuple[str, str]]:
    """The address, a field on it, and two answers to it with their words."""
    number = year.both.number
    url = year.url(tail.format(number=number))
    if tail == "aret/":
        return url, "consultation", ("better", "Bättre"), ("worse", "Sämre")
    if tail == "laget/":
        return url, f"progress-{number}", ("done", "Genomfört eller löpande"), ("started", "Påbörjat")
    return url, "done", ("Vi <b>möttes</b>.", "Vi &lt;b&gt;möttes&lt;/b&gt;."), ("Vi ringde.", "Vi ringde.")


def seen(client: Client, url: str) -> str:
    """The fingerprint on the page."""
    return str(client.get(url).context["form"].seen)


@pytest.mark.django_db
@pytest.mark.parametrize("tail", PAGES)
def test_the_second_is_shown_both_and_the_next_press_counts(tail: str, year: Year) -> None:
    url, field, (theirs, theirs_in_words), (mine, mine_in_words) = page_of(year, tail)
    me, colleague = year.browser, other(year)
    old = seen(me, url)
    assert colleague.post(url, {field: theirs, "seen": old}).status_code == 302
    told = me.post(url, {field: mine, "seen": old})
    table = told.content.decode().split(TOLD)[1].split("</table>")[0]
    assert theirs_in_words in table
    assert mine_in_words in table
    assert [answer.value for answer in Answer.objects.all()] == [theirs]
    assert told.context["form"][field].value() == mine
    assert me.post(url, {field: mine, "seen": told.context["form"].seen}).status_code == 302
    assert [answer.value for answer in Answer.objects.all()] == [mine]


@pytest.mark.django_db
def test_only_what_differs_is_told(year: Year) -> None:
    year.report.answer(year.both, progress="started", done="Samma ord")
    url = year.url(f"ataganden/{year.both.number}/")
    old = seen(year.browser, url)
    other(year).post(url, {"progress": "done", "done": "Samma ord", "seen": old})
    form = year.browser.post(url, {"progress": "not_started", "done": "Samma ord", "seen": old}).context["form"]
    assert [(conflict.theirs, conflict.mine) for conflict in form.conflicts] == [("Genomfört eller löpande", "Inte påbörjat")]


@pytest.mark.django_db
def test_words_that_a_colleague_has_made_private_are_not_shown_unknowingly(year: Year) -> None:
    year.report.answer(year.both, progress="started", done="Känsligt")
    url, typed = year.url(f"ataganden/{year.both.number}/"), {"progress": "started", "done": "Känsligt"}
    old = seen(year.browser, url)
    other(year).post(url, {**typed, "private": ["done"], "seen": old})
    assert year.browser.post(url, {**typed, "plan": "Mer", "seen": old}).status_code == 302
    assert Answer.objects.get(question__key="done").is_private
    form = year.browser.post(url, {**typed, "done": "Känsligare", "seen": old}).context["form"]
    assert [(conflict.theirs, conflict.mine) for conflict in form.conflicts] == [("Känsligt (bara Idékom får läsa)", "Känsligare")]
    assert Answer.objects.get(question__key="done").words == "Känsligt"
    year.browser.post(url, {**typed, "done": "Känsligare", "seen": form.seen})
    assert not Answer.objects.get(question__key="done").is_private


@pytest.mark.django_db
def test_what_only_the_colleague_has_changed_on_the_page_stands(year: Year) -> None:
    url, fields = year.url("laget/"), [f"progress-{commitment.number}" for commitment in (year.both, year.sector)]
    old = seen(year.browser, url)
    for client, field in zip((other(year), year.browser), fields, strict=True):
        assert client.post(url, {field: "done", "seen": old}).status_code == 302
    assert list(Answer.objects.values_list("commitment", "choice")) == [(year.both.pk, "done"), (year.sector.pk, "done")]


@pytest.mark.django_db
def test_the_second_press_overwrites_what_was_shown_and_nothing_else(year: Year) -> None:
    year.report.answer(year.both, done="Från början", plan="Från början")
    url = year.url(f"ataganden/{year.both.number}/")
    old = seen(year.browser, url)
    other(year).post(url, {"done": "Kollegans", "plan": "Kollegans", "seen": old})
    mine = {"done": "Mina", "plan": "Från början"}
    form = year.browser.post(url, mine | {"seen": old}).context["form"]
    assert [conflict.theirs for conflict in form.conflicts] == ["Kollegans"]
    assert year.browser.post(url, mine | {"seen": form.seen}).status_code == 302
    assert dict(Answer.objects.values_list("question__key", "words")) == {"done": "Mina", "plan": "Kollegans"}


@pytest.mark.django_db
def test_the_same_answers_twice_are_no_conflict(year: Year) -> None:
    url = year.url("aret/")
    old = seen(year.browser, url)
    for client in (other(year), year.browser):
        assert client.post(url, {"consultation": "better", "seen": old}).status_code == 302
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_different_commitments_at_once_are_no_conflict(year: Year) -> None:
    urls = [year.url(f"ataganden/{commitment.number}/") for commitment in (year.both, year.sector)]
    old = [seen(year.browser, url) for url in urls]
    for client, url, was in zip((other(year), year.browser), urls, old, strict=True):
        assert client.post(url, {"progress": "done", "seen": was}).status_code == 302
    assert Answer.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("nonsense", ["", "x", "0" * 32, "\x00", "å" * 10_000])
def test_nonsense_for_what_was_seen_counts_as_nothing_seen(nonsense: str, year: Year) -> None:
    url = year.url("aret/")
    year.report.answer(None, consultation="better")
    page = year.browser.post(url, {"consultation": "worse", "seen": nonsense}).content.decode()
    assert TOLD in page
    assert Answer.objects.get().choice == "better"


@pytest.mark.django_db
def test_a_report_that_a_colleague_has_handed_in_takes_no_more(year: Year) -> None:
    year.fill(year.report)
    url = year.url("aret/")
    old = seen(year.browser, url)
    other(year).post(year.url("lamna-in/"))
    assert year.browser.post(url, {"consultation": "better", "seen": old}).url == year.url()  # type: ignore[attr-defined]
    assert not Answer.objects.filter(question__key="consultation").exists()


HANDS = 8


def entry(report: Report, which: int) -> Entry:
    (question,) = (question for question in report.questions_about(About.YEAR) if question.key == "subject")
    return Entry(question, None, f"Av {which}", False, False)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_kept_and_the_others_are_told(year: Year) -> None:
    unseen = fingerprint({}, [entry(year.report, 0).place])
    results = together(HANDS, lambda which: year.report.write([entry(year.report, which)], seen=unseen))
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["Overtaken"] * (HANDS - 1)]
    assert Answer.objects.get().words == f"Av {results.index(None)}"


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_they_overwrite_each_other(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: all look first, and write without holding the report. Nobody is told."""
    year.report.answer(None, subject="Först")
    place = entry(year.report, 0).place
    unseen = fingerprint(year.report.answers.all().by_place(), [place])
    looked = Barrier(HANDS)
    write = Report._write

    def late(report: Report, told: Entry, stored: Answer | None) -> None:
        looked.wait(timeout=60)
        write(report, told, stored)

    monkeypatch.setattr(Report, "_hold", lambda _report: None)
    monkeypatch.setattr(Report, "_write", late)
    results: list[Any] = together(HANDS, lambda which: year.report.write([entry(year.report, which)], seen=unseen))
    assert [result for result in results if isinstance(result, Overtaken)] == []
    assert results == [None] * HANDS
