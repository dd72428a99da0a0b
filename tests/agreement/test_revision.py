"""A revision round: its draft is public, comments come in while it is open, and each is answered once it has been read."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from agreement.models import Passage, RevisionComment, RevisionRound, Version
from agreement.models.revision import NotOpen
from agreement.tasks import deliver_mail, forget
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.agreement.wording import comment, draft, revision, wording

Status = RevisionComment.Status


@pytest.fixture
def round(founded: Version) -> RevisionRound:
    return revision()


@pytest.fixture
def office(make: Any) -> User:
    found: User = make.user(name="Kansliet")
    return found


@pytest.mark.parametrize(("days", "is_open"), [(-2, False), (-1, True), (0, True), (10, True), (11, False)])
def test_comments_are_taken_in_from_the_first_day_to_the_last(round: RevisionRound, days: int, is_open: bool) -> None:
    day, passage = today() + timedelta(days=days), Passage.objects.filter(wording=round.wording)[0]
    told: dict[str, Any] = {"text": "Bra.", "name": "", "email": "", "language": "sv", "day": day}
    assert (round.takes_comments(day), round.is_over(day)) == (is_open, days == 11)
    if is_open:
        assert RevisionComment.leave(round, passage, **told).status == Status.WAITING
    else:
        with pytest.raises(NotOpen):
            RevisionComment.leave(round, passage, **told)
        assert not RevisionComment.objects.exists()


def test_only_a_draft_with_a_fixed_swedish_text_can_be_shown(founded: Version) -> None:
    unfixed = draft()
    wording(unfixed, fixed=False)
    days = {"opens_on": today(), "closes_on": today()}
    with pytest.raises(ValidationError, match="ingen fastställd text"):
        RevisionRound(version=unfixed, **days).full_clean()
    wording(founded)
    with pytest.raises(ValidationError, match="Versionen är inget utkast"):
        RevisionRound(version=founded, **days).full_clean()
    wording(unfixed)
    RevisionRound(version=unfixed, **days).full_clean()


def test_a_round_ends_after_it_begins_and_keeps_its_draft(round: RevisionRound, founded: Version) -> None:
    with pytest.raises(IntegrityError, match="a_revision_round_ends_after_it_begins"), transaction.atomic():
        RevisionRound.objects.update(closes_on=round.opens_on - timedelta(days=1))
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        RevisionRound.objects.update(version=founded)
    assert RevisionRound.objects.get().version == round.version


def test_a_draft_is_public_from_the_rounds_first_day_and_after_its_last(round: RevisionRound) -> None:
    shown = {days: round.version in Version.objects.public(today() + timedelta(days=days)) for days in (-2, -1, 400)}
    assert shown == {-2: False, -1: True, 400: True}


def test_a_comment_is_read_shown_and_answered(round: RevisionRound, office: User) -> None:
    one = comment(round)
    assert list(round.comments.public()) == []
    one.show(by=office)
    assert list(round.comments.public()) == [one]
    one.answer(by=office, outcome="taken", reason="Det blir så.")
    one.answer(by=office, outcome="partly", reason="Nästan så.")
    one.refresh_from_db()
    assert (one.status, one.outcome, one.reason) == (Status.ANSWERED, "partly", "Nästan så.")
    assert [event.action for event in one.events.all()] == ["show", "answer", "answer"]


def test_a_comment_that_is_held_back_is_not_shown_and_not_answered(round: RevisionRound, office: User) -> None:
    one = comment(round)
    one.hold_back(by=office)
    assert list(round.comments.public()) == []
    with pytest.raises(WrongStatus):
        one.answer(by=office, outcome="taken", reason="Ja.")
    one.show(by=office)
    assert list(round.comments.public()) == [one]


@pytest.mark.parametrize("change", [{"text": "Annat."}, {"name": "Någon annan"}])
def test_a_comment_keeps_its_words_and_is_never_deleted(round: RevisionRound, change: dict[str, str]) -> None:
    one = comment(round)
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        RevisionComment.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        RevisionComment.objects.filter(pk=one.pk).delete()
    assert RevisionComment.objects.get().text == "Skriv invånarna."


def test_a_comment_is_about_its_rounds_own_draft(round: RevisionRound, founded: Version) -> None:
    other = wording(founded).passages.all()[0]
    with pytest.raises(DatabaseError, match="a comment is about its round's draft"), transaction.atomic():
        RevisionComment.objects.create(round=round, passage=other, text="Fel.")
    assert not RevisionComment.objects.exists()


def test_an_answer_needs_a_reason(round: RevisionRound, office: User) -> None:
    one = comment(round)
    one.show(by=office)
    with pytest.raises(IntegrityError, match="an_answered_comment_has_an_answer_with_a_reason"), transaction.atomic():
        RevisionComment.objects.filter(pk=one.pk).update(status="answered", outcome="taken", answered_at=timezone.now())


def test_an_answer_is_mailed_to_whoever_left_an_address(round: RevisionRound, office: User, mailoutbox: Any) -> None:
    for email in ("tycker@example.org", ""):
        one = comment(round, email=email)
        one.show(by=office)
        one.answer(by=office, outcome="not", reason="Det står redan i principen om dialog.")
    deliver_mail()
    deliver_mail()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["tycker@example.org"], "Svar på er synpunkt om Utkast 2027")]
    body = mailoutbox[0].body
    assert "Skriv invånarna." in body
    assert "Svaret: tas inte in." in body
    assert "Det står redan i principen om dialog." in body
    assert "/overenskommelsen/versioner/2027/synpunkter/svar/" in body


def test_a_mail_is_in_the_language_that_the_comment_was_left_in(round: RevisionRound, office: User, mailoutbox: Any) -> None:
    one = comment(round, email="thinks@example.org", language="en")
    one.show(by=office)
    one.answer(by=office, outcome="taken", reason="Yes.")
    deliver_mail()
    assert "/en/overenskommelsen/versioner/2027/synpunkter/svar/" in mailoutbox[0].body


def test_an_address_is_forgotten_a_month_after_the_answer(round: RevisionRound, office: User) -> None:
    answered, waiting = comment(round, email="a@example.org"), comment(round, email="b@example.org")
    answered.show(by=office)
    answered.answer(by=office, outcome="taken", reason="Ja.")
    deliver_mail()
    kept = [timezone.now() + timedelta(days=days) for days in (29, 31)]
    assert [RevisionComment.objects.forget_addresses(moment) for moment in kept] == [0, 1]
    assert list(RevisionComment.objects.order_by("pk").values_list("email", flat=True)) == ["", "b@example.org"]
    assert RevisionComment.objects.forget_addresses(timezone.now() + timedelta(days=10 + 364)) == 0
    assert RevisionComment.objects.forget_addresses(timezone.now() + timedelta(days=10 + 367)) == 1
    waiting.refresh_from_db()
    assert (waiting.email, waiting.text) == ("", "Skriv invånarna.")


def test_the_task_forgets(round: RevisionRound) -> None:
    comment(round, email="a@example.org")
    RevisionRound.objects.update(opens_on=today() - timedelta(days=500), closes_on=today() - timedelta(days=400))
    forget()
    assert RevisionComment.objects.get().email == ""
