"""An umbrella that reports for its members: only for those it may, counted once, and the member may say no."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from agreement.models import Membership, Party, Representative
from followup import snapshot
from followup.figures import Figures
from followup.models import Report
from followup.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.conftest import browser
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@dataclass
class Family:
    """An umbrella whose member is the organisation of the year, and who reports for the umbrella."""

    year: Year
    party: Party
    person: User

    @property
    def report(self) -> Report:
        """The umbrella's report, freshly read."""
        return Report.objects.get(party=self.party, round=self.year.round)

    @property
    def client(self) -> Client:
        """The browser of the umbrella's reporter."""
        return browser(self.person)

    def url(self, tail: str = "medlemmar/") -> str:
        return f"{self.report.get_absolute_url()}{tail}"

    def cover(self) -> None:
        """Report for the member."""
        self.report.report_for([self.year.report], by=self.person)

    def turnout(self) -> tuple[int, int]:
        """(asked, reported) of all, once in the round and once in the figures: they are the same."""
        counted, shown = self.year.round.turnout_of_all(), Figures(snapshot.take(self.year.round))
        assert sum(side.reported for side in shown.sides) == counted.reported
        return counted.asked, counted.reported


@pytest.fixture
def family(year: Year) -> Family:
    party = builders.affiliation(builders.party("Paraplyet", kind=Party.Kind.UMBRELLA)).party
    Membership.name_member(party, year.organisation.name, from_on=today())
    builders.report(party, year.round)
    return Family(year, party, builders.representative(party, role=Representative.Role.REPORTER).user)


def test_the_umbrella_chooses_and_the_member_is_told_once(family: Family, mailoutbox: list[EmailMultiAlternatives]) -> None:
    assert "Föreningen Ljuset" in family.client.get(family.url()).content.decode()
    page = family.client.post(family.url(), {"members": [family.year.report.pk]}, follow=True).content.decode()
    assert "Valet av medlemmar är sparat." in page
    assert family.year.report.reported_through == family.report
    family.client.post(family.url(), {"members": [family.year.report.pk]})
    deliver_mail()
    (mail,) = mailoutbox
    assert mail.to == [family.year.person.email]
    assert "Paraplyet har sagt att de rapporterar för Föreningen Ljuset om 2026." in mail.body
    assert "Paraplyet rapporterar för er" in family.year.browser.get(family.year.url()).content.decode()


def test_what_is_not_ticked_is_let_go(family: Family) -> None:
    family.cover()
    family.client.post(family.url(), {})
    assert family.year.report.reported_through is None
    assert list(family.year.report.events.order_by("pk").values_list("action", flat=True)) == ["go_through", "stand_alone"]


def test_only_standing_members_with_a_draft_of_their_own_are_offered(family: Family) -> None:
    names = {}
    for name in ("Slutade", "Nekade", "Lämnade in", "Öppnade igen", "Utan rapport", "Främmande", "Hos annan", "Eget paraply"):
        names[name] = builders.affiliation(builders.party(name)).party
        membership = Membership.name_member(family.party, name, from_on=today()) if name != "Främmande" else None
        if name == "Nekade" and membership:
            membership.deny()
        if name == "Slutade" and membership:
            membership.delete()
        if name != "Utan rapport":
            builders.report(names[name], family.year.round)
    other = builders.report(builders.affiliation(builders.party(kind=Party.Kind.UMBRELLA)).party, family.year.round)
    Report.objects.filter(party=names["Hos annan"]).update(reported_through=other)
    Report.objects.filter(party=names["Främmande"]).update(reported_through=Report.objects.get(party=names["Eget paraply"]))
    for name in ("Lämnade in", "Öppnade igen"):
        family.year.submitted(Report.objects.get(party=names[name]))
    Report.objects.get(party=names["Öppnade igen"]).reopen(by=family.person)
    assert list(family.report.coverable()) == [family.year.report]
    refused = family.client.post(family.url(), {"members": [Report.objects.get(party=names["Främmande"]).pk]}).content.decode()
    assert "Någon av medlemmarna rapporterar själv. Läs om sidan och välj igen." in refused
    family.report.report_for(list(Report.objects.all()), by=family.person)
    assert list(family.report.reports_for.all()) == [family.year.report]


