"""The virtual environment with exactly the packages of a lock file: made when missing or out of date, else left alone."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from local import unpacked
from local.places import CHECKOUT, home, make
from local.say import step, stop

SUPPORTED = ((3, 12), (3, 11))
SYSTEM_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def ready(lock: str) -> Path:
    """The Python of the environment for `requirements/<lock>.lock`, installed first where needed."""
    environment = home() / "venv" / lock
    python = environment / "bin" / "python"
    stamp = environment / "installed"
    requirements = CHECKOUT / "requirements" / f"{lock}.lock"
    wanted = f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} {environment}"
    make(home(), 0o755)
    with (home() / "install.lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # two starts at once install once
        if not (stamp.exists() and stamp.read_text() == wanted and _runs([str(python)])):
            stamp.unlink(missing_ok=True)
            _install(environment, requirements)
            stamp.write_text(wanted)
    return python


def has_uv() -> bool:
    """Whether uv is at hand, so that this Python needs neither pip nor venv."""
    return _uv() is not None


def tools_path() -> str:
    """PATH, with the uv that an earlier start fetched at its end."""
    uv = _uv()
    return os.pathsep.join([os.environ.get("PATH", os.defpath), *([str(Path(uv).parent)] if uv else [])])


def settings() -> dict[str, str]:
    """The environment variables for the installers: the caller's, minus what would lead them astray, plus the machine's certificates."""
    variables = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PYTHON")}
    pip = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return variables | pip | {"UV_SYSTEM_CERTS": "true", "LC_ALL": "C.UTF-8"}


def _install(environment: Path, requirements: Path) -> None:
    os.umask(0o022)  # the user that PostgreSQL runs as has to read its wheel
    uv = _uv() or _fetch_uv()
    step(f"Installing the Python packages of requirements/{requirements.name}")
    python = environment / "bin" / "python"
    if uv:
        if not _runs([str(python)]):
            shutil.rmtree(environment, ignore_errors=True)
            _must([uv, "venv", "--quiet", "--python", usable_python() or "3.12", str(environment)])
        _must([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), str(requirements)])
    else:
        shutil.rmtree(environment, ignore_errors=True)
        _must([usable_python() or stop("Python 3.11 or 3.12 is needed and was not found.", 3), "-m", "venv", str(environment)])
        _must([str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(requirements)])


def usable_python() -> str | None:
    """A Python that all wheels exist for: this one, or another on the machine. None: uv may fetch one."""
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    found = (shutil.which(f"python{major}.{minor}") for major, minor in SUPPORTED)
    return next((path for path in found if path and _runs([path])), None)


def _uv() -> str | None:
    """uv, when the machine has it or an earlier start fetched it."""
    tools = home() / "tools"
    candidates = (shutil.which("uv"), str(tools / "uv" / "bin" / "uv"), str(tools / "venv" / "bin" / "uv"))
    return next((path for path in candidates if path and _runs([path])), None)


def _fetch_uv() -> str | None:
    """Fetch uv with pip: into a directory of ours, so that Debian's guard of its own Python is not in the way."""
    tools = home() / "tools"
    step("Fetching uv, which installs the Python packages")
    if importlib.util.find_spec("pip"):
        _tries([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tools / "uv"), "--upgrade", "uv"])
    elif pip := unpacked.pip():
        _tries([sys.executable, pip, "install", "--quiet", "--target", str(tools / "uv"), "--upgrade", "uv"])
    elif _tries([sys.executable, "-m", "venv", str(tools / "venv")]):
        _tries([str(tools / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"])
    return _uv()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run([*command, "--version"], check=False, capture_output=True, env=settings()).returncode == 0
    except OSError:
        return False


def _tries(command: list[str]) -> bool:
    """Run it; when it fails once more with the machine's certificates, which older versions of pip do not look at."""
    variables = settings()
    for extra in ({}, {"PIP_CERT": SYSTEM_CERTIFICATES}):
        if subprocess.run(command, check=False, capture_output=True, env={**variables, **extra}).returncode == 0:
            return True
    return False


def _must(command: list[str]) -> None:
    outcome = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings())
    if outcome.returncode:
        stop(f"{outcome.stdout.strip()}\n\nThat was: {' '.join(command)}")
