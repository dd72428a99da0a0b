"""Making a round's book: a job that the database owns, so that it ends in exactly one published file whatever dies on the way.

The queue is only a bell. Whoever hears it tries to take a lock that vanishes with its process; the one who gets it works from the
snapshot that the first attempt kept, writes the file under its checksum, and publishes it in one conditional update.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from followup import book, sections, snapshot
from followup.models import Compilation, Report
from followup.models.compilations import LOCK_CLASS, MAX_ATTEMPTS, books
from idekom.lib.canonical import canonical, digest
from idekom.lib.faults import faultpoint
from idekom.lib.history import ring

logger = logging.getLogger(__name__)
DAY = 24 * 60 * 60  # seconds
SECTIONS_KEPT = 400 * DAY
"""How long a section that no book uses is kept: until the year after has been compiled."""
SETTING, SAVING = 30, 90
"""How much of all is done, in percent, when the pages begin to be set, and when the book is written down."""


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
            taken = snapshot.with_earlier_years(snapshot.take(compilation.round))
        compilation.keep_snapshot(taken, digest(canonical(taken)))
    faultpoint("compile.after_snapshot")
    compilation.tell(_("Sätter sidorna"), SETTING)
    content = book.render(compilation.snapshot or {}, tell=partial(_tell_of_sections, compilation))
    faultpoint("compile.after_render")
    compilation.tell(_("Sparar boken"), SAVING)
    sha256 = store(content)
    faultpoint("compile.after_rename")
    compilation.publish(sha256=sha256, size=len(content))


def set_section(report: Report) -> None:
    """Set the section of a report that has come in, if nobody has."""
    taken = snapshot.take(report.round, pk=report.pk)
    sections.files([sections.of_party(taken, party) for party in taken["parties"]])


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


def _tell_of_sections(compilation: Compilation, done: int, total: int) -> None:
    """Say how far the pages have come: how many sections of the book are set."""
    step = _("Sätter sidorna: %(done)d av %(total)d avsnitt") % {"done": done, "total": total}
    compilation.tell(step, SETTING + (SAVING - SETTING) * done // total)


def _sweep_files(*, older_than: float) -> None:
    known = {f"{sha256}.pdf" for sha256 in Compilation.objects.exclude(sha256="").values_list("sha256", flat=True)}
    orphans = [*(path for path in books().glob("*.pdf") if path.name not in known), *books().glob("tmp/*.pdf"), *sections.folder().glob("*.tmp")]
    unused = [path for path in sections.folder().glob("*.pdf") if path.stat().st_mtime < older_than - SECTIONS_KEPT]
    for path in [*(path for path in orphans if path.stat().st_mtime < older_than), *unused]:
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
