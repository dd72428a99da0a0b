"""The first half of ./run: what it says, what it refuses, and that nothing is started before it refuses."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from local import packages, virtualenv
from local.places import CHECKOUT
from local.say import Stop

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(variables: dict[str, str], directory: Path) -> Run:
    """./run itself, from another directory."""

    def command(*arguments: str, **extra: str) -> "subprocess.CompletedProcess[str]":
        full = [sys.executable, str(CHECKOUT / "run"), *arguments]
        return subprocess.run(full, check=False, env=variables | extra, cwd=directory, capture_output=True, text=True, timeout=60)

    return command


def test_help_names_every_verb(run: Run) -> None:
    outcome = run("--help")
    assert outcome.returncode == 0
    for verb in ("test", "lint", "check", "manage", "services", "env", "reset"):
        assert f"./run {verb}" in outcome.stdout


@pytest.mark.parametrize("arguments", [("nonsense",), ("start", "more"), ("services", "--daemon")])
def test_what_is_not_understood_is_refused(run: Run, directory: Path, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert outcome.returncode == 2
    assert outcome.stderr.splitlines()[-1] == f"Not understood: {' '.join(arguments)}"
    assert list(directory.iterdir()) == []


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "8000 ", "٣"])
def test_port_that_is_none_is_refused(run: Run, text: str) -> None:
    outcome = run(PORT=text)
    assert outcome.returncode == 2
    assert outcome.stderr == f"PORT is {text!r}: it must be a number from 1 to 65535.\n"


def test_taken_port_is_one_line_before_anything_is_started(run: Run, directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        taken = somebody.getsockname()[1]
        outcome = run(PORT=str(taken))
    assert outcome.returncode == 2
    assert outcome.stderr == f"PORT {taken} cannot be used (Address already in use). Choose another: PORT={taken + 1} ./run\n"
    assert list(directory.iterdir()) == []


def test_check_looks_and_makes_nothing(run: Run, directory: Path) -> None:
    outcome = run("check")
    assert "Python" in outcome.stdout
    assert "nothing of this checkout" in outcome.stdout
    assert list(directory.iterdir()) == []


def test_ordinary_user_gets_one_line_to_copy(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    (directory / "apt-get").touch(0o755)
    monkeypatch.setenv("PATH", str(directory))  # Debian without sudo
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Stop) as reason:
        packages.require(["libpango-1.0-0", "chromium"])
    assert reason.value.status == 3
    line = "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libpango-1.0-0 chromium"
    assert [found for found in str(reason.value).splitlines() if "apt-get" in found] == [line]


def test_nothing_missing_asks_for_nothing() -> None:
    assert packages.missing_libraries() == []
    packages.require([])


def test_environment_is_made_once_and_again_when_the_lock_file_changes(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], directory: Path
) -> None:
    (directory / "requirements").mkdir()
    lock = directory / "requirements" / "example.lock"
    lock.touch()
    monkeypatch.setattr(virtualenv, "CHECKOUT", directory)
    monkeypatch.setenv("LOCAL_DIR", str(directory / "made"))
    python = virtualenv.ready("example")
    assert subprocess.run([python, "-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"], check=False).returncode == 0
    stamp = python.parent.parent / "installed"
    first = stamp.stat().st_mtime_ns
    virtualenv.ready("example")
    assert stamp.stat().st_mtime_ns == first
    lock.write_text("# changed\n")
    virtualenv.ready("example")
    assert stamp.stat().st_mtime_ns > first


def test_package_with_another_hash_than_the_lock_file_says_is_not_installed(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    (directory / "requirements").mkdir()
    (directory / "requirements" / "example.lock").write_text(f"sqlparse==0.5.3 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setattr(virtualenv, "CHECKOUT", directory)
    monkeypatch.setenv("LOCAL_DIR", str(directory / "made"))
    with pytest.raises(Stop, match=r"hash|sqlparse"):
        virtualenv.ready("example")
