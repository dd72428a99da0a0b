"""The few Debian packages that cannot come as Python wheels: found, installed where we may, else named in one line."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess

from local import unpacked
from local.say import step, stop

PANGO = {"libpango-1.0.so.0": "libpango-1.0-0", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0", "libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
PLAYWRIGHT = {"libatomic.so.1": "libatomic1"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The path of a Chromium for the browser tests."""
    return next((path for path in map(shutil.which, BROWSERS) if path), unpacked.chromium())


def missing_for_browser_tests() -> list[str]:
    """Debian's names of what the browser tests need and this machine lacks."""
    return missing_libraries(PLAYWRIGHT) + ([] if browser() else ["chromium"])


def missing_libraries(needed: dict[str, str] = PANGO) -> list[str]:
    """Debian's names of those libraries (WeasyPrint's, unless told) that this machine lacks."""
    return [package for library, package in needed.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return unpacked.has(library)
    return True


def can_install_python_packages() -> bool:
    """Whether this Python has pip, or can make a virtual environment that has it."""
    return bool(unpacked.pip()) or any(importlib.util.find_spec(module) for module in ("pip", "ensurepip"))


def require(packages: list[str]) -> None:
    """Install these Debian packages where we may, unpack them where we may not, or end with the one line that installs them."""
    if not packages:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    prefix = _privilege()
    if not shutil.which("apt-get"):
        stop("Please install what these Debian packages hold, then start again: " + " ".join(packages), 3)
    if prefix is None:
        if unpacked.fetch(packages):
            return
        stop(f"Please run this line, then start again:\n\n    sudo apt-get update && sudo {line}\n", 3)
    step(f"Installing Debian packages: {' '.join(packages)}")
    install = [*prefix, *line.split()]
    if not _succeeds(install):  # a machine without package lists, or with old ones
        _succeeds([*prefix, "apt-get", "update"])
        if not _succeeds(install, show=True):
            stop(f"Debian could not install them. Please run this line, then start again:\n\n    {' '.join(install)}\n", 3)


def _privilege() -> list[str] | None:
    """What to put before apt-get; None when we may not install."""
    noninteractive = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return noninteractive
    sudo = shutil.which("sudo")
    return [sudo, "-n", *noninteractive] if sudo and _succeeds([sudo, "-n", "true"]) else None


def _succeeds(command: list[str], *, show: bool = False) -> bool:
    outcome = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if show and outcome.returncode:
        print(outcome.stdout)
    return outcome.returncode == 0
