"""A party's page: what is public about it, what it stands for, and its reports."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from affiliation.models import Affiliation
from agreement.models import Membership, Owner, Party
from followup import snapshot
from followup.models import Compilation, Report
from idekom.lib.dated import today
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def page(client: Client, party: Party) -> str:
    """The party's page."""
    return client.get(party.get_absolute_url()).content.decode()


def publish(report: Report) -> Compilation:
    """A book of the report's round that came out just now."""
    taken = {"snapshot": snapshot.take(report.round), "taken_at": timezone.now()}
    revision = report.round.compilations.count() + 1
    return Compilation.objects.create(
        round=report.round, revision=revision, status="published", sha256=f"{revision:064}", published_at=timezone.now(), **taken
    )


def test_the_page_tells_who_decided_what_and_when(client: Client, make: Any, secretary: Any) -> None:
    meeting = make.meeting()
    own = {"decided_by": "årsmötet", "decided_on": date(2020, 3, 12), "decided_paragraph": "4"}
    decided = {"meeting": meeting, "paragraph": "9", "idekom_decided_on": date(2020, 4, 1)}
    party = make.affiliation(
        make.party("Ljuset", website="https://ljuset.example.org", address="Ågatan 1", postal_code="411 03", city="Göteborg"),
        from_on=date(2020, 4, 1),
        **own,
        **decided,
    ).party
    text = page(client, party)
    for shown in ("Årsmötet, 12 mars 2020, § 4", f"{meeting}, § 9", "1 april 2020", "Ågatan 1, 411 03 Göteborg", "https://ljuset.example.org"):
        assert shown in text
    assert "Uppgifterna är inte bekräftade" not in text
    assert "<img" not in text


def test_a_delegated_decision_says_so(client: Client, make: Any) -> None:
    delegated = make.affiliation(is_delegated=True, idekom_decided_on=date(2024, 5, 6), paragraph="3").party
    assert "Delegationsbeslut, 6 maj 2024, § 3" in page(client, delegated)


def test_an_entry_that_is_not_confirmed_is_marked(client: Client, make: Any) -> None:
    affiliation = make.affiliation()
    Affiliation.objects.update(unconfirmed_since=today())
    text = page(client, affiliation.party)
    assert "Uppgifterna är inte bekräftade" in text
    assert "Ansluten sedan" in text


def test_it_stands_for_the_commitments_of_its_side(client: Client, make: Any) -> None:
    both, sector, city = (make.commitment(owner, title=f"Löfte {owner}") for owner in (Owner.BOTH, Owner.SECTOR, Owner.CITY))
    text = page(client, make.affiliation().party)
    assert (both.get_absolute_url() in text, sector.get_absolute_url() in text, city.get_absolute_url() in text) == (True, True, False)
    assert "2 åtaganden gäller parten." in text
    assert city.get_absolute_url() in page(client, make.affiliation(make.party(kind="city_body")).party)


def test_a_former_party_is_shown_as_former_and_an_unknown_one_not_at_all(client: Client, make: Any) -> None:
    former = make.affiliation(
        make.party("Förr", description="Vi gjorde annat.", website="https://forr.example.org", address="Ågatan 1"),
        from_on=date(2013, 1, 1),
        until_on=date(2015, 12, 31),
    ).party
    text = page(client, former)
    assert "Tidigare ansluten" in text
    assert "1 januari 2013 – 31 december 2015" in text
    for hidden in ("Vi gjorde annat.", "forr.example.org", "Ågatan", "Vad parten står för", "Partens eget beslut"):
        assert hidden not in text
    assert client.get(make.party("Okänd").get_absolute_url()).status_code == 404
    coming = make.affiliation(from_on=today() + timedelta(days=9)).party
    assert client.get(coming.get_absolute_url()).status_code == 404