def test_it_is_counted_once(family: Family) -> None:
    assert family.turnout() == (3, 0)
    family.cover()
    assert family.turnout() == (3, 0)
    family.year.submitted(family.report, done="För oss båda")
    assert family.turnout() == (3, 2)
    taken = {party["slug"]: party for party in snapshot.take(family.year.round)["parties"]}
    assert taken[family.year.organisation.slug]["answers"] == []
    assert taken[family.year.organisation.slug]["through"] == {"slug": family.party.slug, "name": "Paraplyet"}
    assert [one["name"] for one in taken[family.party.slug]["reports_for"]] == ["Föreningen Ljuset"]
    family.report.reopen(by=family.person)
    assert family.turnout() == (3, 2)


def test_the_member_says_no(family: Family) -> None:
    family.cover()
    family.year.submitted(family.report)
    page = family.year.browser.post(family.year.url("sjalva/"), follow=True).content.decode()
    assert "Ni rapporterar själva i år." in page
    assert family.year.report.reported_through is None
    assert family.turnout() == (3, 1)
    again = family.year.browser.post(family.year.url("sjalva/"), follow=True).content.decode()
    assert "Det går inte längre" in again
    assert list(family.year.report.events.order_by("pk").values_list("action", flat=True)) == ["go_through", "stand_alone"]


def test_a_member_that_hands_in_reports_for_itself(family: Family) -> None:
    family.cover()
    family.year.submitted(family.report)
    family.year.fill(family.year.report)
    family.year.browser.post(family.year.url("lamna-in/"))
    assert (family.year.report.status, family.year.report.reported_through) == ("submitted", None)
    assert family.turnout() == (3, 2)
    assert list(family.report.coverable()) == []


def test_nothing_changes_once_it_is_in_or_the_round_is_over(family: Family, secretary: User) -> None:
    family.cover()
    family.year.submitted(family.report)
    assert family.client.post(family.url(), {}).url == family.report.get_absolute_url()  # type: ignore[attr-defined]
    with pytest.raises(WrongStatus):
        family.report.report_for([], by=family.person)
    family.year.round.close(by=secretary)
    assert "Det går inte längre" in family.year.browser.post(family.year.url("sjalva/"), follow=True).content.decode()
    assert family.year.report.reported_through == family.report


def test_only_umbrellas_and_those_who_report(family: Family, outsider_client: Client, sign_in: Any) -> None:
    family.cover()
    assert family.year.browser.get(family.year.url("medlemmar/")).status_code == 404
    reader = sign_in(builders.representative(family.party, role=Representative.Role.READER).user)
    assert reader.post(family.url(), {}).url == family.report.get_absolute_url()
    assert outsider_client.post(family.url(), {}).status_code == 404
    assert family.client.post(family.year.url("sjalva/")).status_code == 404
    member_reader = sign_in(builders.representative(family.year.organisation, role=Representative.Role.READER).user)
    assert member_reader.post(family.year.url("sjalva/")).status_code == 404
    assert family.year.browser.get(family.year.url("sjalva/")).status_code == 405
    assert family.year.report.reported_through == family.report


@pytest.mark.parametrize("typed", ["x", "\x00", "-1", "99999999999999999999999", "1 OR 1=1", "\ufffd"])
def test_nonsense_for_members_is_refused_without_harm(typed: str, family: Family) -> None:
    response = family.client.post(family.url(), {"members": [typed]})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert family.year.report.reported_through is None


@pytest.mark.parametrize("left", ["denied", "ended"])
def test_who_is_no_member_any_more_reports_for_itself(left: str, family: Family) -> None:
    family.cover()
    membership = Membership.objects.get(member=family.year.organisation)
    if left == "denied":
        membership.deny()
    else:
        membership.end(today())
    for commitment in family.report.commitments:
        family.report.answer(commitment, progress="started")
    family.report.submit(by=family.person)
    assert family.year.report.reported_through is None
    assert list(Report.objects.not_yet_in().filter(party=family.year.organisation)) == [family.year.report]


def test_a_member_that_left_is_let_go_when_the_choice_is_saved(family: Family) -> None:
    family.cover()
    Membership.objects.get(member=family.year.organisation).deny()
    family.client.post(family.url(), {})
    assert family.year.report.reported_through is None


def test_the_members_own_pages_say_who_reports(family: Family, secretary: User) -> None:
    family.cover()
    browser = family.year.browser
    assert "Paraplyet rapporterar för er." in browser.get("/mina-sidor/").content.decode()
    family.year.round.close(by=secretary)
    assert "Paraplyet rapporterar för er." in browser.get(family.year.url()).content.decode()
