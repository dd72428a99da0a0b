"""Whom a proposal binds: the same as a plain oracle says after any sequence of decisions, on the page, as files, in the feed and as data."""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from council.models import Binding, PartyDecision, Proposal
from idekom.lib.dated import today
from tests import builders
from tests.council.proposing import ADOPTED_ON, addressed, administrator, adopted, given, proposal, ready, says

pytestmark = pytest.mark.django_db
DAYS = 60
START = today() - timedelta(days=DAYS)


@dataclass
class Said:
    """What the oracle remembers of an answer."""

    stance: str
    on: date
    from_on: date | None


def oracle(answers: list[Said], day: date) -> tuple[str, date | None]:
    """How a party stands on a day: its latest answer of that day or before."""
    known = [one for one in answers if one.on <= day]
    return (known[-1].stance, known[-1].from_on) if known else ("open", None)


def step(chance: random.Random, row: PartyDecision, by: Any, answers: list[Said]) -> list[Said]:
    """One random thing that the party does, and what the oracle makes of it."""
    if answers and chance.random() < 0.15:
        row.take_back(by=by, seen=row.revision)
        return []
    corrects = bool(answers) and chance.random() < 0.3
    below = answers[:-1] if corrects else answers
    on = START + timedelta(days=chance.randrange(DAYS))
    stance = chance.choice(["yes", "changed", "no", "not_for_us"])
    later = on + timedelta(days=chance.randrange(30)) if chance.random() < 0.5 else None
    told = given(stance, decided_on=on, binds_on=later)
    if below and on < below[-1].on:
        with pytest.raises(ValidationError):
            row.decide(told, by=by, seen=row.revision, corrects=corrects)
        return answers
    row.decide(told, by=by, seen=row.revision, corrects=corrects)
    return [*below, Said(stance, on, (later or on) if stance in {"yes", "changed"} else None)]


@pytest.mark.parametrize("seed", range(4))
def test_binding_equals_the_oracle_after_random_decisions(seed: int) -> None:
    chance = random.Random(seed)
    rows = addressed(*[builders.party(kind=kind) for kind in ("organisation", "city_body", "umbrella")], on=START)
    people = {row.pk: administrator(row) for row in rows}
    known: dict[int, list[Said]] = {row.pk: [] for row in rows}
    for _number in range(25):
        row = chance.choice(rows)
        known[row.pk] = step(chance, row, people[row.pk], known[row.pk])
    for days in range(-1, DAYS + 35, 3):
        day = START + timedelta(days=days)
        told = Binding.on(rows[0].proposal, day)
        if day < START:
            assert told.bonds == []
            continue
        expected = {row.party_id: oracle(known[row.pk], day) for row in rows}
        assert {bond.party.pk: (str(bond.stance), bond.from_on) for bond in told.bonds} == expected
        assert {bond.party.pk for bond in told.bound} == {pk for pk, (_stance, on) in expected.items() if on and on <= day}
        assert {bond.party.pk for bond in told.coming} == {pk for pk, (_stance, on) in expected.items() if on and on > day}
        assert {bond.party.pk for bond in told.unbound} == {pk for pk, (_stance, on) in expected.items() if on is None}


@pytest.fixture
def decided() -> Proposal:
    """An adopted proposal with an answer of each kind."""
    parties = [builders.party(name, kind=kind) for name, kind in (
        ("Jaföreningen", "organisation"), ("Ändringsnämnden", "city_body"), ("Nejföreningen", "organisation"), ("Inteföreningen", "organisation"),
        ("Tysta föreningen", "organisation"), ("Senareföreningen", "organisation"),
    )]  # fmt: skip
    rows = addressed(*parties, on=ADOPTED_ON)
    says(rows[0], "yes", document=ContentFile(b"%PDF-1.7 hemligt", "ja.pdf"))
    says(rows[1], "changed", body="=nämnden")
    says(rows[2], "no")
    says(rows[3], "not_for_us")
    says(rows[5], "yes", binds_on=today() + timedelta(days=30))
    return rows[0].proposal


def test_the_page_says_whom_it_binds_and_blames_nobody(client: Client, decided: Proposal) -> None:
    page = client.get(f"{decided.get_absolute_url()}bundna/").text
    bound, coming, unbound = page.split('id="bundna"')[1], page.split('id="kommer"')[1], page.split('id="inte-bundna"')[1]
    assert "Jaföreningen" in bound.split('id="kommer"')[0]
    assert "Bara på vardagar." in bound.split('id="kommer"')[0]
    assert "Senareföreningen" in coming.split('id="inte-bundna"')[0]
    for name, words in (("Nejföreningen", "Nej"), ("Inteföreningen", "Inget för oss"), ("Tysta föreningen", "Har inte behandlat")):
        assert name in unbound
        assert words in unbound
    assert "FÖRSLAG" in page
    assert not {"försenad", "saknas", "vägra", "ännu inte svarat"} & set(page.casefold().split())


