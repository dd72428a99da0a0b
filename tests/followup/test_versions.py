"""What is handed in: a version that never changes, and that stands until another is handed in."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, transaction

from agreement.models import Representative
from followup import snapshot
from followup.models import Answer, ReportVersion
from followup.tasks import deliver_mail
from idekom.lib.canonical import canonical, digest
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def words(year: Year, key: str = "done") -> set[str]:
    """What the round's reports say in public to one question."""
    answers = [answer for party in snapshot.take(year.round)["parties"] for answer in party["answers"]]
    return {answer["words"] for answer in answers if answer["question"] == key}


def reported(year: Year) -> int:
    return sum(side.reported for side in year.round.turnout())


def test_a_version_keeps_every_answer(year: Year) -> None:
    report = year.report
    report.answer(year.both, private=["plan"], quoted=["example"], progress="done", example="Nycklar", plan="Hemligt")
    report.answer(year.sector, progress="no_opinion")
    report.answer(None, consultation="better")
    report.submit(by=year.person)
    (version,) = report.versions.all()
    told = [(answer["commitment"], answer["question"], answer["choice"] or answer["words"]) for answer in version.content]
    both, sector = year.both.number, year.sector.number
    assert told == [
        (both, "progress", "done"), (both, "example", "Nycklar"), (both, "plan", "Hemligt"),
        (sector, "progress", "no_opinion"), (None, "consultation", "better"),
    ]  # fmt: skip
    assert [answer["question"] for answer in version.content if answer["is_private"]] == ["plan"]
    assert [answer["question"] for answer in version.content if answer["may_be_quoted"]] == ["example"]
    assert version.digest == digest(canonical({"year": 2026, "party": year.organisation.slug, "version": 1, "answers": version.content}))


@pytest.mark.parametrize("change", [{"content": []}, {"digest": "0" * 64}, {"number": 7}])
def test_a_version_never_changes(change: dict[str, Any], year: Year) -> None:
    version = year.submitted(year.report).versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()
    assert ReportVersion.objects.get().content == version.content


def test_the_digest_is_on_the_receipt_and_in_the_mail(year: Year, mailoutbox: list[EmailMultiAlternatives]) -> None:
    version = year.submitted(year.report).versions.get()
    deliver_mail()
    assert version.digest in year.browser.get(year.url("kvitto/")).content.decode()
    assert version.digest in mailoutbox[0].body
    assert version.digest in str(mailoutbox[0].alternatives[0][0])


def test_what_was_handed_in_stands_while_the_report_is_open_again(year: Year) -> None:
    year.submitted(year.report, done="Första orden")
    handed_in, first = year.report.first_submitted_at, year.report.digest
    page = year.browser.post(year.url("oppna/"), follow=True).content.decode()
    assert "Rapporten är öppen igen. Det ni lämnade in gäller tills ni lämnar in på nytt." in page
    year.report.answer(year.both, progress="done", done="Andra orden")
    assert year.report.status == "reopened"
    assert (words(year), reported(year)) == ({"Första orden"}, 1)
    assert first in year.browser.get(year.url("kvitto/")).content.decode()
    assert "Andra orden" not in year.browser.get(year.url("kvitto/")).content.decode()
    year.browser.post(year.url("lamna-in/"))
    assert (words(year), reported(year)) == ({"Andra orden", "Första orden"}, 1)
    assert list(year.report.versions.values_list("number", flat=True)) == [1, 2]
    assert (year.report.first_submitted_at, year.report.digest != first) == (handed_in, True)
    receipt = year.browser.get(year.url("kvitto/")).content.decode()
    assert "Version 1, inlämnad den" in receipt
    assert year.report.digest in receipt


def test_a_report_is_opened_again_until_the_round_closes(year: Year, secretary: User) -> None:
    year.submitted(year.report)
    assert "Öppna rapporten igen" in year.browser.get(year.url("kvitto/")).content.decode()
    year.round.close(by=secretary)
    assert "Öppna rapporten igen" not in year.browser.get(year.url("kvitto/")).content.decode()
    assert "Det går inte längre" in year.browser.post(year.url("oppna/"), follow=True).content.decode()
    with pytest.raises(WrongStatus):
        year.report.ask_for_clarification(by=secretary, note="Vad menar ni?")
    assert year.report.status == "submitted"


def test_what_is_open_again_when_the_round_closes_counts_as_it_was_handed_in(year: Year, secretary: User) -> None:
    year.submitted(year.report, done="Första orden")
    year.report.reopen(by=year.person)
    year.report.answer(year.both, progress="done", done="Andra orden")
    year.round.close(by=secretary)
    assert (words(year), reported(year)) == ({"Första orden"}, 1)
    page = year.browser.get(year.url()).content.decode()
    assert "Rapporten är inlämnad" in page
    assert "Första orden" in page
    assert "Andra orden" not in page
    assert "Inlämnad den" in year.browser.get("/mina-sidor/").content.decode()
    with pytest.raises(WrongStatus):
        year.report.submit(by=year.person)


def test_the_receipt_of_a_report_that_is_open_again_says_so(year: Year) -> None:
    first = year.submitted(year.report, done="Första orden").digest
    year.report.reopen(by=year.person)
    year.report.answer(year.both, done="Andra orden")
    receipt = year.browser.get(year.url("kvitto/")).content.decode()
    assert first in receipt
    assert "Rapporten är öppen igen. Det ni lämnade in gäller tills ni lämnar in på nytt." in receipt
    assert "Första orden" in receipt
    assert "Andra orden" not in receipt


@pytest.mark.parametrize("verb", ["reopen", "ask_for_clarification"])
def test_a_draft_is_not_opened_again(verb: str, year: Year) -> None:
    with pytest.raises(WrongStatus):
        getattr(year.report, verb)(by=year.person, **({"note": "Vad?"} if verb == "ask_for_clarification" else {}))
    assert (year.report.status, year.report.events.count()) == ("draft", 0)


def test_a_reader_opens_nothing_again(year: Year, sign_in: Any) -> None:
    year.submitted(year.report)
    reader = sign_in(builders.representative(year.organisation, role=Representative.Role.READER).user)
    assert "Öppna rapporten igen" not in reader.get(year.url("kvitto/")).content.decode()
    assert reader.post(year.url("oppna/")).status_code == 404
    assert year.report.status == "submitted"


def test_a_question_back_is_mailed_and_stands_over_the_report(
    year: Year, secretary: User, sign_in: Any, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    reader = builders.representative(year.organisation, role=Representative.Role.READER).user
    year.submitted(year.report)
    deliver_mail()
    mailoutbox.clear()
    year.report.ask_for_clarification(by=secretary, note="Vad menar ni med <b>nycklar</b>?")
    deliver_mail()
    deliver_mail()
    (mail,) = mailoutbox
    assert mail.to == [year.person.email] != [reader.email]
    assert "Vad menar ni med <b>nycklar</b>?" in mail.body
    assert "&lt;b&gt;nycklar&lt;/b&gt;" in str(mail.alternatives[0][0])
    page = year.browser.get(year.url()).content.decode()
    assert "Vi har en fråga om er rapport" in page
    assert "Vad menar ni med &lt;b&gt;nycklar&lt;/b&gt;?" in page
    assert reported(year) == 1
    assert Answer.objects.filter(report=year.report).count() == 4
    year.browser.post(year.url("lamna-in/"))
    assert "Vi har en fråga" not in year.browser.get(year.url()).content.decode()
    assert year.report.versions.count() == 2