def test_a_party_that_came_back_shows_both_times(client: Client, make: Any) -> None:
    party = make.affiliation(from_on=date(2013, 1, 1), until_on=date(2015, 12, 31)).party
    make.affiliation(party, from_on=date(2020, 1, 1))
    text = page(client, party)
    assert "Tidigare ansluten" not in text
    assert "1 januari 2013 – 31 december 2015" in text
    assert "1 januari 2020" in text


def test_umbrellas_and_members_link_to_each_other(client: Client, make: Any) -> None:
    umbrella, member, outside = make.party("Paraplyet", kind="umbrella"), make.party("Medlemmen"), make.party("Utanför")
    for party in (umbrella, member):
        make.affiliation(party)
    Membership.name_members(umbrella, [member.name, outside.name, "Okänd förening"], from_on=today())
    text = page(client, umbrella)
    assert member.get_absolute_url() in text
    assert "Utanför" in text
    assert "Okänd förening" in text
    assert outside.get_absolute_url() not in text
    assert umbrella.get_absolute_url() in page(client, member)


def test_reports_are_shown_once_the_years_book_is_out(client: Client, year: Year) -> None:
    report = year.submitted(year.report, example="Vi delar nycklar.")
    address = f"/anslutna/{year.organisation.slug}/uppfoljning/2026/"
    assert client.get(address).status_code == 404
    assert address not in page(client, year.organisation)
    publish(report)
    text = page(client, year.organisation)
    assert address in text
    assert "Senaste uppföljning" in text
    shown = client.get(address).content.decode()
    for said in (f"Vi gjorde {year.both.number}.", "Vi delar nycklar.", "Påbörjat", year.both.title, year.sector.title):
        assert said in shown
    assert year.city.title not in shown
    assert year.person.email not in shown


def test_a_report_that_came_in_after_the_book_waits_for_the_next_edition(client: Client, year: Year) -> None:
    publish(year.report)
    year.submitted(year.report)
    address = f"/anslutna/{year.organisation.slug}/uppfoljning/2026/"
    assert client.get(address).status_code == 404
    publish(year.report)
    assert f"Vi gjorde {year.both.number}." in client.get(address).content.decode()


def test_what_is_handed_in_after_the_book_is_not_read_on_the_page(client: Client, year: Year) -> None:
    report = year.submitted(year.report)
    publish(report)
    report.reopen(by=year.person)
    year.submitted(year.report, done="Nya ord")
    shown = client.get(f"/anslutna/{year.organisation.slug}/uppfoljning/2026/").content.decode()
    assert f"Vi gjorde {year.both.number}." in shown
    assert "Nya ord" not in shown


def test_a_report_that_only_idekom_reads_says_so(client: Client, year: Year) -> None:
    for commitment in year.report.commitments:
        year.report.answer(commitment, private=["progress", "done"], progress="started", done="Hemligt ord")
    year.report.submit(by=year.person)
    publish(year.report)
    address = f"/anslutna/{year.organisation.slug}/uppfoljning/2026/"
    assert address in page(client, year.organisation)
    shown = client.get(address).content.decode()
    assert "låter bara Idékom läsa svaren" in shown
    assert "Hemligt ord" not in shown


def test_drafts_and_other_years_are_no_reports(client: Client, year: Year) -> None:
    year.fill(year.report)
    publish(year.report)
    for path in ("uppfoljning/2026/", "uppfoljning/1999/", "uppfoljning/99999999999999999999/"):
        assert client.get(year.organisation.get_absolute_url() + path).status_code == 404
    assert client.post(year.organisation.get_absolute_url() + "uppfoljning/2026/").status_code == 405


def test_the_page_asks_as_often_however_many_members_there_are(client: Client, make: Any) -> None:
    umbrella = make.affiliation(make.party(kind="umbrella")).party
    counts, made = [], 0
    for wanted in (1, 3, 300):
        for number in range(made, wanted):
            member = make.affiliation(make.party(f"Medlem {number}")).party
            Membership.name_member(umbrella, member.name, from_on=today())
        made = wanted
        with CaptureQueriesContext(connection) as queries:
            page(client, umbrella)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
