"""A party asks for more time, the secretariat answers."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreement.models import Representative
from followup.models import Extension, Report, Round
from followup.models.extensions import AskedAlready
from followup.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.conftest import browser
from tests.followup.conftest import Year
from tests.together import together

pytestmark = pytest.mark.django_db


def ask(year: Year, days: int = 10, **fields: Any) -> Extension:
    """Ask for so many days more than the round gives."""
    return Extension.objects.ask(year.report, until_on=year.round.due_on + timedelta(days=days), by=year.person, **fields)


def test_what_is_granted_becomes_the_reports_own_last_day(year: Year, secretary: User) -> None:
    asked = ask(year)
    assert year.report.due_on == year.round.due_on
    asked.grant(by=secretary, note="Självklart.")
    assert year.report.due_on == asked.until_on
    assert year.office_report.due_on == year.round.due_on
    reports: Any = Report.objects.with_due_on()
    stored = dict(reports.values_list("party", "own_due_on"))
    assert stored == {year.organisation.pk: asked.until_on, year.office.pk: year.round.due_on}


def test_what_is_declined_moves_nothing_and_can_be_asked_anew(year: Year, secretary: User) -> None:
    ask(year).decline(by=secretary)
    assert year.report.due_on == year.round.due_on
    ask(year, 5).grant(by=secretary)
    assert year.report.due_on == year.round.due_on + timedelta(days=5)


def test_the_latest_granted_day_counts_and_nothing_drifts(year: Year, secretary: User) -> None:
    first = ask(year, 5)
    first.grant(by=secretary)
    with pytest.raises(WrongStatus):
        first.grant(by=secretary)
    ask(year, 20).grant(by=secretary)
    assert year.report.due_on == year.round.due_on + timedelta(days=20)
    own, moved = year.report.due_on, year.round.due_on + timedelta(days=3)
    Round.objects.update(due_on=moved)
    assert (year.report.due_on, year.office_report.due_on) == (own, moved)
    Round.objects.update(due_on=own + timedelta(days=1))
    assert year.report.due_on == own + timedelta(days=1)  # never less time than everybody else


@pytest.mark.parametrize("days", [-1, 0, 61, 40_000])
def test_the_day_is_after_the_last_one_and_at_most_sixty_days_later(days: int, year: Year) -> None:
    with pytest.raises(ValidationError) as refused:
        ask(year, days)
    assert list(refused.value.message_dict) == ["until_on"]
    assert not Extension.objects.exists()
    assert ask(year, 60).until_on == year.round.due_on + timedelta(days=60)


def test_one_request_at_a_time(year: Year) -> None:
    ask(year)
    with pytest.raises(AskedAlready):
        ask(year, 12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(report=year.report, until_on=today() + timedelta(days=90), asked_by=year.person)


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_make_one_request(year: Year) -> None:
    came = together(6, lambda which: ask(year, 10 + which))
    assert sum(isinstance(one, Extension) for one in came) == 1
    assert sum(isinstance(one, AskedAlready) for one in came) == 5


def test_nobody_waits_for_a_report_that_is_in_or_a_round_that_is_closed(year: Year, secretary: User) -> None:
    asked = ask(year)
    year.submitted(year.report)
    assert list(Extension.objects.waiting()) == []
    with pytest.raises(WrongStatus):
        asked.grant(by=secretary)
    with pytest.raises(WrongStatus):
        ask(year)
    year.round.close(by=secretary)
    with pytest.raises(WrongStatus):
        Extension.objects.ask(year.office_report, until_on=year.round.due_on + timedelta(days=5), by=year.person)


def test_a_day_that_has_been_is_not_granted(year: Year, secretary: User) -> None:
    asked = ask(year)
    with pytest.raises(ValidationError, match="Dagen har redan varit"):
        asked.grant(by=secretary, day=asked.until_on + timedelta(days=1))
    asked.decline(by=secretary)


def test_both_ways_are_mailed_once(year: Year, secretary: User) -> None:
    User.objects.filter(pk=year.person.pk).update(language="en")
    asked = ask(year, why="Vår kassör är sjuk.")
    deliver_mail()
    deliver_mail()
    to_office = [message for message in mail.outbox if message.to == ["idekom@example.org"]]
    assert [str(message.subject) for message in to_office] == ["Föreningen Ljuset ber om mer tid för rapporten 2026"]
    assert "Vår kassör är sjuk." in to_office[0].body
    assert f"/admin/followup/round/{year.round.pk}/change/" in to_office[0].body
    mail.outbox.clear()
    asked.grant(by=secretary, note="Krya på er.")
    deliver_mail()
    deliver_mail()
    (answer,) = [message for message in mail.outbox if message.to == [year.person.email]]
    assert "Krya på er." in answer.body
    assert f"/en{year.url()}" in answer.body


def test_a_party_asks_on_its_page(year: Year) -> None:
    assert "Be om mer tid" in year.browser.get(year.url()).content.decode()
    until = year.round.due_on + timedelta(days=14)
    page = year.browser.post(year.url("mer-tid/"), {"until_on": until.isoformat(), "why": "Vi hinner inte."}, follow=True).content.decode()
    assert "Vi har tagit emot er begäran om mer tid" in page
    asked = Extension.objects.get()
    assert (asked.report, asked.until_on, asked.why, asked.asked_by) == (year.report, until, "Vi hinner inte.", year.person)
    page = year.browser.get(year.url("mer-tid/")).content.decode()
    assert "Vi har er begäran" in page
    assert "<textarea" not in page


def test_the_answer_is_on_the_page(year: Year, secretary: User) -> None:
    ask(year).decline(by=secretary, note="Välj hellre en dag i maj.")
    page = year.browser.get(year.url("mer-tid/")).content.decode()
    assert "Inte beviljad" in page
    assert "Välj hellre en dag i maj." in page
    assert "<textarea" in page


@pytest.mark.parametrize("bad", ["", "i morgon", "2026-02-30", "1999-01-01", "9999-12-31", "\0", "\ud800", "0001-01-01", "9" * 10_000])
def test_a_bad_day_is_told_and_nothing_typed_is_lost(bad: str, year: Year) -> None:
    body = urlencode({"until_on": bad, "why": "Orden är kvar."}, errors="surrogatepass")
    response = year.browser.post(year.url("mer-tid/"), body, content_type="application/x-www-form-urlencoded")
    page = response.content.decode()
    assert "Orden är kvar." in page
    assert "Skriv dagen som år-månad-dag" in page or "Välj en dag från och med den" in page
    assert not Extension.objects.exists()


def test_too_many_words_are_told(year: Year) -> None:
    until = year.round.due_on + timedelta(days=14)
    page = year.browser.post(year.url("mer-tid/"), {"until_on": until.isoformat(), "why": "a" * 10_000}).content.decode()
    assert "Korta texten till högst 500 tecken" in page
    assert not Extension.objects.exists()


def test_only_who_may_write_asks(year: Year, outsider: User) -> None:
    reader = builders.representative(year.organisation, role=Representative.Role.READER).user
    until = {"until_on": (year.round.due_on + timedelta(days=14)).isoformat()}
    for user in (reader, outsider):
        assert browser(user).get(year.url("mer-tid/")).status_code == 404
        assert browser(user).post(year.url("mer-tid/"), until).status_code == 404
    assert browser().post(year.url("mer-tid/"), until)["Location"].startswith("/konto/")
    assert year.browser.put(year.url("mer-tid/")).status_code == 405
    assert "Be om mer tid" not in browser(reader).get(year.url()).content.decode()
    assert not Extension.objects.exists()


def test_the_page_of_a_report_that_is_in_leads_back(year: Year) -> None:
    year.submitted(year.report)
    assert year.browser.get(year.url("mer-tid/"))["Location"] == year.url()


def test_after_sixty_days_more_there_is_somebody_to_write_to(year: Year, secretary: User) -> None:
    ask(year, 60).grant(by=secretary)
    page = year.browser.get(year.url("mer-tid/")).content.decode()
    assert "Längre tid än så går inte att välja här" in page
    assert "idekom@example.org" in page
