"""The sections of the book: small files, each kept under the checksum of all that made it. A party's is set when its report comes in.

Nothing stale is ever used: the name covers the words, the style, the fonts and the program that sets them. A section that is missing
when the book is made is set then; many are set by several processes side by side.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from html import unescape
from pathlib import Path
from queue import SimpleQueue
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
from followup.typesetter import Ended, Late, Section, Typesetter
from idekom.lib import pdf
from idekom.lib.canonical import digest
from idekom.lib.markdown import to_html

FEW = 3
"""So many missing sections are set here and now; more are set by several processes."""
MOST_PROCESSES = 4
QUOTES_IN_CHAPTER = 6
"""So many quotes stand in the commitment's chapter itself."""
LARGE = 100_000
"""A page of so many characters may take long to set."""
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


def ready(pages: Iterable[str], *, tell: Callable[[int, int], None] = lambda done, total: None) -> list[Section]:
    """These sections; missing ones are set, and `tell(done, total)` hears of each."""
    with Press(pages) as press:
        return list(press.sections(tell=tell))


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
    return folder() / f"{name}.section"


def typeset(page: str) -> None:
    """Set a section here and now, and keep it."""
    typesetter.typeset(page, css=style(), kept=path(page))


@cache
def style() -> str:
    """The book's style."""
    return render_to_string("followup/book/book.css")


class Press:
    """Sets the sections that are missing: a few in this process; many in copies of it, which begin while the last pages are still laid out.

    Copies work while the one who has the press does something else, until it asks for the sections.
    """

    def __init__(self, pages: Iterable[str]) -> None:
        self.pages = pages
        self.kept: list[Path] = []
        self.missing: dict[Path, str] = {}
        self.stack = ExitStack()
        self.pool: ThreadPoolExecutor | None = None
        self.free: SimpleQueue[Typesetter] = SimpleQueue()
        self.handed_out: dict[Path, Future[None]] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.stack)
            self.kept = [self._take(page) for page in self.pages]
            stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()
        self.missing.clear()

    def sections(self, *, tell: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Section]:
        """The sections in order, each as soon as it is there; `tell(done, total)` hears of each that was missing."""
        done, total, left = len(self.kept) - len(self.missing), len(self.kept), dict(self.missing)
        for kept in self.kept:
            if (page := left.pop(kept, None)) is not None:
                self._have(page, kept)
                done += 1
                tell(done, total)
            os.utime(kept)  # it is used today: the sweeper throws away what nobody has used for long
            yield Section.read(kept)

    def _take(self, page: str) -> Path:
        """Where the file of the page is, or will be."""
        kept = path(page)
        if kept not in self.missing and not kept.exists():
            self.missing[kept] = page
            if self.pool is not None:
                self._hand_out(self.pool, page, kept)
            elif len(self.missing) > FEW or is_risky(page):
                self.pool = self._pool(min(os.cpu_count() or 1, MOST_PROCESSES))
                for earlier, its in self.missing.items():
                    self._hand_out(self.pool, its, earlier)
        return kept

    def _have(self, page: str, kept: Path) -> None:
        """See that a missing section is set."""
        if kept in self.handed_out:
            self.handed_out[kept].result()
            return
        try:
            typeset(page)
        except Exception as error:
            raise CannotBeSet(page) from error

    def _pool(self, number: int) -> ThreadPoolExecutor:
        """A thread for each of so many processes; the processes first, since a copy is made of this thread alone."""
        for process in [self.stack.enter_context(Typesetter(style())) for _number in range(number)]:
            self.free.put(process)
        pool = ThreadPoolExecutor(number)
        self.stack.callback(pool.shutdown, cancel_futures=True)
        return pool

    def _hand_out(self, pool: ThreadPoolExecutor, page: str, kept: Path) -> None:
        self.handed_out[kept] = pool.submit(_have_set, self.free, page, kept)


def _have_set(free: "SimpleQueue[Typesetter]", page: str, kept: Path) -> None:
    """Let the process that is free first set the page. Raises CannotBeSet when it dies of it, TooSlow when it had to be stopped."""
    process = free.get()
    try:
        process.typeset(page, kept)
    except Late as error:
        raise TooSlow(page) from error
    except Ended as error:
        raise CannotBeSet(page) from error
    finally:
        free.put(process)
