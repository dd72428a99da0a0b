"""Many at once: as many threads as asked, each with its own database connection, let go at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def together(number: int, call: Callable[[int], object]) -> list[object]:
    """What each call gave, or the exception that it raised, in order."""
    gate = Barrier(number)

    def one(which: int) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return call(which)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))
