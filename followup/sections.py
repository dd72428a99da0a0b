"""The sections of the book: small files, each kept under the checksum of all that made it. A party's is set when its report comes in.

Nothing stale is ever used: the name covers the words, the style, the fonts and the program that sets them. A section that is missing
when the book is made is set then; many are set by several processes side by side.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from html import unescape
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Timer
from typing import Any, Self

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy

from followup import typesetter
from followup.figures import OPINIONS, CommitmentFigures, Figures, Reporter
from followup.models import About, Progress
from followup.snapshot import LANGUAGE
from idekom.lib import pdf
from idekom.lib.canonical import digest
from idekom.lib.markdown import to_html

FEW = 40
"""So many missing sections are set here and now; more are worth the start of other processes, which takes some seconds."""
MOST_PROCESSES = 4
QUOTES_IN_CHAPTER = 6
"""So many quotes stand in the commitment's chapter itself."""
LARGE = 100_000
"""A page of so many characters may take long to set."""
LONGEST = 60
"""Seconds that a section may take, a hundred times what it does as a rule."""
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class CannotBeSet(Exception):
    """A section cannot be set: whose it is, in words."""

    WORDS = gettext_lazy("Avsnittet ”%(title)s” går inte att sätta.")

    def __init__(self, page: str) -> None:
        title = TITLE.search(page)
        super().__init__(self.WORDS % {"title": unescape(title[1]).strip() if title else "?"})


class TooSlow(CannotBeSet):
    """A section takes so long that no book waits for it."""

    WORDS = gettext_lazy("Avsnittet ”%(title)s” tar för lång tid att sätta. Troligen är en text i det alltför lång.")


def files(pages: Iterable[str], *, tell: Callable[[int, int], None] = lambda done, total: None) -> list[bytes]:
    """The files of these sections; missing ones are set, and `tell(done, total)` hears of each."""
    with _Press() as press:
        kept = [press.take(page) for page in pages]
        done = len(kept) - len(press.missing)
        for finished in press.run():
            done += finished
            tell(done, len(kept))
    return [_used(one) for one in kept]


def of_party(snapshot: dict[str, Any], party: dict[str, Any]) -> str:
    """A party's section."""
    (reporter,) = Figures({**snapshot, "parties": [party]}).parties
    return of_reporter(snapshot["year"], reporter)


def of_reporter(year: int, reporter: Reporter) -> str:
    """The same, when the figures are there already."""
    return _page("party", year, title=reporter.name, party=reporter)


def of_commitment(year: int, commitment: CommitmentFigures) -> list[str]:
    """A commitment's chapter. Many quotes are a section of their own: they change seldom, the figures with every report."""
    apart = len(commitment.quotes) > QUOTES_IN_CHAPTER
    chapter = _page("commitment", year, title=commitment.title, commitment=commitment, apart=apart)
    return [chapter, _page("quotes", year, title=commitment.title, commitment=commitment)] if apart else [chapter]


def of_summary(figures: Figures) -> str:
    """What the secretary has written about the year."""
    return _page("summary", figures.year, title=str(figures.year), summary=to_html(figures.summary, under=2))


def of_figures(figures: Figures) -> str:
    """The year in figures."""
    overview = [(one, [one.count(progress) for progress in OPINIONS], one.no_opinion) for one in figures.commitments]
    return _page("figures", figures.year, title=str(figures.year), book=figures, opinions=OPINIONS, overview=overview)


def of_statements(figures: Figures) -> str:
    """What has become better or worse."""
    return _page("statements", figures.year, title=str(figures.year), statements=figures.statements)


def of_method(figures: Figures, digest_of_data: str) -> str:
    """What stands after the parties: who has not reported yet, how the book is made, and what was asked."""
    asks_year = any(question["about"] == About.YEAR for question in figures.questions)
    asked = {"progress_choices": [progress.label for progress in Progress], "asks_year": asks_year}
    return _page("method", figures.year, title=str(figures.year), book=figures, missing=pdf.MISSING, digest=digest_of_data, **asked)


def of_glossary(figures: Figures) -> str:
    """What the words mean."""
    return _page("glossary", figures.year, title=str(figures.year), glossary=figures.glossary)


