"""`./run check`: what this machine has and lacks, and where the portal keeps its things."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from pathlib import Path

from local import packages, places, virtualenv
from local.holding import holder


def report() -> int:
    """Print a line per subject; 0 when nothing is missing for `./run`."""
    problems = 0
    for ok, subject, words in _subjects():
        problems += not ok
        print(f"{'ok  ' if ok else 'LOOK'}  {subject:<12} {words}")
    print("Nothing is missing." if not problems else "./run installs what is missing where it may, and else says in one line how.")
    return 1 if problems else 0


def _subjects() -> list[tuple[bool, str, str]]:
    libraries = packages.missing_libraries()
    python = virtualenv.usable_python()
    browser = packages.browser()
    free = shutil.disk_usage(_existing(places.home())).free
    return [
        (bool(python), "Python", python or f"{platform.python_version()} is not 3.11 or 3.12, which uv may fetch"),
        (virtualenv.has_uv() or packages.can_install_python_packages(), "installer", "uv" if virtualenv.has_uv() else "pip or python3-venv"),
        (
            (sys.platform, platform.machine()) == ("linux", "x86_64"),
            "machine",
            f"{platform.machine()}, and the Redis wheel is for x86_64",
        ),
        (not libraries, "PDF", "Pango is there" if not libraries else f"missing: {' '.join(libraries)}"),
        (bool(browser), "browser", browser or "missing: chromium (for ./run test only)"),
        (free > 1_500_000_000, "disk", f"{free // 1_000_000} MB free for {places.home()}"),
        (os.cpu_count() is not None, "processors", str(os.cpu_count())),
        _port(),
        (True, "running", holder(places.demo()) or "nothing of this checkout"),
    ]


def _port() -> tuple[bool, str, str]:
    number = places.port()
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", number)) == 0
    mine = taken and holder(places.demo()) is not None
    return (not taken or mine, "port", f"{number} is {'ours' if mine else 'taken: choose another with PORT' if taken else 'free'}")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)
