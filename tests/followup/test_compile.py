"""The compilation as a job of the database's: once, by one, from one snapshot."""

import os
import time
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections

from followup import book, snapshot
from followup import compile as compiling
from followup.models import Compilation
from followup.models.compilations import LOCK_CLASS, MAX_ATTEMPTS, books
from followup.tasks import sweep_compilations
from idekom.lib.canonical import digest
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def compilation(year: Year, secretary: User) -> Compilation:
    """A book that has been asked for."""
    year.submitted(year.report)
    return Compilation.request(year.round, by=secretary)


def test_compiling_publishes_one_file_under_its_checksum(compilation: Compilation) -> None:
    assert compiling.compile_book(compilation) is True
    compilation.refresh_from_db()
    content = compilation.file.read_bytes()
    assert (compilation.status, compilation.progress, compilation.size) == ("published", 100, len(content))
    assert digest(content) == compilation.sha256
    assert [path.name for path in books().rglob("*.pdf")] == [compilation.file.name]


def test_compiling_again_changes_nothing(compilation: Compilation) -> None:
    compiling.compile_book(compilation)
    assert compiling.compile_book(compilation) is False
    assert list(compilation.events.values_list("action", flat=True)) == ["request", "start", "publish"]


def test_the_same_reports_give_the_same_file(compilation: Compilation, secretary: User) -> None:
    compiling.compile_book(compilation)
    again = Compilation.request(compilation.round, by=secretary)
    compiling.compile_book(again)
    compilation.refresh_from_db()
    again.refresh_from_db()
    assert again.revision == compilation.revision + 1
    assert (again.digest, again.sha256) == (compilation.digest, compilation.sha256)


def test_a_later_attempt_uses_the_first_ones_snapshot(compilation: Compilation, year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(book, "render", _fails)
        assert compiling.compile_book(compilation) is False
    compilation.refresh_from_db()
    kept = compilation.digest
    assert (compilation.status, compilation.error) == ("running", "RuntimeError: skrivaren är slut")
    year.fill(year.office_report).submit(by=year.person)
    assert compiling.compile_book(compilation) is True
    compilation.refresh_from_db()
    assert (compilation.digest, compilation.attempts, compilation.error) == (kept, 2, "")


def test_it_gives_up_after_five_attempts_and_says_why(compilation: Compilation, secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "render", _fails)
    for _ in range(MAX_ATTEMPTS):
        assert compiling.compile_book(compilation) is False
    compilation.refresh_from_db()
    assert (compilation.status, compilation.attempts) == ("failed", MAX_ATTEMPTS)
    assert compilation.error == "RuntimeError: skrivaren är slut"
    assert Compilation.request(compilation.round, by=secretary).pk != compilation.pk


def test_it_gives_up_when_the_process_dies_each_time(compilation: Compilation) -> None:
    for _ in range(MAX_ATTEMPTS):
        compilation.start()
    assert compiling.compile_book(compilation) is False
    compilation.refresh_from_db()
    assert compilation.status == "failed"
    assert compilation.error == "Programmet som gör boken har avbrutits 5 gånger."


def test_whoever_holds_the_lock_is_left_alone(compilation: Compilation) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, compilation.pk])
    assert compiling.compile_book(compilation) is False
    assert list(Compilation.objects.abandoned()) == []
    other.close()
    assert _soon(lambda: list(Compilation.objects.abandoned()) == [compilation])
    assert compiling.compile_book(compilation) is True


def test_sixty_requests_at_once_make_one_job(year: Year, secretary: User) -> None:
    made, ready = [], Barrier(60)

    def ask() -> None:
        ready.wait()
        made.append(Compilation.request(year.round, by=secretary).pk)
        connections.close_all()

    threads = [Thread(target=ask) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 60
    assert set(made) == {Compilation.objects.get().pk}


def test_the_database_refuses_a_second_job_in_a_round(compilation: Compilation) -> None:
    with pytest.raises(IntegrityError, match="one_compilation_of_a_round_at_a_time"):
        Compilation.objects.create(round=compilation.round, revision=2)


def test_a_planned_round_has_no_book(secretary: User) -> None:
    with pytest.raises(ValidationError, match="inte öppnat"):
        Compilation.request(builders.round(), by=secretary)


def test_what_is_published_is_not_published_again(compilation: Compilation) -> None:
    compiling.compile_book(compilation)
    compilation.refresh_from_db()
    with pytest.raises(WrongStatus):
        compilation.finish(sha256="0" * 64, size=1)


def test_the_sweeper_rings_for_what_nobody_is_at(compilation: Compilation, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[Any] = []
    monkeypatch.setattr(compiling, "ring", lambda task, *args: rung.append((task, *args)))
    sweep_compilations()
    assert rung == [("followup.compile", compilation.pk)]
    compiling.compile_book(compilation)
    sweep_compilations()
    assert len(rung) == 1


def test_files_that_belong_to_no_book_are_swept_by_age(compilation: Compilation) -> None:
    compiling.compile_book(compilation)
    compilation.refresh_from_db()
    old, new, half = books() / f"{'0' * 64}.pdf", books() / f"{'1' * 64}.pdf", books() / "tmp" / "x.pdf"
    for path in (old, new, half):
        path.write_bytes(b"x")
    for path in (old, half, compilation.file):
        os.utime(path, (time.time() - 2 * compiling.DAY,) * 2)
    compiling.sweep()
    assert sorted(books().rglob("*.pdf")) == sorted([new, compilation.file])


def test_the_snapshot_is_one_moment_and_holds_no_person(year: Year, compilation: Compilation) -> None:
    with snapshot.one_moment():
        before = snapshot.take(year.round)
        other = Thread(target=_hands_in, args=(year,))
        other.start()
        other.join()
        assert snapshot.take(year.round) == before
    with snapshot.one_moment():
        assert snapshot.take(year.round) != before
    assert year.person.email not in str(before)
    assert [party["has_reported"] for party in before["parties"]] == [True, False]


def _hands_in(year: Year) -> None:
    year.submitted(year.office_report)
    connections.close_all()


def _fails(_snapshot: Any, **_options: Any) -> bytes:
    raise RuntimeError("skrivaren är slut")


def _soon(happened: Any) -> bool:
    end = time.monotonic() + 5
    while not happened() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(happened())
