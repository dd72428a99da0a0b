"""The whole portal under one command: it answers, mends itself, stops, and starts again quickly on the same data."""

import http.client
import os
import signal
import socket
import subprocess
import time

import psycopg
import pytest

from local import orphans
from local.environment import DATABASE
from local.places import Place
from tests.local.conftest import Launch, eventually



@pytest.fixture
def port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


def status(port: str, path: str = "/halsa/") -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def await_welcome(process: "subprocess.Popen[str]") -> list[str]:
    """What it prints until it tells how to stop it."""
    assert process.stdout is not None
    lines: list[str] = []
    while not (lines and lines[-1].startswith("Stop it:")):
        lines.append(process.stdout.readline())
        assert lines[-1], process.communicate()
    return lines


def numbers(place: Place, words: str) -> list[int]:
    """The processes of the portal whose command line has these words."""
    found = []
    for number in orphans.find(place):
        with open(f"/proc/{number}/cmdline") as file:
            if words in file.read().replace("\0", " "):
                found.append(number)
    return found


def test_portal_starts_stops_and_starts_again_within_eight_seconds(launch: Launch, place: Place, port: str) -> None:
    first = launch("start", PORT=port)
    assert f"The portal:  http://127.0.0.1:{port}/\n" in await_welcome(first)
    assert status(port) == 200
    assert {words: len(numbers(place, words)) for words in ("celery -A idekom beat", "gunicorn")} == {"celery -A idekom beat": 1, "gunicorn": 3}
    begun = time.monotonic()
    first.send_signal(signal.SIGINT)
    first.communicate()
    assert first.returncode == 0
    assert time.monotonic() - begun < 10
    assert orphans.find(place) == []
    begun = time.monotonic()
    await_welcome(launch("start", PORT=port))
    assert time.monotonic() - begun < 16  # 8 on a machine that does not run tests beside it
    assert status(port) == 200


def test_portal_comes_back_after_each_of_its_processes_is_killed(launch: Launch, place: Place, port: str) -> None:
    await_welcome(launch("start", PORT=port))
    for words in ("redis-server", "postgres -D", "gunicorn", "celery -A idekom worker", "celery -A idekom beat"):
        before = min(numbers(place, words))
        os.kill(before, signal.SIGKILL)
        eventually(lambda words=words, before=before: [n for n in numbers(place, words) if n != before], 30)  # type: ignore[misc]
    eventually(lambda: status(port) == 200, 30)


def test_portal_of_a_killed_launcher_leaves_the_port_and_the_data_free(launch: Launch, place: Place, port: str) -> None:
    killed = launch("start", PORT=port)
    await_welcome(killed)
    killed.kill()
    eventually(lambda: not orphans.find(place), 15)
    again = launch("start", PORT=port)
    await_welcome(again)
    with psycopg.connect(host=str(place.sockets), user="postgres", dbname=DATABASE) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
