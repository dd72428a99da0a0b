"""kill -9 of a real worker in the middle of a compilation, with a real Redis: always one published file in the end.

The suite kills once at each point. KILLS=10 kills ten times at each, and -rP prints how long it took until the book was out:

    KILLS=10 pytest tests/followup/test_killed_worker.py -rP
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from celery import current_app
from django.test import override_settings

from followup import book
from followup.models import Compilation
from followup.models.compilations import books
from idekom.lib.canonical import digest
from idekom.users.models import User
from tests.followup.conftest import Year
from tests.followup.workers import is_published, own_redis, until, wipe, worker

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = int(os.environ.get("KILLS", "1"))
POINTS = [
    "before_snapshot", "after_snapshot", "in_sections", "after_sections", "after_render", "half_written", "before_publish", "before_rename",
    "before_commit", "after_commit",
]  # fmt: skip


@pytest.fixture
def queue() -> Iterator[str]:
    """A Redis of the test's own, under a short path (sockets want that)."""
    with TemporaryDirectory(prefix="idk") as folder, own_redis(Path(folder)) as url:
        yield url


@pytest.fixture
def asked_for(year: Year, secretary: User, queue: str) -> Compilation:
    """A book that has been asked for, its bell in the queue."""
    year.submitted(year.report, example="Vi möttes på torget.")
    compilation = Compilation.request(year.round, by=secretary)
    send(compilation, queue)
    return compilation


def send(compilation: Compilation, queue: str) -> None:
    """Ring the bell."""
    with current_app.connection_for_write(url=queue.replace("unix://", "redis+socket://")) as connection:
        current_app.send_task("followup.compile", args=[compilation.pk], connection=connection)


def killed_at(point: str, queue: str, *, sweeping: bool) -> None:
    """A worker that dies at the point."""
    with worker(queue, sweeping=sweeping, fault=point) as process:
        assert until(lambda: process.poll() is not None, seconds=60), "the worker was not killed"
        assert process.returncode == -9


def assert_one_book(compilation: Compilation) -> None:
    """Exactly one file, published once, with the bytes that a run without faults gives in a place where no section is ready."""
    compilation.refresh_from_db()
    files = list(books().glob("*.pdf"))
    content = files[0].read_bytes()
    assert [file.stem for file in files] == [compilation.sha256] == [digest(content)]
    with TemporaryDirectory() as elsewhere, override_settings(DATA_DIR=Path(elsewhere)):
        assert content == book.render(compilation.snapshot or {})
    assert list(compilation.round.compilations.values_list("status", flat=True)) == ["published"]
    assert compilation.events.filter(action="publish").count() == 1
    assert set(compilation.events.values_list("action", flat=True)) == {"request", "start", "publish"}


@pytest.mark.parametrize("time", range(TIMES))
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_worker_ends_in_one_book(point: str, time: int, asked_for: Compilation, queue: str) -> None:
    """Killed at the point, and every other time Redis loses everything besides: another worker ends what was begun."""
    killed_at(f"compile.{point}", queue, sweeping=True)
    asked_for.refresh_from_db()
    is_done = point == "after_commit"
    assert (asked_for.status, asked_for.attempts) == ("published" if is_done else "running", 1)
    assert len(list(books().glob("*.pdf"))) == (point in {"before_commit", "after_commit"})
    if (POINTS.index(point) + time) % 2:
        wipe(queue)
    began = monotonic()
    with worker(queue, sweeping=True):
        assert until(lambda: is_published(asked_for), seconds=60)
        print(f"{point} {time + 1}: {monotonic() - began:.1f} s")
        if is_done:
            assert not until(lambda: asked_for.events.filter(action="start").count() > 1, seconds=3)
    assert_one_book(asked_for)
    assert asked_for.attempts == (1 if is_done else 2)


@pytest.mark.parametrize("is_wiped", [False, True])
def test_without_the_sweeper_a_killed_worker_ends_in_none(is_wiped: bool, asked_for: Compilation, queue: str) -> None:
    """The control: it is the sweeper that saves the job, not the queue."""
    killed_at("compile.after_render", queue, sweeping=False)
    if is_wiped:
        wipe(queue)
    with worker(queue, sweeping=False):
        assert not until(lambda: is_published(asked_for), seconds=6)
    assert list(books().glob("*.pdf")) == []


def test_a_job_without_its_bell_is_found(asked_for: Compilation, queue: str) -> None:
    """Redis loses everything before any worker has heard of the job."""
    wipe(queue)
    with worker(queue, sweeping=True):
        assert until(lambda: is_published(asked_for), seconds=60)
    assert asked_for.attempts == 1


@pytest.mark.parametrize("_time", range(TIMES))
def test_two_workers_forced_onto_the_same_job_make_one_book(_time: int, asked_for: Compilation, queue: str) -> None:
    for _bell in range(9):
        send(asked_for, queue)
    with ExitStack() as workers:
        for _worker in range(2):
            workers.enter_context(worker(queue, sweeping=True))
        assert until(lambda: is_published(asked_for), seconds=60)
        assert not until(lambda: asked_for.events.filter(action="start").count() > 1, seconds=3)
    assert_one_book(asked_for)
    assert asked_for.attempts == 1
