"""The public pages against a bare Django page, on the same server in the same run.

    python benchmarks/pages.py [--parties 20000] [--rounds 3] [--seconds 4]

takes the settings of the portal from the environment (see docs/operations.md). In the PostgreSQL of DATABASE_URL it makes a database of its
own, fills it with invented parties, starts gunicorn with two sync workers, and drops the database at the end. Everything is asked for in
turn, round after round, and the medians are printed: requests per second as a share of "hello", which is a view that answers one word below
all the middleware of the portal; and the time of the middle request and of the slowest one in a hundred.

"By work" is the same share reckoned from the processor time of the two workers alone: it says more when the machine has other things to do,
but leaves out the database's time.

"Not kept" means that the request carries a cookie, so that the page is made anew each time. The load is made by Python on the same machine,
and takes its share of it: read the shares and not the numbers, and expect the quickest pages to be a little quicker than they look here.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit, urlunsplit

import psycopg

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.load import Load, load  # noqa: E402 - the folder above must be found first

DATABASE = "idekom_benchmark"
COOKIE = "Cookie: not=kept\r\n"


@dataclass(frozen=True)
class Ask:
    """One line of the table: what is asked for, how, and of which server."""

    name: str
    path: str
    headers: str = ""
    status: str = "200"
    bare: bool = False


def asks(last: int, etag: str) -> list[Ask]:
    """Everything that is measured."""
    return [
        Ask("hello", "/hello/", COOKIE),
        Ask("hello without middleware", "/hello/", COOKIE, bare=True),
        Ask("list, not kept", "/anslutna/", COOKIE),
        Ask("search, not kept", "/anslutna/?q=bryggan+majorna", COOKIE),
        Ask("search for a rare word, not kept", "/anslutna/?q=19876", COOKIE),
        Ask("slip of the finger, not kept", "/anslutna/?q=brygagns", COOKIE),
        Ask("filtered, not kept", "/anslutna/?stadsdel=nordost", COOKIE),
        Ask("middle page, not kept", f"/anslutna/?sida={last // 2}", COOKIE),
        Ask("last page, not kept", f"/anslutna/?sida={last}", COOKIE),
        Ask("list, kept for a second", "/anslutna/"),
        Ask("list, unchanged (304)", "/anslutna/", f"If-None-Match: {etag}\r\n", "304"),
    ]


@contextmanager
def database(*, keep: bool) -> Iterator[tuple[str, bool]]:
    """The address of a database of its own, and whether it is new; it is dropped afterwards unless it is to be kept."""
    address = urlsplit(os.environ["DATABASE_URL"])
    folder, _slash, _name = address.path.rpartition("/")
    host = {"host": folder} if folder else {"host": address.hostname, "port": address.port}
    server = psycopg.connect(**host, user=address.username, password=address.password, dbname="postgres", autocommit=True)
    is_there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is not None
    if is_there and not keep:
        server.execute(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
    if not (is_there and keep):
        server.execute(f'CREATE DATABASE "{DATABASE}"')
    try:
        yield urlunsplit(address._replace(path=f"{folder}/{DATABASE}")), not (is_there and keep)
    finally:
        if not keep:
            server.execute(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
        server.close()


def fill(environment: dict[str, str], parties: int) -> None:
    """The founding data and the invented parties."""
    for command in (["migrate", "-v0"], ["founding"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=HERE, env=environment, check=True, stdout=subprocess.DEVNULL)
    code = (
        f"from benchmarks import content; content.build({parties}); from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "--no-imports", "-c", code], cwd=HERE, env=environment, check=True)


@contextmanager
def server(environment: dict[str, str], *, bare: bool) -> Iterator[tuple[int, int]]:
    """The port and the process of a gunicorn with two sync workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "--log-level", "warning", "idekom.wsgi"]
    process = subprocess.Popen(command, cwd=HERE, env=environment | ({"DJANGO_SETTINGS_MODULE": "benchmarks.hello"} if bare else {}))
    try:
        for _try in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def work_of(pid: int) -> float:
    """How many seconds of processor time the workers of a gunicorn have taken."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in children)
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


def etag_of(port: int) -> str:
    """The fingerprint of the list now."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"GET /anslutna/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return next(line.partition(b": ")[2].decode() for line in answer.split(b"\r\n") if line.lower().startswith(b"etag"))


def measure(servers: dict[bool, tuple[int, int]], last: int, rounds: int, seconds: float) -> dict[str, list[tuple[Load, float]]]:
    """Everything in turn, once a round, after a round that warms up: the load, and the workers' time for one request (ms)."""
    found: dict[str, list[tuple[Load, float]]] = {}
    everything = asks(last, etag_of(servers[False][0]))
    for number in range(rounds + 1):
        for ask in everything:
            request = f"GET {ask.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{ask.headers}\r\n".encode()
            port, pid = servers[ask.bare]
            before = work_of(pid)
            done = load(port, request, ask.status.encode(), seconds=seconds if number else 0.5)
            if number:
                found.setdefault(ask.name, []).append((done, 1000 * (work_of(pid) - before) / max(1, done.rate * seconds)))
    return found


def show(found: dict[str, list[tuple[Load, float]]]) -> None:
    """The table, in medians of the rounds."""
    whole, least = median(one.rate for one, _work in found["hello"]), median(work for _one, work in found["hello"])
    print(f"{'':34}{'of hello':>9}{'by work':>9}{'a second':>10}{'work ms':>9}{'p50 ms':>8}{'p99 ms':>8}{'errors':>8}")
    for name, rounds in found.items():
        rate, p50, p99 = (median(values) for values in zip(*((one.rate, one.p50, one.p99) for one, _work in rounds), strict=True))
        work = median(work for _one, work in rounds)
        errors = sum(one.errors for one, _work in rounds)
        print(f"{name:34}{100 * rate / whole:>8.1f}%{100 * least / work:>8.1f}%{rate:>10.0f}{work:>9.2f}{p50:>8.1f}{p99:>8.1f}{errors:>8}")


def main() -> None:
    """Read the arguments, measure, and clear away."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--parties", type=int, default=20_000)
    options.add_argument("--keep", action="store_true", help="leave the database as it is, and use it again the next time")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=4.0)
    chosen = options.parse_args()
    with database(keep=chosen.keep) as (address, is_new):
        environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "LOG_LEVEL": "WARNING"}
        environment.pop("TESTING", None)
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=HERE, env=environment, check=True)
        if is_new:
            fill(environment, chosen.parties)
        with server(environment, bare=False) as full, server(environment, bare=True) as bare:
            show(measure({False: full, True: bare}, -(-chosen.parties // 50), chosen.rounds, chosen.seconds))


if __name__ == "__main__":
    main()
