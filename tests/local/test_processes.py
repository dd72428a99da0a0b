"""Children die with their parent, take their own children along, and are started again when they die alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local.processes import Process, die_with_parent, end_all, keep_running
from tests.local.conftest import eventually

PARENT = """
import subprocess, signal, sys, time
from local.processes import die_with_parent
guard = die_with_parent(signal.SIGKILL) if sys.argv[1] == "guarded" else None
print(subprocess.Popen(["sleep", "60"], preexec_fn=guard, stdout=subprocess.DEVNULL).pid, flush=True)
time.sleep(60)
"""


def lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def child_of_a_killed_parent(guard: str) -> int:
    with subprocess.Popen([sys.executable, "-c", PARENT, guard], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    return child


def test_child_dies_with_a_parent_that_is_killed() -> None:
    child = child_of_a_killed_parent("guarded")
    eventually(lambda: not lives(child), 5)


def test_control_child_without_the_guard_outlives_it() -> None:
    child = child_of_a_killed_parent("unguarded")
    time.sleep(1)
    assert lives(child)
    os.kill(child, signal.SIGKILL)


def process(tmp_path: Path, code: str) -> Process:
    return Process("example", [sys.executable, "-u", "-c", code], dict(os.environ), tmp_path / "example.log", patience=1)


def test_end_kills_what_does_not_listen_and_its_children(tmp_path: Path) -> None:
    deaf = process(
        tmp_path, "import signal, subprocess as s; signal.signal(15, signal.SIG_IGN); c = s.Popen(['sleep', '60']); print(c.pid); c.wait()"
    )
    deaf.start()
    eventually(lambda: deaf.log.read_text().strip())
    grandchild = int(deaf.log.read_text())
    begun = time.monotonic()
    end_all([deaf])
    assert not deaf.is_running
    assert time.monotonic() - begun < 3
    eventually(lambda: not lives(grandchild), 2)


def test_process_that_dies_is_told_and_started_again_after_a_growing_pause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dying = process(tmp_path, "import sys; print('started'); sys.exit(7)")
    dying.start()
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(5)
    with pytest.raises(KeyboardInterrupt):
        keep_running([dying])
    end_all([dying])
    assert dying.log.read_text().count("started") == 3  # at 0, 1 and 3 seconds
    told = capsys.readouterr().err
    assert "example ended (exit status 7); starting it again in 1 s" in told
    assert "example ended (exit status 7); starting it again in 2 s" in told


def test_guard_ends_a_child_whose_parent_is_gone_already() -> None:
    guard = die_with_parent(signal.SIGTERM)
    child = os.fork()
    if child == 0:
        guard()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
