"""The secretary's page of a round: who has reported, who is missing, reminders, and requests for more time."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from agreement.models import Party
from followup.models import Extension, Report, ReportReminder, Round
from followup.tasks import deliver_mail
from idekom.admin_site import to_do
from idekom.lib.dated import today
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


def text(client: Client, path: str, **posted: Any) -> str:
    """The words of a page, on one line."""
    response = client.post(path, posted["body"], follow=True) if posted else client.get(path)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def full(year: Year) -> Year:
    """The year with a second organisation in a sector, whose report is begun, and one that nobody may write."""
    party = builders.affiliation(builders.party("Barkbåten", sector=builders.sector("Kultur"))).party
    builders.representative(party, builders.user("barbro@example.org", name="Barbro"))
    begun = builders.report(party, year.round)
    begun.answer(year.both, progress="started")
    builders.report(builders.affiliation(builders.party("Tysta föreningen")).party, year.round)
    year.submitted(year.report)
    builders.representative(year.office, builders.user("kim@example.org", language="en"))
    return year


def test_the_counter_equals_the_database(full: Year, secretary_client: Client) -> None:
    page = text(secretary_client, of(full.round))
    assert "1 inkomna, 1 på väg, 2 ej påbörjade av 4" in page
    assert "Staden 0 0 1 1 Civilsamhället 1 1 1 3" in page
    assert "Kultur 0 1 0 1 Utan sektor 1 0 1 2" in page
    all = full.round.turnout_of_all()
    assert (all.reported, all.under_way, all.not_begun, all.asked) == (1, 1, 2, Report.objects.count())


def test_everybody_sees_the_counter_while_the_round_is_open(full: Year, secretary: User) -> None:
    assert "1 inkommen , 1 på väg av 4" in text(Client(), "/uppfoljning/2026/")
    full.round.close(by=secretary)
    assert "på väg av" not in text(Client(), "/uppfoljning/2026/")


def test_the_missing_are_listed_with_last_day_and_last_mail(full: Year, secretary: User, secretary_client: Client) -> None:
    report = Report.objects.get(party__name="Barkbåten")
    until = full.round.due_on + timedelta(days=9)
    Extension.objects.ask(report, until_on=until, by=secretary).grant(by=secretary)
    ReportReminder.objects.make(today())
    deliver_mail()
    page = text(secretary_client, of(full.round))
    missing = page.split("Ännu ej inkommet (3)")[1].split("Har rapporterat (1)")[0]
    assert missing.index("Barkbåten På väg") < missing.index("Kulturkontoret Ej påbörjad") < missing.index("Tysta föreningen Ej påbörjad")
    assert "Har fått mer tid" in missing
    assert missing.count(_day(today())) == 2
    assert "Rapporten väntar 2 0 0" in page.split("Mejl om rapporterna")[1]
    assert "tag--bad" not in secretary_client.get(of(full.round)).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?sida=city", {"Kulturkontoret"}),
        ("?sida=civil_society", {"Barkbåten", "Tysta föreningen"}),
        ("?sektor=KULTUR", {"Barkbåten"}),
        ("?sida=city&sektor=KULTUR", set()),
        ("?sida=månen&sektor=%00%ff", {"Barkbåten", "Tysta föreningen", "Kulturkontoret"}),
    ],
)
def test_the_missing_are_narrowed_down(query: str, names: set[str], full: Year, secretary_client: Client) -> None:
    slug = Party.objects.get(name="Barkbåten").sector.slug  # type: ignore[union-attr]
    page = text(secretary_client, of(full.round) + query.replace("KULTUR", slug))
    missing = page.split("Ännu ej inkommet")[1].split("Har rapporterat")[0]
    assert {name for name in ("Barkbåten", "Tysta föreningen", "Kulturkontoret") if name in missing} == names


def test_the_reminder_is_looked_at_and_then_sent(full: Year, secretary_client: Client) -> None:
    page = text(secretary_client, of(full.round, "paminn"))
    assert "2 mottagare" in page
    assert "Barkbåten: Barbro, barbro@example.org" in page
    assert "Lämna in rapporten senast den" in page
    assert "Hej Barbro," in page
    assert "Går inte att mejla (1)" in page
    assert ReportReminder.objects.count() == 0
    keys = re.findall(r'name="to" value="([\d-]+)"[^>]*checked', secretary_client.get(of(full.round, "paminn")).content.decode())
    assert len(keys) == 2
    page = text(secretary_client, of(full.round, "paminn"), body={"to": keys})
    assert "2 påminnelser är på väg" in page
    deliver_mail()
    reminded = [message for message in mail.outbox if str(message.subject).startswith(("Lämna in", "Hand in"))]
    assert sorted(message.to[0] for message in reminded) == ["barbro@example.org", "kim@example.org"]
    assert "Påminnelse från kansliet" in text(secretary_client, of(full.round))


def test_nobody_is_reminded_twice_on_a_day(full: Year, secretary_client: Client) -> None:
    keys = re.findall(r'name="to" value="([\d-]+)"', secretary_client.get(of(full.round, "paminn")).content.decode())
    secretary_client.post(of(full.round, "paminn"), {"to": keys[:1]})
    page = text(secretary_client, of(full.round, "paminn"))
    assert "1 mottagare" in page
    assert "Har redan fått mejl i dag (1)" in page
    page = text(secretary_client, of(full.round, "paminn"), body={"to": keys})
    assert "Listan har ändrats sedan sidan visades" in page
    assert ReportReminder.objects.count() == 1
    secretary_client.post(of(full.round, "paminn"), {"to": keys[1:]})
    assert "Det finns ingen att påminna just nu" in text(secretary_client, of(full.round, "paminn"))
    assert ReportReminder.objects.count() == 2


@pytest.mark.parametrize("to", [[], [""], ["1-1"], ["\0"], ["-5"], ["x" * 10_000]])
def test_who_is_not_on_the_list_is_not_reminded(to: list[str], full: Year, secretary_client: Client) -> None:
    page = text(secretary_client, of(full.round, "paminn"), body={"to": to})
    assert "Kryssa för minst en mottagare" in page or "Listan har ändrats" in page
    assert ReportReminder.objects.count() == 0


def test_a_reminder_follows_the_choice_of_side(full: Year, secretary_client: Client) -> None:
    page = text(secretary_client, of(full.round, "paminn") + "?sida=city")
    assert "kim@example.org" in page
    assert "barbro@example.org" not in page


@pytest.mark.parametrize(("verb", "status", "told"), [("ja", "granted", "Parten har fått mer tid"), ("nej", "declined", "Sista dagen är som förut")])
def test_requests_are_answered_with_one_click(verb: str, status: str, told: str, full: Year, secretary: User, secretary_client: Client) -> None:
    until = full.round.due_on + timedelta(days=9)
    asked = Extension.objects.ask(full.office_report, until_on=until, by=secretary, why="<b>Semester</b>")
    assert "Ber om mer tid (1)" in text(secretary_client, of(full.round))
    assert "<b>Semester</b>" in text(secretary_client, of(full.round))
    page = text(secretary_client, of(full.round, f"mer-tid/{asked.pk}/{verb}"), body={"note": "Hälsningar."})
    assert told in page
    asked.refresh_from_db()
    assert asked.status == status
    assert asked.answer
    assert (asked.answer.note, asked.answer.actor) == ("Hälsningar.", secretary)
    assert "Det går inte längre" in text(secretary_client, of(full.round, f"mer-tid/{asked.pk}/{verb}"), body={})
    assert "Ber om mer tid (1)" not in page


def test_too_long_a_word_and_another_rounds_request_change_nothing(full: Year, secretary: User, secretary_client: Client) -> None:
    asked = Extension.objects.ask(full.office_report, until_on=full.round.due_on + timedelta(days=9), by=secretary)
    assert "Korta texten" in text(secretary_client, of(full.round, f"mer-tid/{asked.pk}/ja"), body={"note": "a" * 10_000})
    other = builders.round(2027)
    assert secretary_client.post(of(other, f"mer-tid/{asked.pk}/ja")).status_code == 404
    asked.refresh_from_db()
    assert asked.status == "asked"


@pytest.mark.parametrize("verb", ["ja", "nej"])
def test_answers_and_reminders_refuse_get_and_strangers(
    verb: str, full: Year, secretary_client: Client, outsider_client: Client, sign_in: Any
) -> None:
    asked = Extension.objects.ask(full.office_report, until_on=full.round.due_on + timedelta(days=9), by=full.person)
    url = of(full.round, f"mer-tid/{asked.pk}/{verb}")
    assert secretary_client.get(url).status_code == 405
    staff_without_rights = sign_in(User.objects.create_user("ny@example.org", is_staff=True))
    for address in (url, of(full.round, "paminn")):
        assert outsider_client.post(address).status_code == 302
        assert staff_without_rights.post(address).status_code == 403
    asked.refresh_from_db()
    assert asked.status == "asked"
    assert ReportReminder.objects.count() == 0


def test_the_to_do_list_tells_what_waits(full: Year, secretary: User) -> None:
    Extension.objects.ask(full.office_report, until_on=full.round.due_on + timedelta(days=9), by=secretary).grant(by=secretary)
    Extension.objects.ask(full.office_report, until_on=full.round.due_on + timedelta(days=12), by=secretary)

    def labels(days: int) -> dict[str, int]:
        waiting = to_do(full.round.due_on + timedelta(days=days), secretary)
        return {one.label: one.count for one in waiting if "2026" in one.label}

    asked, missing = "Parter som ber om mer tid för rapporten 2026", "Rapporter för 2026 som inte har kommit in än"
    assert labels(0) == labels(5) == {asked: 1, missing: 3}
    assert labels(10) == {asked: 1, missing: 3, "Omgång 2026 kan avslutas": 1}


def test_pages_ask_as_often_whatever_the_number(year: Year, secretary: User, secretary_client: Client, django_assert_max_num_queries: Any) -> None:
    asked = []
    secretary_client.get(of(year.round))  # what Django keeps from the first page on
    for rows in (1, 3, 60):
        while year.round.reports.count() < rows + 2:
            party = builders.affiliation(builders.party(sector=builders.sector())).party
            person = builders.representative(party).user
            report = builders.report(party, year.round)
            Extension.objects.ask(report, until_on=year.round.due_on + timedelta(days=9), by=person)
        ReportReminder.objects.make(today() + timedelta(days=rows))
        with django_assert_max_num_queries(60) as queries:
            secretary_client.get(of(year.round))
            secretary_client.get(of(year.round, "paminn"))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


def _day(day: Any) -> str:
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
    return f"{day.day} {months[day.month - 1]} {day.year}"
