"""The pages of a revision round, and the office's."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import RevisionComment, RevisionRound, Version
from idekom.lib.dated import today
from idekom.users.models import User
from tests.agreement.test_pages import text_of
from tests.agreement.wording import SHORT, comment, draft, revision, wording

PAGE = "/overenskommelsen/versioner/2027/synpunkter/"
GIVEN = {"text": "Skriv invånarna i stället.", "name": "Föreningen Mitt", "email": "", "consent": "on"}


@pytest.fixture
def round(founded: Version) -> RevisionRound:
    return revision()


@pytest.fixture
def office(make: Any) -> User:
    found: User = make.user()
    return found


def close(round: RevisionRound) -> None:
    RevisionRound.objects.filter(pk=round.pk).update(closes_on=today() - timedelta(days=1))


def test_the_draft_is_shown_paragraph_by_paragraph(round: RevisionRound, client: Client) -> None:
    page = client.get(PAGE).text
    words = text_of(page)
    assert all(text in words for _part, _number, _kind, text in SHORT)
    assert page.count("Lämna en synpunkt<") == len(SHORT)
    assert "Texten gäller inte." in words
    assert "Ni kan lämna synpunkter till och med den" in words
    assert "Läs och lämna synpunkter på utkastet" in client.get("/overenskommelsen/versioner/2027/").text
    assert "Utkast 2027 utkast Gäller inte" in text_of(client.get("/overenskommelsen/versioner/").text)


def test_a_comment_comes_in_and_is_shown_after_somebody_has_read_it(round: RevisionRound, client: Client, office: User) -> None:
    form = client.get(f"{PAGE}5/").text
    assert "En stad där medborgarna är med och bestämmer." in form
    assert "Kansliet läser synpunkten innan den visas" in form
    sent = client.post(f"{PAGE}5/", GIVEN)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{PAGE}tack/")
    assert "Tack för synpunkten" in client.get(f"{PAGE}tack/").text
    assert "Skriv invånarna" not in client.get(PAGE).text
    one = RevisionComment.objects.get()
    assert (one.text, one.name, one.passage.position, one.language) == (GIVEN["text"], "Föreningen Mitt", 5, "sv")
    one.show(by=office)
    assert "Skriv invånarna i stället. Föreningen Mitt," in text_of(client.get(PAGE).text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Skriv vad ni vill säga om stycket."),
        ({"text": "x" * 5001}, "Korta texten till högst 5000 tecken. Nu är den 5001 tecken."),
        ({"email": "inte en adress"}, "Skriv adressen så här: namn@forening.se."),
        ({"consent": ""}, "Kryssa i rutan om synpunkten får visas."),
        ({"name": "n" * 121}, "Korta texten till högst 120 tecken."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(round: RevisionRound, client: Client, change: dict[str, str], said: str) -> None:
    page = client.post(f"{PAGE}5/", GIVEN | change)
    assert page.status_code == 200
    assert said in page.text
    assert all(value in page.text for value in (GIVEN | change).values())
    assert not RevisionComment.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "=1+1", "<script>alert(1)</script>", "x" * 5000])
def test_no_words_break_the_pages(round: RevisionRound, client: Client, office: User, text: str) -> None:
    sent = urlencode(GIVEN | {"text": text}, errors="surrogatepass")
    assert client.post(f"{PAGE}5/", sent, content_type="application/x-www-form-urlencoded").status_code == 302
    for one in RevisionComment.objects.all():
        one.show(by=office)
    assert [client.get(f"{PAGE}{path}").status_code for path in ("", "svar/", "svar.csv")] == [200] * 3
    assert "<script>alert" not in client.get(PAGE).text


def test_after_the_last_day_nobody_can_comment_and_the_page_says_when_it_closed(round: RevisionRound, client: Client) -> None:
    close(round)
    for answer in (client.get(f"{PAGE}5/"), client.post(f"{PAGE}5/", GIVEN)):
        assert answer.status_code == 403
        assert "Tiden för synpunkter är slut" in answer.text
        assert "Nya synpunkter tas inte emot här." in answer.text
    assert GIVEN["text"] in client.post(f"{PAGE}5/", GIVEN).text
    assert not RevisionComment.objects.exists()
    page = client.get(PAGE).text
    assert "Lämna en synpunkt" not in page
    assert "Tiden för synpunkter gick ut den" in page


def test_before_the_first_day_there_is_nothing(founded: Version, client: Client) -> None:
    revision(opens=1)
    for path in ("", "5/", "tack/", "svar/", "svar.csv"):
        assert client.get(f"{PAGE}{path}").status_code == 404


@pytest.mark.parametrize("position", ["99", "0", "99999999999999999999"])
def test_a_paragraph_that_is_not_there_is_not_found(round: RevisionRound, client: Client, position: str) -> None:
    assert client.get(f"{PAGE}{position}/").status_code == 404


def test_the_answers_stand_in_one_table(round: RevisionRound, client: Client, office: User) -> None:
    one, other, held = comment(round, name="Anna"), comment(round, text="=Bra", position=9), comment(round, text="Reklam")
    for shown in (one, other):
        shown.show(by=office)
    held.hold_back(by=office)
    one.answer(by=office, outcome="partly", reason="Ordet byts.")
    page = client.get(f"{PAGE}svar/").text
    assert "Skriv invånarna. Anna Tas in delvis Ordet byts." in text_of(page)
    assert "=Bra Utan namn Inte besvarad än" in text_of(page)
    assert "Reklam" not in page
    head, *rows = csv.reader(io.StringIO(client.get(f"{PAGE}svar.csv").text.removeprefix("\ufeff")))
    assert head == ["del", "stycke", "synpunkt", "namn", "lämnad", "svar", "skäl"]
    assert [[*row[:4], *row[5:]] for row in rows] == [
        ["Vision", "#vision-stycke-2", "Skriv invånarna.", "Anna", "tas in delvis", "Ordet byts."],
        ["Princip 2, Dialog", "#princip-2-stycke-1", "'=Bra", "", "", ""],
    ]
    assert {row[4] for row in rows} == {today().isoformat()}  # the day here, also late in the evening
    assert f'id="{rows[0][1][1:]}"' in client.get(PAGE).text


def test_an_address_is_shown_to_the_office_alone(round: RevisionRound, client: Client, secretary_client: Client, office: User) -> None:
    one = comment(round, email="hemlig@example.org")
    one.show(by=office)
    assert not any("hemlig" in client.get(f"{PAGE}{path}").text for path in ("", "svar/", "svar.csv"))
    assert "hemlig@example.org" in secretary_client.get(reverse("admin:agreement_revisioncomment_change", args=[one.pk])).text


@pytest.mark.parametrize("path", ["", "svar/"])
def test_the_pages_ask_as_often_however_much_is_said(round: RevisionRound, client: Client, office: User, path: str) -> None:
    counts = []
    for number in (1, 3):
        for _more in range(number - RevisionComment.objects.count()):
            comment(round).show(by=office)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{PAGE}{path}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 9


def test_reading_sets_no_cookie(round: RevisionRound, client: Client) -> None:
    assert [dict(client.get(f"{PAGE}{path}").cookies) for path in ("", "svar/")] == [{}, {}]


def test_the_office_opens_a_round_on_a_draft(founded: Version, secretary_client: Client) -> None:
    add = reverse("admin:agreement_revisionround_add")
    made = draft()
    assert "Utkast 2027" not in secretary_client.get(add).text
    wording(made)
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(days=30)).isoformat()}
    assert secretary_client.post(add, {"version": str(made.pk), "introduction": "Läs.", **days}).status_code == 302
    assert RevisionRound.objects.get().version == made
    wrong = secretary_client.post(add, {"version": str(founded.pk), **days})
    assert wrong.status_code == 200


def test_the_office_reads_shows_and_answers(round: RevisionRound, secretary_client: Client, mailoutbox: Any) -> None:
    one = comment(round)
    assert "Synpunkter på ett utkast att läsa" in secretary_client.get("/admin/").text
    page = reverse("admin:agreement_revisioncomment_change", args=[one.pk])
    assert "En stad där medborgarna är med och bestämmer." in secretary_client.get(page).text
    steps = {verb: reverse("admin:agreement_revisioncomment_step", args=[one.pk, verb]) for verb in ("show", "answer", "hold_back", "nonsense")}
    assert secretary_client.get(steps["show"]).status_code == 405
    assert secretary_client.post(steps["nonsense"]).status_code == 404
    secretary_client.post(steps["show"])
    missing = secretary_client.post(steps["answer"], {"outcome": "taken", "reason": ""})
    assert "Skriv varför." in missing.text
    secretary_client.post(steps["answer"], {"outcome": "taken", "reason": "Ja."})
    one.refresh_from_db()
    assert (one.status, one.outcome, one.reason) == ("answered", "taken", "Ja.")
    told = secretary_client.post(steps["hold_back"], follow=True)
    assert "Det går inte längre" in told.text


def test_nobody_else_may_do_that(round: RevisionRound, outsider_client: Client) -> None:
    one = comment(round)
    assert outsider_client.post(reverse("admin:agreement_revisioncomment_step", args=[one.pk, "show"])).status_code == 302
    one.refresh_from_db()
    assert one.status == "waiting"
