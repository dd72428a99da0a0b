"""The verbs that run the portal or a part of it: start, services, manage, env, reset."""

import http.client
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from local import environment, orphans, prepare, servers
from local.holding import held, holder
from local.places import Place, demo, home, make, port
from local.processes import PLACE_VARIABLE, Process, attend, be_deaf, end_all, keep_running
from local.say import step, stop

EXPORTED = ("DEMO", "EMBEDDED", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE")


def run() -> int:
    """Start the portal with all it needs, and keep it running until told to stop."""
    if environment.is_external():
        variables = environment.for_external(port())
        environment.require_valid_settings(variables)
        make(Path(variables["DATA_DIR"]))
        _serve(variables, Place(home()), [])
        return 0
    place, words = demo(), f"./run at http://127.0.0.1:{port()}/"
    with held(place, words) as mine:
        if not mine:
            stop(f"The demo of this checkout is in use already: {holder(place)}", 2)
        variables = environment.for_embedded(place, port())
        environment.require_valid_settings(variables)
        with embedded(place) as running:
            _serve(variables, place, running)
    return 0


@contextmanager
def embedded(place: Place, *, throwaway: bool = False) -> Iterator[list[Process]]:
    """PostgreSQL and Redis on this place, which the caller holds; stopped at the end, Redis first."""
    orphans.end(place)
    running: list[Process] = []
    try:
        running += servers.start(place, throwaway=throwaway)
        step("PostgreSQL and Redis are running")
        yield running
    finally:
        be_deaf()
        end_all(reversed(running))


def _serve(variables: dict[str, str], place: Place, running: list[Process]) -> None:
    """Bring data and files up to date, then run web, worker and beat."""
    make(place.logs)
    prepare.everything(variables, place)
    portal = _portal(variables | {PLACE_VARIABLE: str(place.root)}, place)
    asked_to_stop = False
    try:
        web, *others = portal
        web.start()
        web.await_ready(lambda: _health(port()) is not None)
        for process in others:  # after the first page is there: they would only take the processors from it
            process.start()
        health = _health(port())
        step("The portal answers" if health == HTTPStatus.OK else f"The portal answers, but /halsa/ says {health}: see {web.log}")
        _welcome(variables, place)
        keep_running([*running, *portal])
    except KeyboardInterrupt:
        asked_to_stop = True
        step("Stopping")
    finally:
        be_deaf()
        end_all(portal)
        if asked_to_stop:
            step("The portal is stopped; the servers follow" if running else "The portal is stopped")


def _portal(variables: dict[str, str], place: Place) -> list[Process]:
    """The portal's three processes: web, worker and beat."""
    web = ["gunicorn", "idekom.wsgi:application", "--bind", f"127.0.0.1:{port()}", "--workers", "2", "--graceful-timeout", "4"]
    web += ["--no-control-socket", "--access-logfile", str(place.logs / "access.log")]
    worker = ["celery", "-A", "idekom", "worker", "--concurrency", "1", "-P", "prefork", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    beat = ["celery", "-A", "idekom", "beat", "--schedule", str(place.root / "beat-schedule"), "--pidfile=", "--loglevel", "INFO"]
    return [
        _process("web", web, variables, place, signal.SIGTERM),
        _process("worker", worker, variables, place, signal.SIGKILL),  # when orphaned: at once; its jobs are in the database
        _process("beat", beat, variables, place, signal.SIGTERM),
    ]


def _process(name: str, command: list[str], variables: dict[str, str], place: Place, orphaned_with: signal.Signals) -> Process:
    return Process(name, [sys.executable, "-m", *command], variables, place.logs / f"{name}.log", orphaned_with=orphaned_with)


def _health(number: int) -> int | None:
    """The status that the health page answers with; None while nothing answers. Asked directly: a proxy is none of its business."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        connection.request("GET", "/halsa/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _welcome(variables: dict[str, str], place: Place) -> None:
    """Say where the portal is and how to sign in."""
    print(f"\nThe portal:  {variables['SITE_URL']}/\nIts logs:    {place.logs}\nStop it:     Ctrl-C\n", flush=True)
    if prepare.is_demo(variables):
        print(f"To sign in, give one of these addresses; the code comes by mail, readable at {variables['SITE_URL']}/demo/post/\n", flush=True)
        print(prepare.accounts(variables, place), flush=True)


def services() -> int:
    """Run PostgreSQL and Redis alone, and print how to reach them."""
    place = demo()
    with held(place, "./run services") as mine:
        if not mine:
            stop(f"The servers of this checkout run already: {holder(place)}", 2)
        with embedded(place) as running:
            print_environment()
            try:
                keep_running(running)
            except KeyboardInterrupt:
                step("Stopping")
    return 0


def print_environment() -> int:
    """Print the variables of the demo as lines that a shell can read."""
    place = demo()
    place.make(servers.server_user())
    variables = {**environment.for_embedded(place, port()), "DJANGO_SETTINGS_MODULE": "idekom.settings"}
    for name in EXPORTED:
        print(f"export {name}={shlex.quote(variables.get(name, ''))}", flush=True)
    return 0


def manage(arguments: list[str]) -> int:
    """Run a command of manage.py, on the servers that run already or on ones that run as long as the command."""
    if environment.is_external():
        os.execve(sys.executable, [sys.executable, "manage.py", *arguments], environment.for_external(port()))
    place = demo()
    with held(place, f"./run manage {' '.join(arguments[:1])}") as mine:
        variables = environment.for_embedded(place, port())
        environment.require_valid_settings(variables)
        if mine:
            with embedded(place):
                return attend([sys.executable, "manage.py", *arguments], variables)
        servers.await_both(place)
        return attend([sys.executable, "manage.py", *arguments], variables)


def reset(*, sure: bool) -> int:
    """Remove the demo's data and what tests left behind; the installed packages stay."""
    place = demo()
    if holder(place):
        stop(f"Stop it first: {holder(place)}", 2)
    if not sure and not sys.stdin.isatty():
        stop("./run reset --yes removes the data without asking.", 2)
    if not sure and input(f"Remove all data in {place.root}? Type yes: ").strip().lower() not in ("yes", "y", "ja", "j"):
        stop("Nothing is removed.")
    if place.root.exists():
        with held(place, "./run reset"):
            orphans.end(place)
            forget(place)
    step("The demo's data are removed")
    return 0


def forget(place: Place) -> None:
    """Remove a place and its sockets."""
    for directory in (place.sockets, place.root):
        shutil.rmtree(directory, ignore_errors=True)
