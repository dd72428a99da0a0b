"""kill -9 of a real worker in the middle of a compilation, with a real Redis: always one published file in the end."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from celery import current_app

from followup import book
from followup.models import Compilation
from followup.models.compilations import books
from idekom.lib.canonical import digest
from idekom.users.models import User
from tests.followup.conftest import Year
from tests.followup.workers import is_published, own_redis, until, wipe, worker

pytestmark = pytest.mark.django_db(transaction=True)


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
    with current_app.connection_for_write(url=queue.replace("unix://", "redis+socket://")) as connection:
        current_app.send_task("followup.compile", args=[compilation.pk], connection=connection)
    return compilation


def killed_at(point: str, queue: str, *, sweeping: bool) -> None:
    """A worker that dies at the point."""
    with worker(queue, sweeping=sweeping, fault=point) as process:
        assert until(lambda: process.poll() is not None, seconds=60), "the worker was not killed"
        assert process.returncode == -9


def assert_one_book(compilation: Compilation) -> None:
    """Exactly one file, published, with the bytes that a run without faults gives."""
    compilation.refresh_from_db()
    files = list(books().glob("*.pdf"))
    content = files[0].read_bytes()
    assert [file.stem for file in files] == [compilation.sha256] == [digest(content)]
    assert content == book.render(compilation.snapshot or {})
    assert list(compilation.round.compilations.values_list("status", flat=True)) == ["published"]
    assert list(compilation.events.values_list("action", flat=True)) == ["request", "start", "start", "publish"]
    assert compilation.attempts == 2


@pytest.mark.parametrize(
    ("point", "is_wiped"),
    [("compile.after_snapshot", False), ("compile.after_render", True), ("compile.after_rename", False)],
)
def test_a_killed_worker_ends_in_one_book(point: str, is_wiped: bool, asked_for: Compilation, queue: str) -> None:
    killed_at(point, queue, sweeping=True)
    asked_for.refresh_from_db()
    assert (asked_for.status, asked_for.attempts) == ("running", 1)
    if is_wiped:
        wipe(queue)
    with worker(queue, sweeping=True):
        assert until(lambda: is_published(asked_for), seconds=60)
    assert_one_book(asked_for)


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
