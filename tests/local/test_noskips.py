"""A skipped test fails the run."""

import subprocess
import sys
from pathlib import Path

import pytest

WAYS = {
    "mark": "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_one(): pass\n",
    "call": "import pytest\ndef test_one(): pytest.skip('no browser')\n",
    "file": "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
    "import": "import pytest\npytest.importorskip('no_browser')\n",
}


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite with one test that passes."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_passing.py").write_text("def test_other(): pass\n")
    return tmp_path


def outcome(suite: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", *options, str(suite)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_skipped_tests_fail_the_run_and_are_named(suite: Path, workers: tuple[str, ...]) -> None:
    for way, text in WAYS.items():
        (suite / f"test_{way}.py").write_text(text)
    run = outcome(suite, "-p", "local.noskips", *workers)
    assert run.returncode == 1, run.stdout
    told = [line for line in run.stdout.splitlines() if line.startswith("SKIPPED, which counts as failed")]
    assert len(told) == len(WAYS), run.stdout
    for way in WAYS:
        assert any(f"test_{way}.py" in line for line in told)


@pytest.mark.parametrize("way", WAYS)
def test_one_way_of_skipping_is_enough(suite: Path, way: str) -> None:
    (suite / "test_skipped.py").write_text(WAYS[way])
    assert outcome(suite, "-p", "local.noskips").returncode == 1


def test_control_without_the_plugin_skipped_tests_go_unnoticed(suite: Path) -> None:
    for way, text in WAYS.items():
        (suite / f"test_{way}.py").write_text(text)
    assert outcome(suite).returncode == 0


def test_run_without_skips_passes(suite: Path) -> None:
    assert outcome(suite, "-p", "local.noskips").returncode == 0
