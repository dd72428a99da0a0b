"""The sections of the book: kept under all that made them, used again, and set by several processes when many are missing."""

import gc
import os
import re
import time
from typing import Any, Self

import pytest

from followup import book, compile, sections, snapshot
from followup.figures import Figures
from followup.models import Report
from followup.tasks import set_section
from followup.typesetter import Aside, Typesetter
from idekom.lib import binding
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(year: Year) -> dict[str, Any]:
    """A snapshot with one report."""
    year.submitted(year.report)
    return snapshot.take(year.round)


def kept() -> set[str]:
    """The names of the files that are kept."""
    return {path.name for path in sections.folder().glob("*")}


def page(number: int) -> str:
    """A small section."""
    return f'<!doctype html><html lang="sv"><head><title>x</title></head><body><h2 id="part-{number}">Avsnitt {number}</h2><p>Ord.</p></body></html>'


def test_a_report_that_comes_in_has_its_section_set(year: Year) -> None:
    year.submitted(year.report)
    set_section(year.report.pk)
    set_section(year.report.pk)
    taken = snapshot.take(year.round)
    (party,) = [party for party in taken["parties"] if party["has_reported"]]
    assert kept() == {sections.path(sections.of_party(taken, party)).name}


def test_a_draft_has_no_section(year: Year) -> None:
    set_section(year.report.pk)
    assert kept() == set()


def test_the_section_set_beforehand_is_the_one_in_the_book(year: Year, taken: dict[str, Any]) -> None:
    set_section(year.report.pk)
    before = kept()
    made = book.render(taken)
    assert before < kept()
    assert book.render(taken) == made
    mtimes = {path.name: path.stat().st_mtime for path in sections.folder().glob("*")}
    assert set(mtimes) == kept()


def test_nothing_stale_is_ever_used(year: Year, taken: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    (party,) = [party for party in taken["parties"] if party["has_reported"]]
    plain = sections.path(sections.of_party(taken, party))
    assert sections.path(sections.of_party({**taken, "year": 2027}, party)) == plain  # the year stands at the head, which is stamped
    changes = [
        {**party, "name": "Nytt namn"},
        {**party, "sector": "En annan sektor"},
        {**party, "answers": [*party["answers"][:-1], {**party["answers"][-1], "words": "Andra ord"}]},
    ]
    others = {sections.path(sections.of_party(taken, changed)) for changed in changes}
    monkeypatch.setattr(sections, "style", lambda: "p { color: red }")
    others.add(sections.path(sections.of_party(taken, party)))
    monkeypatch.undo()
    monkeypatch.setattr("idekom.lib.pdf.fonts_digest", lambda: "other fonts")
    others.add(sections.path(sections.of_party(taken, party)))
    assert len(others) == 5
    assert plain not in others


def test_many_missing_sections_are_set_by_processes_and_are_the_same_files() -> None:
    pages = [page(number) for number in range(sections.FEW + 3)]
    told: list[tuple[int, int]] = []
    made = sections.ready(pages, tell=lambda done, total: told.append((done, total)))
    assert told == [(number, len(pages)) for number in range(1, len(pages) + 1)]
    assert kept() == {sections.path(one).name for one in pages}
    assert [one.extent for one in made] == [binding.extent(one.content()) for one in made]
    by_copy = made[0].content()
    made[0].kept.unlink()
    assert [one.content() for one in sections.ready(pages[:1])] == [by_copy]  # set in this process


def test_nothing_of_this_process_runs_in_its_copies() -> None:
    """A library that waits for a thread of its own when rubbish is collected would wait for ever in a copy, which has no such thread."""
    here, ran_here = os.getpid(), list[str]()

    def of_a_library(phase: str, info: dict[str, int]) -> None:
        if os.getpid() != here:
            os._exit(1)
        ran_here.append(phase)

    gc.callbacks.append(of_a_library)
    try:
        gc.collect()
        assert len(sections.ready([page(number) for number in range(sections.FEW + 1)])) == sections.FEW + 1
    finally:
        gc.callbacks.remove(of_a_library)
    assert ran_here  # the control: it is called where there is one


def test_what_a_copy_cannot_make_is_made_here() -> None:
    here = os.getpid()

    def make() -> bytes:
        if os.getpid() != here:
            raise ValueError
        return b"gjord har"

    with Aside(make) as aside:
        assert aside.taken() == b"gjord har"
    with Aside(lambda: str(os.getpid()).encode()) as aside:
        assert aside.taken() == str(aside.pid).encode()  # the control: as a rule it is the copy that makes it


def test_a_copy_ends_with_the_one_that_it_works_for() -> None:
    def make() -> bytes:
        time.sleep(600)
        return b""

    with pytest.raises(ZeroDivisionError), Aside(make) as aside:
        raise ZeroDivisionError
    with pytest.raises(ProcessLookupError):
        os.kill(aside.pid, 0)


def test_a_typesetter_that_dies_ends_the_attempt_and_the_next_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(number) for number in range(sections.FEW + 3)]

    class Dying(Typesetter):
        def __enter__(self) -> Self:
            self.kill()
            return self

    monkeypatch.setattr(sections, "Typesetter", Dying)
    with pytest.raises(sections.CannotBeSet, match="går inte att sätta"):
        sections.ready(pages)
    monkeypatch.undo()
    assert len(sections.ready(pages)) == len(pages)


def test_sections_that_no_book_uses_are_swept_in_the_end() -> None:
    sections.ready([page(1), page(2)])
    old, used = sections.path(page(1)), sections.path(page(2))
    others = [sections.folder() / "half.tmp", sections.folder() / "of-an-earlier-release.pdf"]
    long_ago = time.time() - 402 * 24 * 60 * 60
    for path in others:
        path.touch()
    for path in (old, used, *others):
        os.utime(path, (long_ago, long_ago))
    sections.ready([page(2)])
    compile.sweep()
    assert kept() == {used.name}


def test_the_table_of_the_year_names_every_column(taken: dict[str, Any]) -> None:
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", sections.of_figures(Figures(taken)))
    assert "" not in heads
    assert heads[-1] == "Ingen åsikt"


def test_a_section_names_no_person(year: Year, taken: dict[str, Any]) -> None:
    (party,) = [party for party in taken["parties"] if party["has_reported"]]
    assert year.person.email not in sections.of_party(taken, party)
    assert Report.objects.submitted().count() == 1
