"""Reports in the secretary's hands: the list, every version, what has changed, and asking for clarification."""

from typing import Any

import pytest
from django.test import Client

from agreement.models import Membership
from followup import changes
from followup.models import Progress, Report, Round
from followup.sheets import Line, Part
from followup.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db
LIST = "/admin/followup/report/"


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.STAFF_NEED_MFA = False


def of(report: Report, tail: str = "change/") -> str:
    return f"{LIST}{report.pk}/{tail}"


def page(client: Client, url: str, **posted: Any) -> str:
    response = client.post(url, posted, follow=True) if posted else client.get(url, follow=True)
    return " ".join(response.content.decode().split())


def again(year: Year, **texts: Any) -> None:
    """The party opens its report and hands in other words."""
    year.report.reopen(by=year.person)
    year.submitted(year.report, **texts)


def test_list_is_narrowed_down_by_round_side_sector_and_standing(year: Year, secretary_client: Client) -> None:
    sector = builders.sector("Kultur")
    year.organisation.sector = sector
    year.organisation.save()
    year.submitted(year.report)
    inside, waiting = ("Föreningen Ljuset</a>", "Kulturkontoret</a>")
    asked = {"lage=inkommet": inside, "lage=ej": waiting, "sida=city": waiting, "sida=civil_society": inside, f"sektor={sector.slug}": inside}
    for query, found in asked.items():
        shown = page(secretary_client, f"{LIST}?{query}")
        assert [found in shown, {inside, waiting}.difference({found}).pop() in shown] == [True, False], query
    assert "Ännu ej inkommet (1)" in page(secretary_client, LIST)
    assert "Inkommet (1)" in page(secretary_client, LIST)
    assert inside in page(secretary_client, f"{LIST}?ar=2026&q=Ljuset")
    for strange in ("lage=x", "sida=x", "sektor=x", "ar=x", "ar=99999999999"):
        assert secretary_client.get(f"{LIST}?{strange}").status_code in {200, 302}


def test_member_that_an_umbrella_reported_for_has_come_in(year: Year, secretary_client: Client) -> None:
    umbrella = builders.report(builders.affiliation(builders.party("Paraplyet", kind="umbrella")).party, year.round)
    Membership.name_member(umbrella.party, year.organisation.name, from_on=today())
    umbrella.report_for([year.report], by=year.person)
    year.submitted(umbrella)
    shown = page(secretary_client, f"{LIST}?lage=inkommet")
    assert "Inkommen genom Paraplyet" in shown
    assert "Kulturkontoret</a>" not in shown


def test_waiting_report_shows_only_that_it_waits(year: Year, secretary_client: Client) -> None:
    assert "Parten har börjat på webben" not in page(secretary_client, of(year.report))
    year.fill(year.report, done="Hemligt utkast")
    shown = page(secretary_client, of(year.report))
    assert "Ännu ej inkommet" in shown
    assert "Parten har börjat på webben" in shown
    assert "Skriv in från papper" in shown
    assert "Be om förtydligande" not in shown
    assert "Hemligt utkast" not in shown
    assert secretary_client.get(of(year.report, "history/")).status_code == 404


def test_reopened_report_shows_what_was_handed_in_and_not_the_draft(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report, done="Det vi lämnade in")
    year.report.reopen(by=year.person)
    year.fill(year.report, done="Hemligt utkast")
    shown = page(secretary_client, of(year.report))
    assert "Inkommen, öppnad igen" in shown
    assert "Det vi lämnade in" in shown
    assert "Hemligt utkast" not in shown


def test_every_version_is_read_with_its_checksum_and_what_changed(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report, done="Vi möttes två gånger om året")
    again(year, done="Vi möttes fem gånger om året")
    first, second = year.report.versions.order_by("number")
    shown = page(secretary_client, of(year.report))
    assert second.digest in shown
    assert "Ändrat sedan version 1" in shown
    assert '<del><span class="visually-hidden">borttaget: </span>två </del> <ins><span class="visually-hidden">tillagt: </span>fem </ins>' in shown
    older = page(secretary_client, of(year.report) + "?version=1")
    assert first.digest in older
    assert "en senare finns" in older
    assert "Vi möttes två gånger om året" in older
    assert "Ändrat sedan version" not in older
    assert secretary_client.get(of(year.report) + "?version=3").status_code == 404
    assert secretary_client.get(of(year.report) + "?version=x").status_code == 404


def test_what_is_new_since_last_year_is_told(year: Year, secretary_client: Client) -> None:
    year.submitted(builders.report(year.organisation, builders.round(2025)), done="Samma ord", progress=Progress.STARTED)
    year.submitted(year.report, done="Samma ord", progress=Progress.DONE)
    shown = page(secretary_client, of(year.report))
    assert "Ändrat sedan 2025" in shown
    assert "Påbörjat</del> <ins>" in shown
    assert "Samma ord</ins>" not in shown


def test_private_answer_is_read_and_marked(year: Year, secretary_client: Client) -> None:
    year.fill(year.report)
    year.report.answer(year.both, private=["done"], done="Mellan oss")
    year.report.submit(by=year.person)
    shown = page(secretary_client, of(year.report))
    assert "Mellan oss" in shown
    assert shown.count("Bara Idékom läser") == 1