def test_the_page_as_of_a_day_and_what_is_no_day(client: Client, decided: Proposal) -> None:
    path = f"{decided.get_absolute_url()}bundna/"
    before = client.get(f"{path}?datum={(today() - timedelta(days=11)).isoformat()}").text
    assert "Ingen part är bunden den dagen." in before
    assert "Inga parter har fått förslaget" in client.get(f"{path}?datum=2026-03-11").text
    for typed in ("igår", "2026-13-40", "\x00", "9" * 10_000):
        page = client.get(path, {"datum": typed})
        assert (page.status_code, "Skriv datumet som år-månad-dag" in page.text) == (200, True)


def test_the_files_say_the_same(client: Client, decided: Proposal) -> None:
    data = json.loads(client.get(f"{decided.get_absolute_url()}bundna.json").content)
    assert (data["kind"], data["binding_for"]) == ("förslag", ["Jaföreningen", "Ändringsnämnden"])
    assert {row["part"]: row["bunden"] for row in data["parties"]}["Tysta föreningen"] == "nej"
    rows = client.get(f"{decided.get_absolute_url()}bundna.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("part,adress,sida,bunden,från,svar")
    assert any("'=nämnden" in row for row in rows)
    assert len(rows) == 7


def test_a_document_is_for_everybody_only_when_its_party_says_so(client: Client, decided: Proposal) -> None:
    row = decided.decisions.get(party__name="Jaföreningen")
    path = f"{decided.get_absolute_url()}beslut/{row.party.slug}.pdf"
    assert client.get(path).status_code == 404
    PartyDecision.objects.filter(pk=row.pk).update(shows_document=True)
    answer: Any = client.get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 hemligt"
    assert answer["Content-Disposition"].startswith("attachment")


def test_nothing_is_called_decided_before_a_party_has_said_yes(client: Client) -> None:
    one = adopted(aim="Alla får plats.")
    addressed(of=one)
    for path in (one.get_absolute_url(), f"{one.get_absolute_url()}bundna/", "/radet/forslag/", "/radet/forslag/feed/"):
        page = client.get(path).text
        main = page.split("<main")[1].split("</main>")[0] if "<main" in page else page
        assert "FÖRSLAG" in main
        assert "beslut" not in main.casefold()


def test_the_label_stands_in_title_feed_and_open_data(client: Client, decided: Proposal) -> None:
    assert "<title>Förslag: Gemensamma mötesplatser" in client.get(decided.get_absolute_url()).text
    feed = client.get("/radet/forslag/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "<title>FÖRSLAG: Gemensamma mötesplatser</title>" in feed.text
    data = json.loads(client.get("/radet/data/arenden/").content)["data"]
    assert [(one["paperType"], one["idekom:bindingFor"]) for one in data] == [("förslag", ["Jaföreningen", "Ändringsnämnden"])]


def test_drafts_and_internal_ones_are_nowhere(client: Client) -> None:
    hidden = [proposal("Hemligt utkast"), ready("Hemligt klart"), adopted("Hemligt internt")]
    internal = hidden[2]
    assert internal.item
    internal.item.is_internal = True
    internal.item.save()
    row = addressed(of=internal)[0]
    for one in hidden:
        for path in ("", "bundna/", "bundna.csv", "bundna.json", "forslag.pdf", "underlag/", f"underlag/{row.party.slug}.pdf"):
            assert client.get(f"{one.get_absolute_url()}{path}").status_code == 404
    for path in ("/radet/forslag/", "/radet/forslag/feed/", "/radet/data/arenden/"):
        assert "Hemligt" not in client.get(path).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_binding_page_asks_as_often_however_many_there_are(client: Client, django_assert_num_queries: Any, number: int) -> None:
    rows = addressed(*[builders.party() for _number in range(number)])
    for row in rows:
        says(row)
    path = f"{rows[0].proposal.get_absolute_url()}bundna/"
    client.get(path)
    with django_assert_num_queries(3):
        assert client.get(path).text.count("§ 7") == number


def test_the_feeds_address_is_no_proposals() -> None:
    with pytest.raises(Exception, match="no_proposal_has_the_feeds_address"):
        proposal("Feed", slug="feed")
