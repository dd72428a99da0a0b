"""`./run test`: every check and the whole test suite, on servers made for this one run and removed after it."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local import environment, orphans, packages, portal
from local.holding import held, holder
from local.places import Place, home, make
from local.processes import attend
from local.say import step

COMPOSE_CHECK = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
OF_A_PORTAL = ("DEBUG", "SITE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "SWEEP_SECONDS", "STAFF_NEED_MFA", "TRUSTED_PROXIES")
CHECKS = {
    "ruff": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "import-linter": ["importlinter.cli", "lint"],
    "djlint": ["djlint", "--lint", "--quiet", "."],
    "mypy": ["mypy", "."],
    "docker-compose.yml": COMPOSE_CHECK,
}


def lint() -> int:
    """Run the checks without the tests."""
    with _servers() as place:
        variables = _variables(place)
        environment.require_valid_settings(variables)
        return int(bool(_failed_checks(variables)))


def run(arguments: list[str]) -> int:
    """Run all checks and tests; with arguments pytest alone, with these. The exit status is 0 only when all of it went well."""
    with _servers() as place:
        variables = _variables(place)
        environment.require_valid_settings(variables)
        failed = [] if arguments else _failed_checks(variables)
        step("pytest")
        command = ["pytest", "-p", "local.noskips", *(arguments or ["-n", "2", "--dist", "worksteal"])]
        status = attend([sys.executable, "-m", *command], variables)
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)
    return status or bool(failed)


def _failed_checks(variables: dict[str, str]) -> list[str]:
    """Run every check, whatever the ones before it said, and return the names of those that failed."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, [sys.executable, "-m", *command], variables)]
    manage = [sys.executable, "manage.py"]
    if not _passes("migrations", [*manage, "makemigrations", "--check", "--dry-run"], variables):
        failed.append("migrations")
    if not _passes("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], _production(variables)):
        failed.append("check --deploy")
    return failed


def _passes(name: str, command: list[str], variables: dict[str, str]) -> bool:
    begun = time.monotonic()
    outcome = subprocess.run(command, check=False, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    words = "passed" if outcome.returncode == 0 else "FAILED"
    step(f"{name} {words} ({time.monotonic() - begun:.1f} s)")
    if outcome.returncode:
        print(outcome.stdout, flush=True)
    return outcome.returncode == 0


@contextmanager
def _servers() -> Iterator[Place]:
    """Servers of our own: two runs at once never meet, nor do the demo's data."""
    directory = make(home() / "test", 0o755)
    for left in directory.iterdir():
        _forget_if_left_behind(Place(left))
    place = Place(Path(tempfile.mkdtemp(dir=directory, prefix="")))
    with held(place, "./run test"):
        try:
            with portal.embedded(place, throwaway=True):
                yield place
        finally:
            portal.forget(place)


def _forget_if_left_behind(place: Place) -> None:
    if not holder(place):
        with held(place, "./run test"):
            orphans.end(place)
            portal.forget(place)


def _variables(place: Place) -> dict[str, str]:
    """The settings of the tests. What the caller's shell sets for a portal does not count."""
    variables = {name: value for name, value in os.environ.items() if name not in OF_A_PORTAL}
    variables |= {"DEMO": "1", "TESTING": "1", "SECRET_KEY": secrets.token_urlsafe(50), "CHROMIUM": packages.browser() or ""}
    return variables | environment.servers(place)


def _production(variables: dict[str, str]) -> dict[str, str]:
    """The settings of a real portal, for the checks that Django has for those."""
    production = {"DEMO": "0", "EMBEDDED": "0", "TESTING": "0", "SITE_URL": "https://idekom.example", "EMAIL_URL": "smtp://localhost"}
    return variables | production
