"""The first half of `./run`, on the machine's own Python: what is missing is installed, then the second half (`local.__main__`) takes over."""

from __future__ import annotations

import os
import socket
import sys
import time

from local import doctor, holding, packages, places, say, unpacked, virtualenv

HELP = """Usage: ./run [command]

  ./run                     start the portal with its demo content at http://127.0.0.1:8000/ (PORT=8001 ./run: elsewhere)
  ./run test [arguments]    all checks and the whole test suite; with arguments: only pytest, with these
  ./run lint                the checks without the tests
  ./run check               look at this machine: what is there, what is missing
  ./run manage COMMAND      any command of manage.py, with the demo's database and Redis
  ./run services            only PostgreSQL and Redis, until Ctrl-C
  ./run env                 the environment variables of the demo, as lines for a shell
  ./run reset [--yes]       forget the demo's data

With DATABASE_URL and REDIS_URL set, ./run and ./run manage use those servers and start none (docs/operations.md)."""
VERBS = ("start", "test", "lint", "check", "manage", "services", "env", "reset")


def main(arguments: list[str]) -> int:
    """Run a verb; returns the exit status, when it returns at all."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    os.chdir(places.CHECKOUT)
    os.environ.setdefault(say.STARTED_VARIABLE, str(time.time()))
    try:
        if verb in ("-h", "--help", "help"):
            print(HELP)
            return 0
        if verb not in VERBS or (rest and verb in ("start", "lint", "check", "services", "env")):
            say.stop(f"{HELP}\n\nNot understood: {' '.join(arguments)}", 2)
        if verb == "check":
            return doctor.report()
        if verb == "start":
            require_room(places.port())
        hand_over(verb, rest)
    except say.Stop as reason:
        print(reason, file=sys.stderr)
        return reason.status
    except KeyboardInterrupt:
        return 130
    return 0


def hand_over(verb: str, rest: list[str]) -> None:
    """Make the environment that the verb needs, and go on inside it."""
    wanted = packages.missing_libraries()
    if not packages.can_install_python_packages() and not virtualenv.has_uv():
        wanted.append("python3-venv")
    if verb == "test":
        wanted += packages.missing_for_browser_tests()
    packages.require(wanted)
    python = virtualenv.ready("dev" if verb in ("test", "lint") else "production" if os.environ.get("DATABASE_URL") else "demo")
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE")
    variables = {name: value for name, value in os.environ.items() if name not in unwanted}
    variables |= {"PATH": virtualenv.tools_path()} | unpacked.variables()
    variables.update(LC_ALL="C.UTF-8", PYTHONUTF8="1", DJANGO_SETTINGS_MODULE="idekom.settings")
    os.execve(python, [str(python), "-m", "local", verb, *rest], variables)


def require_room(number: int) -> None:
    """End when this checkout's portal runs already or something else listens on the port, before anything is started."""
    running = None if os.environ.get("DATABASE_URL") else holding.holder(places.demo())
    if running and "./run manage" not in running:
        say.stop(f"The demo of this checkout is in use already: {running}", 2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError as error:
            say.stop(f"PORT {number} cannot be used ({error.strerror}). Choose another: PORT={number % 65535 + 1} ./run", 2)
