"""The follow-up as everybody sees it: the years, a year's figures, the book and its data."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_safe
from django.views.generic import ListView

from followup.datafiles import as_csv, as_json
from followup.models import Compilation, Round
from followup.views.figures import figures_of
from idekom.lib.markdown import to_html

REFRESH = 4
"""Seconds between looks at a compilation that runs. Sent as a header: the page is then the same for every reader."""


class YearsView(ListView[Round]):
    """The years that have been followed up, the newest first."""

    template_name = "followup/years.html"
    context_object_name = "rounds"

    def get_queryset(self) -> QuerySet[Round]:
        books = Compilation.objects.published().defer("snapshot")
        return Round.objects.public().prefetch_related(Prefetch("compilations", books, to_attr="books"))


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's figures, and the book; while a new edition is being made, how far it has come."""
    round = get_object_or_404(Round.objects.public().select_related("version", "questions"), year=year)
    book = round.compilations.published().first()
    under_way = round.compilations.unfinished().defer("snapshot").first()
    figures = figures_of(round)
    summary = to_html(figures.summary, under=2) if figures else ""
    context = {
        "round": round,
        "book": book,
        "under_way": under_way,
        "figures": figures,
        "summary": summary,
        "turnout": round.turnout(),
        "all": round.turnout_of_all() if round.status == Round.Status.OPEN else None,
    }
    response = render(request, "followup/year.html", context)
    if under_way is not None:
        response.headers["Refresh"] = str(REFRESH)
    return response


def book_etag(request: HttpRequest, year: int) -> str | None:
    """The book's checksum."""
    book = _published(year).only("sha256").first()
    return f'"{book.sha256}"' if book else None


@require_safe
@condition(etag_func=book_etag)
def book(request: HttpRequest, year: int) -> FileResponse:
    """The newest edition of the year's book."""
    found = _published(year).select_related("round").defer("snapshot").first()
    if found is None or not found.file.exists():
        raise Http404
    return FileResponse(found.file.open("rb"), content_type="application/pdf", filename=found.file_name)


def data_etag(request: HttpRequest, year: int) -> str | None:
    """The snapshot's checksum."""
    found = _published(year).only("digest").first()
    return f'"{found.digest}"' if found else None


@require_safe
@condition(etag_func=data_etag)
def data_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The answers in the newest edition, as a table."""
    return _data(year, as_csv, "text/csv; charset=utf-8", "csv")


@require_safe
@condition(etag_func=data_etag)
def data_json(request: HttpRequest, year: int) -> HttpResponse:
    """The answers in the newest edition, as data."""
    return _data(year, as_json, "application/json", "json")


def _published(year: int) -> QuerySet[Compilation]:
    return Compilation.objects.published().filter(round__year=year)


def _data(year: int, write: Callable[[dict[str, Any]], bytes], content_type: str, ending: str) -> HttpResponse:
    found = _published(year).first()
    if found is None or found.snapshot is None:
        raise Http404
    name = f"idekom-uppfoljning-{year}.{ending}"
    return HttpResponse(write(found.snapshot), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
