"""What has to be done before the portal can serve: the database's tables, the static files, the demo's content."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

from local import environment
from local.places import CHECKOUT, Place
from local.processes import die_with_parent
from local.say import step, stop


def everything(variables: dict[str, str], place: Place) -> None:
    """Bring all up to date; what is unchanged since the last start is skipped."""
    files = _static_files_digest()
    stamp = place.root / "static-files"
    static = None if stamp.exists() and stamp.read_text() == files else _begin(["collectstatic", "--no-input", "--verbosity", "0"], variables)
    _finish(_begin(["migrate", "--no-input", "--verbosity", "0"], variables), "The database could not be brought up to date")
    step("The database is up to date")
    if static:
        _finish(static, "The static files could not be collected")
        stamp.write_text(files)
        step("The static files are collected")
    content = place.root / "content"
    if is_demo(variables) and not content.exists():
        _finish(_begin(["demo"], variables), "The demo's content could not be made")
        content.touch()
        step("The demo's content is made")


def is_demo(variables: dict[str, str]) -> bool:
    """Whether this start has invented content and accounts."""
    return variables.get("DEMO", "").strip().lower() not in environment.OFF and environment.has_demo_content()


def accounts(variables: dict[str, str], place: Place) -> str:
    """The demo's accounts as text, remembered from the first time: asking takes a second."""
    remembered = place.root / "accounts"
    source = max(path.stat().st_mtime for path in Path(CHECKOUT, "idekom", "demo").rglob("*.py"))
    if not remembered.exists() or remembered.stat().st_mtime < source:
        remembered.write_text(_finish(_begin(["demo", "--accounts"], variables), "The demo's accounts could not be listed"))
    return remembered.read_text().rstrip()


def _begin(arguments: list[str], variables: dict[str, str]) -> "subprocess.Popen[str]":
    """Start a command of manage.py that dies with us. Its own session: Ctrl-C reaches it through us alone."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=variables,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )


def _finish(command: "subprocess.Popen[str]", trouble: str) -> str:
    """Wait for it and return what it printed; end with that when it failed."""
    output, _ = command.communicate()
    if command.returncode:
        stop(f"{trouble}:\n\n{output}")
    return output


def _static_files_digest() -> str:
    """Changes whenever a static file or the installed packages change."""
    installed = Path(sys.prefix, "installed")
    digest = hashlib.sha256(installed.read_bytes() if installed.exists() else b"")
    for path in sorted(CHECKOUT.glob("**/static/**/*")):
        if path.is_file() and ".local" not in path.parts:
            found = path.stat()
            digest.update(f"{path} {found.st_mtime_ns} {found.st_size}\n".encode())
    return digest.hexdigest()
