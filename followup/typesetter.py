"""Sets pages as files: here and now, or by copies of this process that work side by side.

A copy has everything that this process has read already, so it starts at once. It lets go of what it shares with this one, above all of
the database, and ends when there is nothing more to read: also when this process has died.
"""

import gc
import json
import os
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn, Self
from uuid import uuid4

from idekom.lib import pdf
from idekom.lib.binding import Extent, extent

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in a section's own file; the book's stands in the book."""
BEHIND_THE_WEB = 15
"""How much a copy gives way to the web's processes, so that pages come as fast while a book is made."""
LONGEST = 60
"""Seconds of a processor that a page may take, a hundred times what it does as a rule. Waiting behind others does not count."""


class Ended(Exception):
    """The process ended instead of setting the page."""


class Late(Ended):
    """It had to be stopped."""


@dataclass(frozen=True)
class Section:
    """A page that is set and kept. Its extent is told at once; its file is read when it is wanted."""

    kept: Path
    extent: Extent

    @classmethod
    def read(cls, kept: Path) -> Self:
        """The one that is kept there."""
        with kept.open("rb") as file:
            return cls(kept, Extent(**json.loads(file.readline())))

    def content(self) -> bytes:
        """The PDF file."""
        return self.kept.read_bytes().partition(b"\n")[2]


def typeset(page: str, *, css: str, kept: Path) -> None:
    """Set a page and keep it, whole or not at all: a line with its extent, then the PDF file."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{uuid4()}.tmp")
    content = pdf.render(page, identifier="0" * 32, moment=EPOCH, css=css, is_part=True)
    unfinished.write_bytes(json.dumps(asdict(extent(content))).encode() + b"\n" + content)
    unfinished.rename(kept)


class Typesetter:
    """A copy of this process that sets the pages it is handed."""

    def __init__(self, css: str) -> None:
        pdf.warm_up(css)
        read, asks = os.pipe()
        answers, told = os.pipe()
        self.ended: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _serve(read, told, css)
        os.close(read)
        os.close(told)
        self.asks, self.answers = os.fdopen(asks, "w"), os.fdopen(answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.ended is None:
            self.kill()
            os.waitpid(self.pid, 0)
        self.answers.close()
        with suppress(BrokenPipeError):  # it died before it had read all
            self.asks.close()

    def kill(self) -> None:
        """Stop it."""
        os.kill(self.pid, signal.SIGKILL)

    def typeset(self, page: str, kept: Path) -> None:
        """Have a page set. Raises Ended when the process dies of it, Late when it had to be stopped."""
        with suppress(BrokenPipeError):  # it has died: then there is no answer either
            self.asks.write(json.dumps([page, str(kept)]) + "\n")
            self.asks.flush()
        if not self.answers.readline():
            if self.ended is None:
                self.ended = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            raise Late if self.ended == -signal.SIGXCPU else Ended


class Aside:
    """A copy of this process that makes one file while this one does something else."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self.make = make
        answers, told = os.pipe()
        self.has_ended = False
        self.pid = os.fork()
        if self.pid == 0:
            _answer(told, make)
        os.close(told)
        self.answers = os.fdopen(answers, "rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.answers.close()
        if not self.has_ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def taken(self) -> bytes:
        """The file; when the copy could not make it, it is made here, so that what is wrong is told here."""
        content = self.answers.read()
        has_failed = os.waitpid(self.pid, 0)[1] != 0
        self.has_ended = True
        return self.make() if has_failed else content


def _serve(read: int, told: int, css: str) -> NoReturn:
    """What a typesetter does."""
    try:
        _let_go(read, told)
        _typeset_lines(os.fdopen(3), os.fdopen(4, "w"), css)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _answer(told: int, make: Callable[[], bytes]) -> NoReturn:
    """What the one does that makes a single file."""
    status = 1
    try:
        _let_go(told)
        with os.fdopen(3, "wb") as answer:
            answer.write(make())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _let_go(*kept: int) -> None:
    """Keep these files, as 3 and on, and nothing else of the process that this is a copy of; nothing of it runs here any more."""
    for number, file in enumerate(kept, start=3):
        os.dup2(file, number)
    os.closerange(3 + len(kept), os.sysconf("SC_OPEN_MAX"))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    os.nice(BEHIND_THE_WEB)
    gc.callbacks.clear()  # a library's may wait for a thread that only the first process has
    gc.freeze()  # what stays is not looked through after each page


def _typeset_lines(lines: IO[str], told: IO[str], css: str) -> None:
    """Each line is [page, where to keep it] as JSON, and is answered with a line when it is done."""
    for line in lines:
        page, kept = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + LONGEST, resource.RLIM_INFINITY))  # then SIGXCPU ends it
        typeset(page, css=css, kept=Path(kept))
        print(".", file=told, flush=True)
