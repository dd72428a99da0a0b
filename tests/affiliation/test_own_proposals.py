"""A party's own page for a proposal: only its administrators answer, nothing typed is lost, and who comes second is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from council.models import PartyDecision
from idekom.lib.dated import today
from tests import builders
from tests.council.proposing import addressed, says

pytestmark = pytest.mark.django_db
ON = (today() - timedelta(days=3)).isoformat()
YES = {"stance": "yes", "decided_on": ON, "body": "styrelsen", "paragraph": "7", "seen": "0"}


@pytest.fixture
def row() -> PartyDecision:
    """A party with a proposal before it."""
    return addressed()[0]


def path(row: PartyDecision, more: str = "") -> str:
    return f"/mina-sidor/parter/{row.party.slug}/forslag/{row.proposal.slug}/{more}"


def theirs(row: PartyDecision, sign_in: Any, role: str = "administrator") -> Client:
    client: Client = sign_in(builders.representative(row.party, role=role).user)  # type: ignore[arg-type]
    return client


def test_an_administrator_answers(row: PartyDecision, sign_in: Any) -> None:
    client = theirs(row, sign_in)
    assert "Inte behandlade" in client.get(f"/mina-sidor/parter/{row.party.slug}/forslag/").text
    document = SimpleUploadedFile("ja.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf")
    page = client.post(path(row), {**YES, "document": document}, follow=True).text
    assert "Svaret är infört" in page
    row.refresh_from_db()
    assert (row.status, row.body, row.paragraph, bool(row.document)) == ("yes", "styrelsen", "7", True)
    event = row.events.exclude(document="").get()
    answer: Any = client.get(path(row, f"handlingar/{event.pk}.pdf"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")


def test_my_pages_tell_of_what_waits_until_it_is_answered(row: PartyDecision, sign_in: Any) -> None:
    client = theirs(row, sign_in)
    assert path(row) in client.get("/mina-sidor/").text
    assert path(row) not in theirs(row, sign_in, "reader").get("/mina-sidor/").text
    says(row)
    assert path(row) not in client.get("/mina-sidor/").text


@pytest.mark.parametrize("who", ["reader", "reporter", "of another party", "secretary", "outsider", "nobody"])
def test_nobody_else_answers_for_a_party(row: PartyDecision, sign_in: Any, secretary_client: Client, outsider_client: Client, who: str) -> None:
    clients = {"of another party": sign_in(builders.representative().user), "secretary": secretary_client, "outsider": outsider_client}
    client = theirs(row, sign_in, who) if who in {"reader", "reporter"} else clients.get(who, Client())
    answer = client.post(path(row), YES)
    assert answer.status_code == (302 if who == "nobody" else 404)
    row.refresh_from_db()
    assert row.status == "open"
    if who in {"reader", "reporter"}:
        page = client.get(path(row)).text
        assert "Spara svaret" not in page
        assert "administratör hos er" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"stance": ""}, "Välj vad ni säger om förslaget."),
        ({"stance": "kanske"}, "Välj ett av svaren."),
        ({"decided_on": ""}, "Skriv vilken dag ni beslutade."),
        ({"decided_on": (today() + timedelta(days=1)).isoformat()}, "Dagen ligger i framtiden."),
        ({"decided_on": "\x00"}, "Skriv vilken dag ni beslutade."),
        ({"decided_on": "i går"}, "år-månad-dag"),
        ({"body": ""}, "Skriv vilket organ hos er som beslutade"),
        ({"body": "x" * 10_000}, "120"),
        ({"stance": "changed"}, "Skriv ändringen med ord."),
        ({"binds_on": "2001-01-01"}, "en dag före beslutet"),
        ({"comment": "x" * 10_000}, "1000"),
        ({"document": SimpleUploadedFile("a.pdf", b"inget")}, "Filen är inte en PDF."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(row: PartyDecision, sign_in: Any, wrong: dict[str, Any], told: str) -> None:
    page = theirs(row, sign_in).post(path(row), {**YES, "comment": "Vi tackar.", **wrong}).text
    assert told in page
    assert "Vi tackar." in page or "comment" in wrong
    row.refresh_from_db()
    assert row.status == "open"


@pytest.mark.parametrize("seen", ["-1", "", "9" * 30, "x"])
def test_a_revision_that_is_none_is_no_fault(row: PartyDecision, sign_in: Any, seen: str) -> None:
    assert theirs(row, sign_in).post(path(row), {**YES, "seen": seen}).status_code == 200
    row.refresh_from_db()
    assert row.status == "open"


def test_who_comes_second_is_told_and_keeps_what_was_typed(row: PartyDecision, sign_in: Any) -> None:
    client = theirs(row, sign_in)
    says(row, "no")
    page = client.post(path(row), {**YES, "comment": "Vi tackar."}).text
    assert "Det går inte längre" in page
    assert "Vi tackar." in page
    row.refresh_from_db()
    assert row.status == "no"


def test_a_mistake_is_taken_back(row: PartyDecision, sign_in: Any) -> None:
    client = theirs(row, sign_in)
    says(row)
    assert client.get(path(row, "ta-bort-svaret/")).status_code == 405
    assert "vad som var fel" in client.post(path(row, "ta-bort-svaret/"), {"seen": "1"}, follow=True).text
    client.post(path(row, "ta-bort-svaret/"), {"seen": "1", "note": "Fel förslag."})
    row.refresh_from_db()
    assert row.status == "open"


def test_the_secretary_enters_a_paper(row: PartyDecision, secretary_client: Client, client: Client) -> None:
    base = f"/admin/council/partydecision/{row.pk}/papper/"
    assert "Skriv vilket papper" in secretary_client.post(base, YES).text
    assert "Det är infört." in secretary_client.post(base, {**YES, "paper_source": "protokollsutdrag"}, follow=True).text
    assert "Inlagt av kansliet från papper: protokollsutdrag" in client.get(f"{row.proposal.get_absolute_url()}bundna/").text
