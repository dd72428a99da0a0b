"""Debian packages that are unpacked, not installed, are found."""

from pathlib import Path

import pytest

from local import packages, unpacked


@pytest.fixture
def unpacked_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a library of each kind of place, pip's wheel and Chromium."""
    monkeypatch.setenv("LOCAL_DIR", str(tmp_path))
    folder = unpacked.folder()
    for name in (
        "usr/lib/x86_64-linux-gnu/libone.so.0",
        "lib/x86_64-linux-gnu/libtwo.so.0",
        "usr/share/python-wheels/pip-1.whl",
        "usr/lib/chromium/chromium",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_what_is_unpacked_is_found(unpacked_folder: Path) -> None:
    assert [unpacked.has(name) for name in ("libone.so.0", "libtwo.so.0", "libthree.so.0")] == [True, True, False]
    assert packages.missing_libraries({"libone.so.0": "one", "libthree.so.0": "three"}) == ["three"]
    assert unpacked.pip() == str(unpacked_folder / "usr/share/python-wheels/pip-1.whl/pip")
    assert unpacked.chromium() == str(unpacked_folder / "usr/lib/chromium/chromium")
    libraries = unpacked.variables()["LD_LIBRARY_PATH"].split(":")
    assert libraries == [str(unpacked_folder / "usr/lib/x86_64-linux-gnu"), str(unpacked_folder / "lib/x86_64-linux-gnu")]


def test_without_unpacked_packages_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCAL_DIR", str(tmp_path))
    assert (unpacked.variables(), unpacked.pip(), unpacked.chromium(), unpacked.has("libone.so.0")) == ({}, None, None, False)
