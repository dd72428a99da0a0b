"""The anchoring log: who was asked, by whom it is written, and that nothing is ready without it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreement.models import Side
from council.models import Anchoring, NotAnchored, Proposal
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council.proposing import adopted, anchored, proposal, ready
from tests.council.sitting import Sitting, sitting

pytestmark = pytest.mark.django_db
ENTRY = {"group": "fritidscheferna", "side": "city", "asked_on": "2026-02-03", "how": "meeting", "said": "Vi vill börja smått."}


@pytest.fixture
def member(sign_in: Any) -> Client:
    """A member of the council."""
    here: Sitting = sitting()
    person = here.holders[0]
    person.user = builders.user()
    person.save()
    client: Client = sign_in(person.user)
    return client


def test_nothing_is_ready_that_is_not_anchored() -> None:
    one, by = proposal(), builders.user()
    with pytest.raises(NotAnchored):
        one.make_ready(by=by)
    anchored(one)
    one.make_ready(by=by)
    assert one.status == "ready"
    with pytest.raises(WrongStatus):
        one.make_ready(by=by)


def test_the_database_refuses_ready_without_a_log() -> None:
    one = proposal()
    with pytest.raises(IntegrityError, match="nothing_is_ready"), transaction.atomic():
        Proposal.objects.filter(pk=one.pk).update(status="ready")
    with pytest.raises(IntegrityError, match="nothing_is_ready"), transaction.atomic():
        proposal("Genast klart", status="ready")


def test_what_was_anchored_stands_once_it_is_ready_and_can_be_reworked() -> None:
    one, by = ready(), builders.user()
    entry = one.anchorings.get()
    for change in (entry.delete, lambda: Anchoring.objects.filter(pk=entry.pk).update(said="Annat")):
        with pytest.raises(IntegrityError, match="what_was_anchored_stands"), transaction.atomic():
            change()
    anchored(one, group="byalaget")
    one.rework(by=by, note="Ett stycke till.")
    assert (one.status, one.is_editable) == ("draft", True)
    entry.delete()
    assert one.anchorings.count() == 1


@pytest.mark.parametrize("field", ["title", "slug", "aim", "text", "addressed"])
def test_the_words_stand_once_it_is_ready(field: str) -> None:
    one = ready()
    with pytest.raises(Exception, match=r"the_words_stand|Cannot update"), transaction.atomic():
        Proposal.objects.filter(pk=one.pk).update(**{field: "city"})
    one.rework(by=builders.user())
    assert Proposal.objects.filter(pk=one.pk).update(**{field: "city"}) == 1


def test_the_log_closes_when_the_council_has_it() -> None:
    with pytest.raises(WrongStatus):
        anchored(adopted())


def test_one_is_asked_a_party_a_sector_or_a_group() -> None:
    one, party, sector = proposal(), builders.party(), builders.sector()
    entries = [anchored(one, party=party), anchored(one, sector=sector), anchored(one, group="grannar")]
    assert [(entry.who, entry.asked_side) for entry in entries] == [
        (party.name, Side.CIVIL_SOCIETY),
        (sector.name, Side.CIVIL_SOCIETY),
        ("grannar", None),
    ]
    assert one.anchorings.sides() == {Side.CIVIL_SOCIETY}
    for fields in ({"party": party, "group": "båda"}, {"group": ""}, {"how": "gissning"}, {"side": "uppsidan"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            anchored(one, **fields)


def test_a_member_writes_in_the_log(member: Client) -> None:
    one = proposal()
    assert one.title in member.get("/mina-sidor/forslag/").text
    page = member.post(f"/mina-sidor/forslag/{one.pk}/", ENTRY, follow=True).text
    assert "Det står i förankringsloggen." in page
    assert "Vi vill börja smått." in page
    entry = one.anchorings.get()
    assert (entry.who, entry.asked_on, entry.asked_side) == ("fritidscheferna", date(2026, 2, 3), Side.CITY)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"group": ""}, "ett av dem"),
        ({"asked_on": "i går"}, "år-månad-dag"),
        ({"asked_on": (today() + timedelta(days=1)).isoformat()}, "inte ligga i framtiden"),
        ({"how": ""}, "Välj hur du frågade."),
        ({"how": "\x00"}, "Välj ett av sätten."),
        ({"said": ""}, "Skriv vad de sade"),
        ({"said": "x" * 10_000}, "2000"),
        ({"party": "-1"}, "Välj ett av alternativen."),
        ({"side": "uppsidan"}, "Välj ett av alternativen."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(member: Client, wrong: dict[str, str], told: str) -> None:
    one = proposal()
    page = member.post(f"/mina-sidor/forslag/{one.pk}/", {**ENTRY, **wrong}).text
    assert told in page
    assert "fritidscheferna" in page or "group" in wrong
    assert one.anchorings.count() == 0


def test_only_members_find_proposals_in_the_making(outsider_client: Client, client: Client) -> None:
    one = proposal()
    for path in ("/mina-sidor/forslag/", f"/mina-sidor/forslag/{one.pk}/"):
        assert outsider_client.get(path).status_code == 404
        assert client.get(path).status_code == 302
    assert outsider_client.post(f"/mina-sidor/forslag/{one.pk}/", ENTRY).status_code == 404


def test_what_the_council_has_is_not_in_the_making(member: Client) -> None:
    one = adopted()
    assert one.title not in member.get("/mina-sidor/forslag/").text
    assert member.post(f"/mina-sidor/forslag/{one.pk}/", ENTRY).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_members_list_asks_as_often_however_many_there_are(member: Client, django_assert_num_queries: Any, number: int) -> None:
    for n in range(number):
        anchored(proposal(f"Utkast {n}"))
    member.get("/mina-sidor/forslag/")
    with django_assert_num_queries(5):
        assert member.get("/mina-sidor/forslag/").text.count("är tillfrågad") == number


def test_the_log_is_read_by_everybody_once_the_proposal_is_public(client: Client) -> None:
    one = proposal()
    anchored(one, said="Vi behöver nycklar.")
    assert client.get(one.get_absolute_url()).status_code == 404
    here = sitting(city=1, civil_society=1)
    one.make_ready(by=here.by)
    one.put_on_agenda(by=here.by, meeting=here.meeting)
    here.meeting.call(by=here.by)
    page = client.get(one.get_absolute_url()).text
    assert "Vi behöver nycklar." in page
    assert "fritidscheferna i Angered" in page
