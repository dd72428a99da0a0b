"""A directory of its own for each test's servers, and the launcher as a process, without the settings of the tests around it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local import orphans
from local.places import CHECKOUT, Place

OF_THE_TESTS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DATA_DIR",
    "DEMO",
    "DEBUG",
    "EMBEDDED",
    "TESTING",
    "SITE_URL",
    "EMAIL_URL",
    "LOCAL_STARTED",
)


@pytest.fixture
def directory() -> Iterator[Path]:
    """A directory that the user whom root's servers run as can walk to, which pytest's own is not."""
    made = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="idekom-test-"))
    made.chmod(0o755)
    yield made
    orphans.end(Place(made / "demo"))
    shutil.rmtree(made)


@pytest.fixture
def place(directory: Path) -> Place:
    """Where the launcher keeps the demo's data when LOCAL_DIR is the test's directory."""
    return Place(directory / "demo")


@pytest.fixture
def variables(directory: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS and not name.startswith(("PYTEST", "COV"))}
    return kept | {"LOCAL_DIR": str(directory)}


Launch = Callable[..., "subprocess.Popen[str]"]


def hear_ctrl_c() -> None:
    """A test run in the background of a script is deaf to Ctrl-C, and so would its children be."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def launch(variables: dict[str, str]) -> Iterator[Launch]:
    """launch("services", PORT="1"): the launcher with a verb, still running; killed at the end of the test."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **extra: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "local", *arguments]
        started.append(
            subprocess.Popen(
                command,
                env=variables | extra,
                cwd=CHECKOUT,
                text=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )
        )
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def eventually(holds: Callable[[], object], seconds: float = 90) -> None:
    """Wait until it holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
