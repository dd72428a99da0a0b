"""The embedded servers start, stop, survive kill -9 and never meet anybody else's."""

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import redis

from local import orphans, servers
from local.environment import DATABASE
from local.places import Place
from local.portal import EXPORTED
from tests.local.conftest import Launch, eventually


def database(place: Place) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(place.sockets), user="postgres", dbname=DATABASE, autocommit=True)


def queue(place: Place) -> redis.Redis:
    return redis.Redis(unix_socket_path=f"{place.sockets}/redis.sock", decode_responses=True)


def answer(place: Place) -> bool:
    return (place.sockets / "redis.sock").exists() and servers.postgres_answers(place) and servers.redis_answers(place)


def await_services(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in EXPORTED]
    assert [line.split("=")[0] for line in lines] == [f"export {name}" for name in EXPORTED], process.communicate()


def test_services_print_the_variables_and_stop_on_sigterm_within_seconds(launch: Launch, place: Place) -> None:
    services = launch("services")
    await_services(services)
    assert answer(place)
    begun = time.monotonic()
    services.terminate()
    services.communicate()
    assert services.returncode == 0
    assert time.monotonic() - begun < 8
    assert orphans.find(place) == []


def test_servers_listen_on_private_sockets_alone(launch: Launch, place: Place) -> None:
    await_services(launch("services"))
    with database(place) as connection, queue(place) as broker:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert broker.config_get("port") == {"port": "0"}
    assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700


def test_server_settings_keep_what_was_acknowledged(launch: Launch, place: Place) -> None:
    await_services(launch("services"))
    with database(place) as connection, queue(place) as broker:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert broker.config_get("appendonly") == {"appendonly": "yes"}
        assert broker.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_kill_of_the_launcher_takes_its_servers_along(launch: Launch, place: Place) -> None:
    services = launch("services")
    await_services(services)
    services.kill()
    eventually(lambda: not orphans.find(place))


def test_start_after_kill_of_everything_finds_the_same_data(launch: Launch, place: Place) -> None:
    services = launch("services")
    await_services(services)
    with database(place) as connection, queue(place) as broker:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        for number in range(5):
            broker.rpush("jobs", number)
    for number in [*orphans.find(place), services.pid]:  # the servers first: they would stop in order when it is gone
        with suppress(ProcessLookupError):  # PostgreSQL's own processes end with it
            os.kill(number, signal.SIGKILL)
    eventually(lambda: not orphans.find(place))
    pretend_that_its_number_is_taken(place)

    await_services(launch("services"))
    with database(place) as connection, queue(place) as broker:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        assert broker.lrange("jobs", 0, -1) == ["0", "1", "2", "3", "4"]


def pretend_that_its_number_is_taken(place: Place) -> None:
    """After a restart of the machine the number in PostgreSQL's lock file can belong to any process: here to this one."""
    lock = place.postgres / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")


def test_start_ends_servers_that_outlived_their_launcher(launch: Launch, place: Place) -> None:
    services = launch("services")
    await_services(services)
    services.terminate()
    services.communicate()
    orphan = start_redis_that_nobody_looks_after(place)
    assert orphans.find(place) == [orphan.pid]

    await_services(launch("services"))
    assert orphan.wait(5) == 0
    assert answer(place)


def start_redis_that_nobody_looks_after(place: Place) -> "subprocess.Popen[bytes]":
    process = servers.redis_server(place, servers.server_user())
    orphan = subprocess.Popen(process.command, cwd=place.redis, user=process.user, stdout=subprocess.DEVNULL)
    eventually(lambda: servers.redis_answers(place))
    return orphan


def test_second_launcher_is_refused_in_one_line(launch: Launch, place: Place) -> None:
    first = launch("services")
    await_services(first)
    second = launch("services")
    _, errors = second.communicate(timeout=20)
    assert second.returncode == 2
    assert errors.strip() == f"The servers of this checkout run already: ./run services (process {first.pid})"


def test_manage_uses_the_servers_that_run(launch: Launch, place: Place) -> None:
    await_services(launch("services"))
    command = launch("manage", "shell", "-c", "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['HOST'])")
    out, errors = command.communicate(timeout=60)
    assert command.returncode == 0, errors
    assert out.splitlines()[-1] == str(place.sockets)
    assert answer(place)


def test_manage_brings_its_own_servers_and_passes_the_exit_status_on(launch: Launch, place: Place) -> None:
    command = launch("manage", "nonsense")
    _, errors = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "Unknown command: 'nonsense'" in errors
    assert orphans.find(place) == []


def test_sockets_of_a_deep_directory_are_in_a_short_one(directory: Path) -> None:
    deep = Place(directory / ("d" * 90))
    assert len(f"{deep.sockets}/.s.PGSQL.5432") < 60
    assert deep.sockets != Place(directory / ("e" * 90)).sockets


def test_prepared_socket_directory_of_somebody_else_is_refused(directory: Path) -> None:
    (directory / "somebody").symlink_to(directory)
    code = "from pathlib import Path; import sys; from local.places import private_directory; private_directory(Path(sys.argv[1]), 4711)"
    outcome = subprocess.run([sys.executable, "-c", code, str(directory / "somebody")], check=False, capture_output=True, text=True)
    assert outcome.returncode == 1
    assert "belongs to somebody else" in outcome.stderr


def test_reset_removes_the_data_only_when_told_to_and_when_nothing_runs(launch: Launch, place: Place) -> None:
    services = launch("services")
    await_services(services)
    running = launch("reset", "--yes")
    assert f"Stop it first: ./run services (process {services.pid})" in running.communicate(timeout=20)[1]
    services.terminate()
    services.communicate()

    unsure = launch("reset")
    unsure.communicate(timeout=20)
    assert unsure.returncode == 2
    assert place.postgres.exists()
    launch("reset", "--yes").communicate(timeout=20)
    assert not place.root.exists()
    assert not place.sockets.exists()
