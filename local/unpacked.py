"""Debian packages for somebody who may not install any: apt fetches them into a folder of ours, where they are unpacked and found."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from local.places import home
from local.say import step

WITHOUT_ROOT = {"python3-venv": "python3-pip-whl"}  # what serves when it is only unpacked


def folder() -> Path:
    """Where the packages are unpacked."""
    return home() / "debian"


def has(library: str) -> bool:
    """Whether the library is among what has been unpacked."""
    return any((directory / library).exists() for directory in _libraries())


def pip() -> str | None:
    """A pip that runs from its wheel, when it has been unpacked."""
    wheel = next(folder().glob("usr/share/python-wheels/pip-*.whl"), None)
    return str(wheel / "pip") if wheel else None


def chromium() -> str | None:
    """The path of a Chromium that has been unpacked; the script that Debian starts it by looks elsewhere."""
    program = folder() / "usr" / "lib" / "chromium" / "chromium"
    return str(program) if program.exists() else None


def variables() -> dict[str, str]:
    """The environment variables by which programs find the libraries and the font settings; none when nothing is unpacked."""
    if not _libraries():
        return {}
    return {
        "LD_LIBRARY_PATH": ":".join(map(str, _libraries())),
        "FONTCONFIG_PATH": str(folder() / "etc" / "fonts"),
        "XDG_DATA_HOME": str(folder() / "usr" / "share"),
    }


def fetch(packages: list[str]) -> bool:
    """Fetch and unpack the packages with all that they need; False when that is not possible here."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    wanted = [WITHOUT_ROOT.get(package, package) for package in packages]
    step(f"Fetching Debian packages into {folder()}: {' '.join(wanted)}")
    state, cache = folder() / "apt" / "state", folder() / "apt" / "cache"
    for directory in (state / "lists" / "partial", cache / "archives" / "partial"):
        directory.mkdir(parents=True, exist_ok=True)
    options = {"Dir::State": state, "Dir::State::status": "/var/lib/dpkg/status", "Dir::Cache": cache, "Debug::NoLocking": "1"}
    apt = ["apt-get", "--yes", *(part for name, value in options.items() for part in ("-o", f"{name}={value}"))]
    if not (_succeeds([*apt, "update"]) and _succeeds([*apt, "install", "--no-install-recommends", "--download-only", *wanted])):
        return False
    unpacked = all(_succeeds(["dpkg-deb", "--extract", str(package), str(folder())]) for package in (cache / "archives").glob("*.deb"))
    shutil.rmtree(folder() / "apt")
    return unpacked


def _libraries() -> list[Path]:
    """The folders of libraries; some packages still use /lib, and sound's have a folder of their own."""
    patterns = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib/*-linux-gnu*/pulseaudio")
    return [directory for pattern in patterns for directory in folder().glob(pattern)]


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
