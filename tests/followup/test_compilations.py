"""What may become of a compilation: looked at, published, taken back, cancelled; and what is told while it is made."""

import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, ProgrammingError, transaction

from followup import book, sections
from followup import compile as compiling
from followup.models import Compilation, Report
from followup.models.compilations import MAX_ATTEMPTS, books
from followup.tasks import deliver_mail
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests.followup.conftest import Year
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def compilation(year: Year, secretary: User) -> Compilation:
    """A book that is to be looked at first."""
    year.submitted(year.report)
    return Compilation.request(year.round, by=secretary, publishes=False)


def story(compilation: Compilation) -> list[str]:
    return list(compilation.events.values_list("action", flat=True))


def test_a_book_to_look_at_is_shown_to_nobody_before_it_is_published(compilation: Compilation, secretary: User) -> None:
    assert compiling.compile_book(compilation) is True
    compilation.refresh_from_db()
    assert (compilation.status, compilation.published_at) == ("ready", None)
    assert compilation.file.exists()
    assert list(Compilation.objects.published()) == []
    compilation.publish(by=secretary)
    assert list(Compilation.objects.published()) == [compilation]
    assert story(compilation) == ["request", "start", "finish", "publish"]
    assert compilation.events.get(action="publish").actor == secretary


def test_what_is_taken_back_has_a_reason_and_may_come_again(compilation: Compilation, secretary: User) -> None:
    compiling.compile_book(compilation)
    compilation.publish(by=secretary)
    with pytest.raises(ValidationError, match="Skriv varför"):
        compilation.unpublish(by=secretary, reason="  ")
    compilation.unpublish(by=secretary, reason="Fel siffra på sidan 4.")
    assert (compilation.status, compilation.reason) == ("unpublished", "Fel siffra på sidan 4.")
    assert list(Compilation.objects.published()) == []
    assert compilation.file.exists()
    compilation.publish(by=secretary)
    compilation.refresh_from_db()
    assert (compilation.status, compilation.reason) == ("published", "")
    assert compilation.events.get(action="unpublish").note == "Fel siffra på sidan 4."


def test_without_its_file_nothing_is_published(compilation: Compilation, secretary: User) -> None:
    compiling.compile_book(compilation)
    compilation.file.unlink()
    with pytest.raises(ValidationError, match="Filen finns inte kvar"):
        compilation.publish(by=secretary)
    compilation.refresh_from_db()
    assert compilation.status == "ready"


def test_verbs_in_the_wrong_status_are_refused(compilation: Compilation, secretary: User) -> None:
    with pytest.raises(WrongStatus):
        compilation.publish(by=secretary)
    with pytest.raises(WrongStatus):
        compilation.unpublish(by=secretary, reason="x")
    compiling.compile_book(compilation)
    with pytest.raises(WrongStatus):
        compilation.cancel(by=secretary)
    with pytest.raises(WrongStatus):
        compilation.unpublish(by=secretary, reason="x")
    with pytest.raises(WrongStatus):
        compilation.start()
    assert story(compilation) == ["request", "start", "finish"]


def test_the_database_refuses_what_no_verb_does(compilation: Compilation) -> None:
    rows = Compilation.objects.filter(pk=compilation.pk)
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        rows.update(status="published", sha256="0" * 64, published_at="2026-01-01T00:00Z")
    with pytest.raises(IntegrityError, match="a_compilation_that_is_made_has_its_file"), transaction.atomic():
        Compilation.objects.create(round=compilation.round, revision=7, status="ready")
    with pytest.raises(IntegrityError, match="a_published_compilation_has_its_day"), transaction.atomic():
        Compilation.objects.create(round=compilation.round, revision=7, status="published", sha256="0" * 64)
    taken_back = {"status": "unpublished", "sha256": "0" * 64, "published_at": "2026-01-01T00:00Z"}
    with pytest.raises(IntegrityError, match="what_is_taken_back_has_a_reason"), transaction.atomic():
        Compilation.objects.create(round=compilation.round, revision=7, **taken_back)


def test_what_waits_is_cancelled_at_once_and_makes_room(compilation: Compilation, secretary: User, mailoutbox: list[EmailMultiAlternatives]) -> None:
    compilation.cancel(by=secretary)
    assert compiling.compile_book(compilation) is False
    assert story(compilation) == ["request", "cancel"]
    assert Compilation.request(compilation.round, by=secretary).revision == 2
    deliver_mail()
    assert [mail.subject for mail in mailoutbox if "bok" in mail.subject.lower()] == []


