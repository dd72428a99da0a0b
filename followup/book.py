"""The year's book: a snapshot as one accessible PDF with its data inside. The same snapshot gives the same bytes.

It is set in sections and then bound (`idekom.lib.binding`). Most sections are ready as a rule (`followup.sections`); the contents
get their page numbers from what the sections measure.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache, partial
from itertools import accumulate
from math import ceil
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from followup import sections
from followup.datafiles import as_csv, as_json
from followup.figures import Figures
from followup.snapshot import LANGUAGE, read
from followup.typesetter import EPOCH, Aside
from idekom.lib import binding, pdf
from idekom.lib.canonical import canonical, digest

LINES_BESIDE, LINES_ON_A_PAGE = 11, 34
"""In the contents: headings and lines for neither parties nor commitments, and how many lines a page holds. Only for a first guess."""
EDGES = {"size": 8.5, "left": 85.04, "right": 498.9, "head": 788.73, "foot": 48.0, "colour": (0.29, 0.31, 0.33)}
"""Where the year and the page number stand, in points from the lower left corner: flush with the text's edges."""


@dataclass(frozen=True)
class Line:
    """A line of the contents."""

    name: str
    anchor: str
    page: int = 0

    @property
    def with_page(self) -> str:
        """The page, and the name at the next tab stop."""
        return f"{self.page}\t{self.name}"


def render(snapshot: dict[str, Any], *, tell: Callable[[int, int], None] = lambda done, total: None) -> bytes:
    """The book as PDF/A-3a and PDF/UA-1, with the snapshot inside as CSV and JSON. `tell(done, total)` hears of the sections as they get set."""
    with translation.override(LANGUAGE):
        figures = Figures(snapshot)
        with sections.Press(_pages(figures, digest(canonical(snapshot)))) as press:
            data = _data(snapshot)
            parts = list(press.sections(tell=tell))
        stamp = binding.Stamp(_sample(figures.year), **EDGES)  # type: ignore[arg-type]
        with Aside(lambda: _front(snapshot, figures, data, [part.extent for part in parts])) as front:
            return binding.bind(front.taken, (part.content() for part in parts), stamp=stamp, text=partial(_edges, figures.year))


def _pages(figures: Figures, digest_of_data: str) -> Iterator[str]:
    """The sections after the contents, in order."""
    if figures.summary:
        yield sections.of_summary(figures)
    yield sections.of_figures(figures)
    if figures.statements:
        yield sections.of_statements(figures)
    for commitment in figures.commitments:
        yield from sections.of_commitment(figures.year, commitment)
    for reporter in figures.reporters:
        yield sections.of_reporter(figures.year, reporter)
    yield sections.of_method(figures, digest_of_data)
    if figures.glossary:
        yield sections.of_glossary(figures)


def moment(snapshot: dict[str, Any]) -> datetime:
    """The time that stands in the file: when the last report in it was handed in, or the day the round opened. No clock is read."""
    opened = datetime.combine(datetime.fromisoformat(snapshot["opens_on"]).date(), time(12), tzinfo=UTC)
    latest = read(snapshot)["latest_at"]
    return (datetime.fromisoformat(latest) if latest else opened).astimezone(UTC)


def _front(snapshot: dict[str, Any], figures: Figures, data: Sequence[pdf.DataFile], extents: Sequence[binding.Extent]) -> bytes:
    """The cover and the contents. Their own length decides the numbers in them, so they are set until those are right: once as a rule."""
    length = _likely_length(figures)
    while True:
        context = {"book": figures, "agreement": figures.agreement, "elsewhere": binding.ELSEWHERE, **_contents(figures, extents, length)}
        made = _set("front", context, snapshot, attachments=data)
        if binding.extent(made).pages == length:
            return made
        length = binding.extent(made).pages


def _likely_length(figures: Figures) -> int:
    """How many pages the cover and the contents will likely take."""
    return 1 + ceil((len(figures.reporters) + len(figures.commitments) + LINES_BESIDE) / LINES_ON_A_PAGE)


def _contents(figures: Figures, extents: Sequence[binding.Extent], before: int) -> dict[str, list[Line]]:
    """The lines of the contents, with the pages on which things are when `before` pages stand before the first section."""
    starts = accumulate((extent.pages for extent in extents), initial=before)
    pages = {name: start + page for start, extent in zip(starts, extents, strict=False) for name, page in extent.anchors.items()}
    first = [Line(_("Sammanfattning"), "sammanfattning"), Line(_("Så läser du"), "las"), Line(_("Året i siffror"), "siffror")]
    first.append(Line(_("Bättre eller sämre än förra året?"), "pastaenden"))
    last = [Line(_("Ännu ej inkommet"), "ej-inkommet"), Line(_("Så är boken gjord"), "metod"), Line(_("Ordlista"), "ordlista")]
    lists = {
        "first": first,
        "commitments": [Line(f"{one.number}. {one.title}", f"atagande-{one.number}") for one in figures.commitments],
        "parties": [Line(party.name, f"part-{party.slug}") for party in figures.reporters],
        "last": last,
    }
    return {name: [replace(line, page=pages[line.anchor]) for line in lines if line.anchor in pages] for name, lines in lists.items()}


def _data(snapshot: dict[str, Any]) -> list[pdf.DataFile]:
    name = f"idekom-uppfoljning-{snapshot['year']}"
    return [
        pdf.DataFile(f"{name}.csv", as_csv(snapshot), _("Alla svar som tabell")),
        pdf.DataFile(f"{name}.json", as_json(snapshot), _("Alla svar som data för program")),
    ]


def _set(part: str, context: dict[str, Any], snapshot: dict[str, Any], attachments: Sequence[pdf.DataFile] = ()) -> bytes:
    """A part as a file of its own."""
    year, at = snapshot["year"], moment(snapshot)
    title = _("Uppföljning %(year)s av %(agreement)s") % {"year": year, "agreement": snapshot["agreement"]}
    everywhere = {"title": title, "year": year, "portal": settings.PORTAL, "moment": at.isoformat(timespec="seconds")}
    html = render_to_string(f"followup/book/{part}.html", everywhere | context)
    return pdf.render(html, identifier=digest(canonical(snapshot))[:32], moment=at, css=sections.style(), attachments=attachments)


def _edges(year: int, number: int, total: int) -> tuple[str, str]:
    """What stands at the head and at the foot of a page; nothing on the cover."""
    if number == 1:
        return "", ""
    return _("Uppföljning %(year)d") % {"year": year}, _("Sida %(number)d av %(total)d") % {"number": number, "total": total}


@cache
def _sample(year: int) -> bytes:
    """A file with every character that stands at the edges of pages."""
    html = render_to_string("followup/book/stamp.html", {"title": "x", "characters": "".join(_edges(year, 1234567890, 1234567890))})
    return pdf.render(html, identifier="0" * 32, moment=EPOCH, css=sections.style())