def test_privacy_that_changed_is_told() -> None:
    parts = [part(is_private=True)]
    told = {"commitment": 1, "question": "done", "choice": "", "words": "Ord", "is_private": False, "may_be_quoted": False}
    (changed,) = changes.since([told], parts)
    assert changed.changes[0].privacy == "kept"
    assert changed.changes[0].pieces == (("", "Ord"),)


def part(*, is_private: bool) -> Part:
    line = Line("done", "words", "Vad har ni gjort?", "", "Ord", is_private)
    return Part(1, "Ett", "ett", [line])


def test_words_say_what_stayed_what_went_and_what_came() -> None:
    assert changes.words("a b c", "a x c") == (("", "a "), ("del", "b "), ("ins", "x "), ("", "c"))
    assert changes.words("", "ny") == (("ins", "ny"),)
    assert changes.words("gammal", "") == (("del", "gammal"),)
    long = "ord " * 3000
    assert "".join(text for mark, text in changes.words(long, long + "sist") if mark != "del") == long + "sist"


def test_clarification_is_written_previewed_and_sent_once(year: Year, secretary_client: Client, mailoutbox: Any) -> None:
    year.submitted(year.report)
    deliver_mail()
    mailoutbox.clear()
    assert "Vad undrar ni?" in page(secretary_client, of(year.report, "fortydliga/"))
    preview = page(secretary_client, of(year.report, "fortydliga/"), note="Hur många var ni?")
    assert year.person.email in preview
    assert "En fråga om rapporten" in preview
    assert "Hur många var ni?" in preview
    assert year.report.status == "submitted"
    assert "Hur många var ni?</textarea>" in page(secretary_client, of(year.report, "fortydliga/"), note="Hur många var ni?", andra="Ändra")
    assert "Frågan är ställd" in page(secretary_client, of(year.report, "fortydliga/skicka/"), note="Hur många var ni?")
    assert "Det går bara att be om förtydligande av en inlämnad" in page(secretary_client, of(year.report, "fortydliga/skicka/"), note="Igen?")
    deliver_mail()
    assert year.report.status == "reopened"
    assert [(mail.to, "Hur många var ni?" in mail.body) for mail in mailoutbox] == [([year.person.email], True)]
    assert "Kansliet bad om ett förtydligande" in page(secretary_client, of(year.report))


def test_clarification_needs_words_and_not_too_many(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report)
    for url in ("fortydliga/", "fortydliga/skicka/"):
        assert "Skriv vad ni undrar." in page(secretary_client, of(year.report, url), note=" ")
        assert "Korta texten till högst 2000 tecken. Nu är den 2001 tecken." in page(secretary_client, of(year.report, url), note="a" * 2001)
    assert year.report.status == "submitted"


@pytest.mark.parametrize("when", ["not in", "closed"])
def test_clarification_of_the_wrong_state_is_told(when: str, year: Year, secretary: User, secretary_client: Client) -> None:
    if when == "closed":
        year.submitted(year.report)
        Round.objects.get().close(by=secretary)
    for url in ("fortydliga/", "fortydliga/skicka/"):
        assert "Det går bara att be om förtydligande av en inlämnad rapport" in page(secretary_client, of(year.report, url), note="Vad?")
    assert not year.report.events.filter(action="ask_for_clarification").exists()


def test_party_without_writers_is_told_of(year: Year, secretary_client: Client) -> None:
    year.submitted(year.report)
    year.organisation.representatives.all().delete()
    assert "Inget mejl går" in page(secretary_client, of(year.report, "fortydliga/"), note="Vad?")


@pytest.mark.parametrize("tail", ["fortydliga/", "fortydliga/skicka/", "papper/", "papper/lamna-in/", "papper/kasta/"])
def test_others_do_nothing_with_reports(tail: str, year: Year, outsider_client: Client, sign_in: Any) -> None:
    year.submitted(year.report)
    assert outsider_client.post(of(year.report, tail), {"note": "Vad?"}).url.startswith("/admin/login/")  # type: ignore[attr-defined]
    staff_without_rights = sign_in(User.objects.create_user("ny@example.org", is_staff=True))
    assert staff_without_rights.post(of(year.report, tail), {"note": "Vad?"}).status_code == 403
    assert year.report.status == "submitted"


@pytest.mark.parametrize("tail", ["fortydliga/skicka/", "papper/lamna-in/", "papper/kasta/"])
def test_what_writes_refuses_get(tail: str, year: Year, secretary_client: Client) -> None:
    assert secretary_client.get(of(year.report, tail)).status_code == 405


def test_a_reports_page_asks_as_often_whatever_the_number(year: Year, secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    for rows in (2, 3, 6):
        while year.report.versions.count() < rows:
            if year.report.status == "submitted":
                year.report.reopen(by=year.person)
            year.submitted(year.report, done=f"Gång {year.report.versions.count()}")
        with django_assert_max_num_queries(40) as queries:
            assert secretary_client.get(of(year.report)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]
