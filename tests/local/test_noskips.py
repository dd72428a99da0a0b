"""A skipped test fails the run."""

import subprocess
import sys
from pathlib import Path

import pytest

SKIPPED = {
    "mark": "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_one(): pass\n",
    "call": "import pytest\ndef test_one(): pytest.skip('no browser')\n",
    "file": "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
    "import": "import pytest\npytest.importorskip('no_browser')\n",
}
PASSING = "def test_other(): pass\n"


def outcome(tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", *options, str(tmp_path)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("way", SKIPPED)
@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_skipped_test_fails_the_run_and_is_named(tmp_path: Path, way: str, workers: tuple[str, ...]) -> None:
    (tmp_path / "test_skipped.py").write_text(SKIPPED[way])
    (tmp_path / "test_passing.py").write_text(PASSING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    run = outcome(tmp_path, "-p", "local.noskips", *workers)
    assert run.returncode == 1, run.stdout
    assert "which counts as failed" in run.stdout
    assert "browser" in run.stdout


def test_control_without_the_plugin_a_skipped_test_goes_unnoticed(tmp_path: Path) -> None:
    (tmp_path / "test_skipped.py").write_text(SKIPPED["call"] + PASSING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    assert outcome(tmp_path).returncode == 0


def test_run_without_skips_passes(tmp_path: Path) -> None:
    (tmp_path / "test_passing.py").write_text(PASSING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    assert outcome(tmp_path, "-p", "local.noskips").returncode == 0