@pytest.mark.parametrize("moment", ["in_sections", "after_sections", "after_render", "before_publish"])
def test_whoever_makes_it_notices_a_cancel(moment: str, compilation: Compilation, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled_at(point: str) -> None:
        if point == f"compile.{moment}" and Compilation.objects.unfinished().exists():
            Compilation.objects.get().cancel(by=secretary)

    monkeypatch.setattr(compiling, "faultpoint", cancelled_at)
    Compilation.objects.update(publishes=True)
    assert compiling.compile_book(compilation) is False
    compilation.refresh_from_db()
    assert (compilation.status, compilation.error, compilation.sha256) == ("cancelled", "", "")
    assert story(compilation) == ["request", "start", "cancel"]
    assert [path for path in books().rglob("*") if path.is_file()] == []


def test_a_cancel_stops_between_two_sections(compilation: Compilation, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real, names = sections.typeset, []

    def typeset(page: str) -> None:
        names.append(page)
        real(page)
        if len(names) == 2:
            Compilation.objects.get().cancel(by=secretary)

    monkeypatch.setattr(sections, "typeset", typeset)
    monkeypatch.setattr(sections, "FEW", 1000)
    assert compiling.compile_book(compilation) is False
    assert len(names) == 2


def test_a_cancel_stops_the_copies_too(compilation: Compilation, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real = compiling._Sections.tell

    def tell(self: Any, done: int, total: int) -> None:
        if done == 2:
            Compilation.objects.get().cancel(by=secretary)
        real(self, done, total)

    monkeypatch.setattr(compiling._Sections, "tell", tell)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text()
    monkeypatch.setattr(sections, "FEW", 0)
    assert compiling.compile_book(compilation) is False
    assert children.read_text() == before


def test_cancelling_and_finishing_at_once_one_of_them_wins(year: Year, secretary: User) -> None:
    for number in range(1, 21):
        row = Compilation.objects.create(round=year.round, revision=number, status="running")
        verbs = [partial(row.finish, sha256="0" * 64, size=1), partial(Compilation.objects.get(pk=row.pk).cancel, by=secretary)]
        results = together(2, lambda which, verbs=verbs: verbs[which]())  # type: ignore[misc]
        row.refresh_from_db()
        assert sorted(type(result).__name__ for result in results) == ["NoneType", "WrongStatus"]
        assert row.status == ("published" if results[0] is None else "cancelled")


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_second_one_at_the_same_job_is_sent_away(is_guarded: bool, compilation: Compilation, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the control: with the lock open both make it, and still only one of them ends it."""
    if not is_guarded:
        monkeypatch.setattr(compiling, "_held_alone", lambda _compilation: nullcontext(True))
    came: list[object] = []

    def meanwhile(point: str) -> None:
        if point == "compile.after_snapshot" and not came:
            came.append(None)
            came[:] = together(1, lambda _which: compiling.compile_book(Compilation.objects.get(pk=compilation.pk)))

    monkeypatch.setattr(compiling, "faultpoint", meanwhile)
    assert compiling.compile_book(compilation) is is_guarded
    assert came == [not is_guarded]
    assert story(compilation) == (["request", "start", "finish"] if is_guarded else ["request", "start", "start", "finish"])


def test_the_time_left_is_told_from_the_pace(compilation: Compilation, monkeypatch: pytest.MonkeyPatch) -> None:
    compilation.start()
    seconds = iter([100.0, 102.0, 104.0, 106.0, 108.0])
    monkeypatch.setattr("followup.compile.time.monotonic", lambda: next(seconds))
    told = compiling._Sections(compilation)
    left = []
    for done in (1, 2, 3, 4):
        told.tell(done, 14)
        compilation.refresh_from_db()
        left.append((compilation.step, compilation.time_left))
    assert left[:2] == [("Sätter sidorna: 1 av 14 avsnitt", ""), ("Sätter sidorna: 2 av 14 avsnitt", "")]
    assert left[2][1] == "mindre än en minut kvar"
    told.tell(14, 14)
    compilation.refresh_from_db()
    assert (compilation.step, compilation.time_left) == ("Binder ihop boken", "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0, "mindre än en minut kvar"), (29, "mindre än en minut kvar"), (60, "ungefär 1 minut kvar"), (119, "ungefär 2 minuter kvar")],
)
def test_the_time_left_in_words(seconds: int | None, words: str) -> None:
    assert Compilation(seconds_left=seconds).time_left == words


def test_the_office_hears_once_of_a_job_that_was_given_up(
    compilation: Compilation, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMultiAlternatives], settings: Any
) -> None:
    monkeypatch.setattr(book, "render", _fails)
    for attempt in range(MAX_ATTEMPTS):
        assert [mail.subject for mail in mailoutbox if mail.to == [settings.PORTAL["contact_email"]]] == []
        compiling.compile_book(compilation)
        if attempt < MAX_ATTEMPTS - 1:
            deliver_mail()
    deliver_mail()
    deliver_mail()
    (mail,) = (mail for mail in mailoutbox if mail.to == [settings.PORTAL["contact_email"]])
    assert mail.subject == "Boken för 2026 gick inte att göra"
    assert "RuntimeError: skrivaren är slut" in mail.body
    assert "välj Sammanställ igen" in mail.body
    assert f"/admin/followup/compilation/{compilation.pk}/change/" in mail.body


def test_a_report_that_came_after_the_reports_were_taken_is_not_shown_by_publishing(year: Year, compilation: Compilation, secretary: User) -> None:
    compiling.compile_book(compilation)
    year.fill(year.office_report).submit(by=year.person)
    compilation.publish(by=secretary)
    assert list(Report.objects.published()) == [year.report]


def _fails(_snapshot: Any, **_options: Any) -> bytes:
    raise RuntimeError("skrivaren är slut")