def _page(part: str, year: int, **context: Any) -> str:
    with translation.override(LANGUAGE):
        everywhere = {
            "part": f"followup/book/_{part}.html",
            "year": year,
            "font": conditional_escape(pdf.FONT_FAMILY),
            "no_opinion": Progress.NO_OPINION,
        }
        return pdf.breakable(render_to_string("followup/book/section.html", everywhere | context))


def is_risky(page: str) -> bool:
    """Whether it may take too long to set; then it is not set here, but in another process, which can be stopped."""
    return len(page) > LARGE or "\u00ad" in page


def folder() -> Path:
    """Where the sections are kept."""
    return Path(settings.DATA_DIR) / "sections"


def path(page: str) -> Path:
    """Where the file of a section is kept."""
    name = digest("\0".join([page, style(), pdf.fonts_digest()]).encode())
    return folder() / f"{name}.pdf"


def typeset(page: str) -> None:
    """Set a section here and now, and keep it."""
    typesetter.typeset(page, css=style(), kept=path(page))


@cache
def style() -> str:
    """The book's style."""
    return render_to_string("followup/book/book.css")


class _Press:
    """Sets the sections that are missing: a few in this process, many in processes that start while the last pages are still laid out."""

    def __init__(self) -> None:
        self.missing: dict[Path, str] = {}
        self.processes: list[subprocess.Popen[str]] = []
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def take(self, page: str) -> Path:
        """Where the file of the page is, or will be."""
        kept = path(page)
        if kept not in self.missing and not kept.exists():
            self.missing[kept] = page
            if not self.processes and (len(self.missing) > FEW or is_risky(page)):
                number = min(os.cpu_count() or 1, MOST_PROCESSES)
                self.processes = [self.stack.enter_context(_typesetter()) for _number in range(number)]
        return kept

    def run(self) -> Iterator[int]:
        """Set the missing sections, and give a 1 for each that is done."""
        if not self.processes:
            for page in self.missing.values():
                try:
                    typeset(page)
                except Exception as error:
                    raise CannotBeSet(page) from error
                yield 1
            return
        free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        for process in self.processes:
            process.stdout.readline()  # type: ignore[union-attr]  # it has started: that is not the section's time
            free.put(process)
        pool = self.stack.enter_context(ThreadPoolExecutor(len(self.processes)))
        for _done in pool.map(partial(_have_set, free), self.missing.values(), self.missing):
            yield 1


def _have_set(free: "SimpleQueue[subprocess.Popen[str]]", page: str, kept: Path) -> None:
    """Let the process that is free first set the page."""
    process = free.get()
    try:
        _ask(process, page, kept)
    finally:
        free.put(process)


@contextmanager
def _typesetter() -> "Iterator[subprocess.Popen[str]]":
    """A process that sets what it reads. It ends when this one dies, since then there is nothing more to read."""
    command = [sys.executable, "-m", typesetter.__name__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR)
    try:
        _tell(process, style())
        yield process
    finally:
        process.kill()
        process.communicate()


def _tell(process: "subprocess.Popen[str]", what: Any) -> None:
    """Hand the process a line; that it has died is noticed when it should answer."""
    lines: Any = process.stdin
    with suppress(BrokenPipeError):
        lines.write(json.dumps(what) + "\n")
        lines.flush()


def _ask(process: "subprocess.Popen[str]", page: str, kept: Path) -> None:
    """Have a page set; raises CannotBeSet when the process ends instead of answering, TooSlow when it had to be stopped."""
    answers: Any = process.stdout
    is_late = Event()

    def stop() -> None:
        is_late.set()
        process.kill()

    watch = Timer(LONGEST, stop)
    watch.start()
    try:
        _tell(process, [page, str(kept)])
        if not answers.readline():
            raise TooSlow(page) if is_late.is_set() else CannotBeSet(page)
    finally:
        watch.cancel()


def _used(kept: Path) -> bytes:
    """The file, marked as used today: the sweeper throws away what nobody has used for long."""
    os.utime(kept)
    return kept.read_bytes()
