"""A small load generator: as many requests as there is time for, from a few processes, each waiting for its answer."""

import socket
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Load:
    """What came of it: requests per second, the time of the middle one and of the slowest in a hundred (ms), and what went wrong."""

    rate: float
    p50: float
    p99: float
    errors: int


def load(port: int, request: bytes, expected: bytes, *, seconds: float, clients: int = 4) -> Load:
    """Send the same request again and again; every answer must begin with `expected` and be whole."""
    with ProcessPoolExecutor(clients) as pool:
        done = list(pool.map(_client, [port] * clients, [request] * clients, [expected] * clients, [seconds] * clients))
    times = sorted(one for times, _errors in done for one in times)
    cuts = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return Load(len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000, sum(errors for _times, errors in done))


def _client(port: int, request: bytes, expected: bytes, seconds: float) -> tuple[list[float], int]:
    times, errors = [], 0
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        if ask(port, request, expected):
            times.append(time.perf_counter() - start)
        else:
            errors += 1
    return times, errors


def ask(port: int, request: bytes, expected: bytes) -> bool:
    """One request on a connection of its own: the sync workers of gunicorn keep none open."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(262144):
                parts.append(part)
    except OSError:
        return False
    answer = b"".join(parts)
    head, _blank, body = answer.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), len(body))
    return answer.startswith(b"HTTP/1.1 " + expected) and len(body) == length
