"""Making a round's book: a job that the database owns, so that it ends in exactly one published file whatever dies on the way.

The queue is only a bell. Whoever hears it tries to take a lock that vanishes with its process; the one who gets it works from the
snapshot that the first attempt kept, writes the file under its checksum, and publishes it in one conditional update.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from followup import book, snapshot
from followup.models import Compilation
from followup.models.compilations import LOCK_CLASS, MAX_ATTEMPTS, books
from idekom.lib.canonical import canonical, digest
from idekom.lib.faults import faultpoint
from idekom.lib.history import ring

logger = logging.getLogger(__name__)
DAY = 24 * 60 * 60  # seconds


def compile_book(compilation: Compilation) -> bool:
    """Make and publish the book, or go on where a dead process stopped; False when there is nothing to do or somebody else is at it."""
    with _held_alone(compilation) as is_mine:
        if not is_mine:
            return False
        compilation.refresh_from_db()
        if not compilation.is_under_way:
            return False
        if compilation.attempts >= MAX_ATTEMPTS:
            compilation.fail(compilation.error or _("Programmet som gör boken har avbrutits %(times)d gånger.") % {"times": compilation.attempts})
            return False
        try:
            _make(compilation)
        except Exception as error:
            logger.exception("attempt %s at compilation %s failed", compilation.attempts, compilation.pk)
            compilation.stumble(f"{type(error).__name__}: {error}"[:2000])
            return False
        return True


def _make(compilation: Compilation) -> None:
    """The steps, each told to those who wait."""
    compilation.start()
    if compilation.snapshot is None:
        compilation.tell(_("Samlar in rapporterna"), 10)
        with snapshot.one_moment():
            taken = snapshot.take(compilation.round)
        compilation.keep_snapshot(taken, digest(canonical(taken)))
    faultpoint("compile.after_snapshot")
    compilation.tell(_("Sätter sidorna"), 30)
    content = book.render(compilation.snapshot or {})
    faultpoint("compile.after_render")
    compilation.tell(_("Sparar boken"), 90)
    sha256 = store(content)
    faultpoint("compile.after_rename")
    compilation.publish(sha256=sha256, size=len(content))


def store(content: bytes) -> str:
    """Put a file among the books under its checksum, whole or not at all, and safely on the disk."""
    sha256 = digest(content)
    folder = books()
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    unfinished = folder / "tmp" / f"{uuid4()}.pdf"
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{sha256}.pdf")
    _sync(folder)
    return sha256


def sweep() -> None:
    """Ring again for every job that nobody is at, and throw away files that no job ended in."""
    for compilation in Compilation.objects.abandoned():
        ring("followup.compile", compilation.pk)
    _sweep_files(older_than=time.time() - DAY)


def _sweep_files(*, older_than: float) -> None:
    known = {f"{sha256}.pdf" for sha256 in Compilation.objects.exclude(sha256="").values_list("sha256", flat=True)}
    for path in [*books().glob("*.pdf"), *books().glob("tmp/*.pdf")]:
        is_orphan = path.parent.name == "tmp" or path.name not in known
        if is_orphan and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
            logger.info("swept %s", path.name)


@contextmanager
def _held_alone(compilation: Compilation) -> Iterator[bool]:
    """Hold the job's lock on this process' connection; the server lets go of it when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, compilation.pk])
        is_mine: bool = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, compilation.pk])


def _sync(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
