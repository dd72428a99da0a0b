"""The whole portal under one command: it answers, mends itself, stops, and starts again quickly on the same data."""

import http.client
import os
import signal
import socket
import subprocess

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


def test_portal_starts_stops_and_starts_again_on_the_same_data_also_after_a_kill(launch: Launch, place: Place, port: str) -> None:
    first = launch("start", PORT=port)
    assert f"The portal:  http://127.0.0.1:{port}/\n" in await_welcome(first)
    assert status(port) == 200
    eventually(lambda: numbers(place, "celery -A idekom beat") and numbers(place, "celery -A idekom worker"))
    first.send_signal(signal.SIGINT)
    _, told = first.communicate()
    assert first.returncode == 0, told
    assert orphans.find(place) == []

    second = launch("start", PORT=port)
    await_welcome(second)
    second.kill()
    _, told = second.communicate()
    assert "The static files are collected" not in told
    assert "content is made" not in told
    eventually(lambda: status(port) is None)
    await_welcome(launch("start", PORT=port))  # whatever the killed one left behind
    assert status(port) == 200


def test_portal_comes_back_when_all_of_its_processes_are_killed(launch: Launch, place: Place, port: str) -> None:
    await_welcome(launch("start", PORT=port, DEMO="0", DEBUG="1"))  # without the demo's content, which takes its time
    programs = ("redis-server", "postgres -D", "gunicorn", "celery -A idekom worker", "celery -A idekom beat")
    eventually(lambda: all(numbers(place, words) for words in programs))
    killed = {words: min(numbers(place, words)) for words in programs}
    for number in killed.values():
        os.kill(number, signal.SIGKILL)
    eventually(lambda: all(set(numbers(place, words)) - {killed[words]} for words in programs), 60)
    eventually(lambda: status(port) == 200, 60)
    with psycopg.connect(host=str(place.sockets), user="postgres", dbname=DATABASE) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
