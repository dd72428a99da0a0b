"""Making a round's book: a job that the database owns, so that it ends in exactly one published file whatever dies on the way.

The queue is only a bell. Whoever hears it tries to take a lock that vanishes with its process; the one who gets it works from the
snapshot that the first attempt kept, and gives the file its name, its checksum, in the transaction that publishes it.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followup import book, sections, snapshot
from followup.models import Compilation, Report
from followup.models.compilations import LOCK_CLASS, MAX_ATTEMPTS, books
from idekom.lib.canonical import canonical, digest
from idekom.lib.faults import faultpoint
from idekom.lib.history import WrongStatus, ring

logger = logging.getLogger(__name__)
DAY = 24 * 60 * 60  # seconds
SECTIONS_KEPT = 400 * DAY
"""How long a section that no book uses is kept: until the year after has been compiled."""
SETTING, BINDING, SAVING = 30, 85, 95
"""How much of all is done, in percent, when the pages begin to be set, when they are bound, and when the book is written down."""
PACE = 3
"""So many sections make a pace from which the time left can be told."""


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
        except WrongStatus:
            logger.info("compilation %s was cancelled", compilation.pk)
            return False
        except Exception as error:
            _stumble(compilation, error)
            return False
        return True


def _stumble(compilation: Compilation, error: Exception) -> None:
    """An attempt failed: for good when a section takes too long, otherwise because of something that may pass."""
    logger.exception("attempt %s at compilation %s failed", compilation.attempts, compilation.pk)
    with suppress(WrongStatus):  # cancelled this very moment
        if isinstance(error, sections.TooSlow):
            compilation.fail(str(error))
        else:
            compilation.stumble(in_words(error)[:2000])


def in_words(error: Exception) -> str:
    """What the secretary is told about an error."""
    if isinstance(error.__cause__ or error, SoftTimeLimitExceeded):
        return _("Boken blev inte klar inom den tid som ett försök får ta.")
    if isinstance(error, sections.CannotBeSet):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _make(compilation: Compilation) -> None:
    """The steps, each told to those who wait. Nothing is published, and no file has its name, before the last one."""
    compilation.start()
    if compilation.snapshot is None:
        compilation.tell(_("Samlar in rapporterna"), 10)
        faultpoint("compile.before_snapshot")
        with snapshot.one_moment():
            moment = timezone.now()
            taken = snapshot.with_earlier_years(snapshot.take(compilation.round))
        compilation.keep_snapshot(taken, digest(canonical(taken)), moment)
    faultpoint("compile.after_snapshot")
    compilation.tell(_("Sätter sidorna"), SETTING)
    content = book.render(compilation.snapshot or {}, tell=_Sections(compilation).tell)
    faultpoint("compile.after_render")
    compilation.tell(_("Sparar boken"), SAVING)
    _keep(compilation, content)


class _Sections:
    """Tells how far the sections have come, and from their pace how long the rest will take."""

    def __init__(self, compilation: Compilation) -> None:
        self.compilation = compilation
        self.began = time.monotonic()
        self.set = 0

    def tell(self, done: int, total: int) -> None:
        """One more is set. Raises WrongStatus when the job was cancelled meanwhile."""
        self.set += 1
        faultpoint("compile.in_sections" if done < total else "compile.after_sections")
        if done == total:
            self.compilation.tell(_("Binder ihop boken"), BINDING)
            return
        step = _("Sätter sidorna: %(done)d av %(total)d avsnitt") % {"done": done, "total": total}
        self.compilation.tell(step, SETTING + (BINDING - SETTING) * done // total, self.seconds_left(total - done))

    def seconds_left(self, missing: int) -> int | None:
        """How long these sections will take at the pace so far; None before there is a pace."""
        if self.set < PACE:
            return None
        return round((time.monotonic() - self.began) / self.set * missing)


def set_section(report: Report) -> None:
    """Set the section of a report that has come in, if nobody has."""
    taken = snapshot.take(report.round, pk=report.pk)
    sections.ready([sections.of_party(taken, party) for party in taken["parties"]])


def _keep(compilation: Compilation, content: bytes) -> None:
    """Put the book among the others under its checksum, in the very transaction that ends the job: cancelled, it leaves no file."""
    unfinished = _written(content)
    try:
        faultpoint("compile.before_publish")
        with transaction.atomic():
            compilation.finish(sha256=digest(content), size=len(content))
            faultpoint("compile.before_rename")
            unfinished.rename(compilation.file)
            _sync(books())
            faultpoint("compile.before_commit")
        faultpoint("compile.after_commit")
    finally:
        unfinished.unlink(missing_ok=True)


def _written(content: bytes) -> Path:
    """The content in a file without a name of its own, whole and safely on the disk."""
    folder = books() / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{uuid4()}.pdf"
    with unfinished.open("wb") as file:
        file.write(content[: len(content) // 2])
        faultpoint("compile.half_written")
        file.write(content[len(content) // 2 :])
        file.flush()
        os.fsync(file.fileno())
    return unfinished


def sweep() -> None:
    """Ring again for every job that nobody is at, and throw away files that no job ended in."""
    for compilation in Compilation.objects.abandoned():
        ring("followup.compile", compilation.pk)
    _sweep_files(older_than=time.time() - DAY)


def _sweep_files(*, older_than: float) -> None:
    known = {f"{sha256}.pdf" for sha256 in Compilation.objects.made().values_list("sha256", flat=True)}
    orphans = [*(path for path in books().glob("*.pdf") if path.name not in known), *books().glob("tmp/*.pdf"), *sections.folder().glob("*.tmp")]
    unused = [path for path in sections.folder().glob("*") if path.stat().st_mtime < older_than - SECTIONS_KEPT]
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
