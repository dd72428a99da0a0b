"""How long a reader waits for a page while the year's book is made, beside how long when it is not, on the same machine in the same run.

    python benchmarks/compiling.py [--parties 400] [--rounds 3]

takes the settings of the portal from the environment (see docs/operations.md). In the PostgreSQL of DATABASE_URL it makes a database of its
own with invented parties, starts gunicorn with two sync workers, and asks for pages one after the other with a pause between, as a few
readers do: for some seconds when nothing else goes on, and then for as long as a book with no section ready is made. That is repeated, and
the medians are printed, with the time while the book is made as a share of the time when it is not. The pages carry a cookie, so that each
is made anew.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.load import ask  # noqa: E402 - the folder above must be found first
from benchmarks.pages import COOKIE, database, fill, server  # noqa: E402

PAGES = {"front": "/", "list": "/anslutna/", "search": "/anslutna/?q=bryggan+majorna"}
PAUSE = 0.05
QUIET = 8.0


def waits(port: int, path: str, goes_on: Callable[[], bool]) -> list[float]:
    """How long each request took (ms), for as long as it goes on; raises when an answer is not whole."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{COOKIE}\r\n".encode()
    times = []
    while goes_on():
        start = time.perf_counter()
        if not ask(port, request, b"200"):
            raise RuntimeError(f"{path} was not answered")
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(PAUSE)
    return times


def while_quiet(port: int, path: str) -> list[float]:
    """The times when nothing else goes on."""
    end = time.monotonic() + QUIET
    return waits(port, path, lambda: time.monotonic() < end)


def while_made(port: int, path: str, parties: int) -> list[float]:
    """The times for as long as a book is made from nothing, by the process that would make it."""
    with tempfile.TemporaryDirectory(prefix="idekom-benchmark-") as folder:
        variables = os.environ | {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "idekom.settings", "LOG_LEVEL": "ERROR"}
        command = [sys.executable, str(HERE / "benchmarks" / "book.py"), "--parties", str(parties), "--way", "cold"]
        maker = subprocess.Popen(command, env=variables, cwd=HERE, stdout=subprocess.DEVNULL)
        try:
            while not list(Path(folder).glob("sections/*")):  # it reads its program first
                if maker.poll() is not None:
                    raise RuntimeError("the book was not made")
                time.sleep(0.05)
            return waits(port, path, lambda: maker.poll() is None)
        finally:
            maker.kill()
            maker.wait()


def main() -> None:
    """Read the arguments, measure, and clear away."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--parties", type=int, default=400)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with database(keep=False) as (address, _is_new):
        environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "LOG_LEVEL": "WARNING"}
        environment.pop("TESTING", None)
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=HERE, env=environment, check=True)
        fill(environment, chosen.parties)
        with server(environment, bare=False) as (port, _pid):
            print(f"{'':10}{'quiet p50':>11}{'p95 ms':>8}{'book p50':>10}{'p95 ms':>8}{'p50 of quiet':>14}{'p95':>6}")
            for name, path in PAGES.items():
                while_quiet(port, path)
                found = [(while_quiet(port, path), while_made(port, path, chosen.parties)) for _round in range(chosen.rounds)]
                quiet, busy = ([(median(times), quantiles(times, n=20)[18]) for times in side] for side in zip(*found, strict=True))
                (quiet50, quiet95), (busy50, busy95) = ([median(values) for values in zip(*side, strict=True)] for side in (quiet, busy))
                shares = f"{busy50 / quiet50:>14.2f}{busy95 / quiet95:>6.2f}"
                print(f"{name:10}{quiet50:>11.1f}{quiet95:>8.1f}{busy50:>10.1f}{busy95:>8.1f}{shares}", flush=True)


if __name__ == "__main__":
    main()
