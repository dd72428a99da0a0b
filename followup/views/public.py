"""The follow-up as everybody sees it: the years, a year's figures, the book and its data."""

import re
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

NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
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
    """A year's figures, and the book in all its editions; while a new one is being made, how far it has come."""
    round = get_object_or_404(Round.objects.public().select_related("version", "questions"), year=year)
    book = round.compilations.published().first()
    under_way = round.compilations.unfinished().defer("snapshot").first()
    figures = figures_of(round)
    context = {
        "round": round,
        "book": book,
        "earlier": round.compilations.published().exclude(pk=book.pk).defer("snapshot") if book else [],
        "is_taken_back": book is None and round.compilations.filter(status=Compilation.Status.UNPUBLISHED).exists(),
        "under_way": under_way,
        "figures": figures,
        "summary": to_html(figures.summary, under=2) if figures else "",
        "turnout": round.turnout(),
        "all": round.turnout_of_all() if round.status == Round.Status.OPEN else None,
    }
    response = render(request, "followup/year.html", context)
    if under_way is not None:
        response.headers["Refresh"] = str(REFRESH)
    return response


def book_etag(request: HttpRequest, year: int) -> str | None:
    """The book's checksum."""
    book = _editions(request, year).only("sha256").first()
    return f'"{book.sha256}"' if book else None


@require_safe
@condition(etag_func=book_etag)
def book(request: HttpRequest, year: int) -> FileResponse:
    """The year's book: the newest edition, or the one that is asked for."""
    found = _editions(request, year).select_related("round").defer("snapshot").first()
    if found is None or not found.has_file:
        raise Http404
    return FileResponse(found.file.open("rb"), content_type="application/pdf", filename=_name(request, found, "pdf"))


def data_etag(request: HttpRequest, year: int) -> str | None:
    """The snapshot's checksum."""
    found = _editions(request, year).only("digest").first()
    return f'"{found.digest}"' if found else None


@require_safe
@condition(etag_func=data_etag)
def data_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The answers in an edition, the newest unless another is asked for, as a table."""
    return _data(request, year, as_csv, "text/csv; charset=utf-8", "csv")


@require_safe
@condition(etag_func=data_etag)
def data_json(request: HttpRequest, year: int) -> HttpResponse:
    """The answers in an edition, the newest unless another is asked for, as data."""
    return _data(request, year, as_json, "application/json", "json")


def _editions(request: HttpRequest, year: int) -> QuerySet[Compilation]:
    """The year's published editions, the newest first, or the one with the number that is asked for."""
    published = Compilation.objects.published().filter(round__year=year)
    number = request.GET.get("utgava")
    if number is None:
        return published
    return published.filter(revision=int(number)) if NUMBER.fullmatch(number) else published.none()


def _name(request: HttpRequest, found: Compilation, ending: str) -> str:
    """What the file is called: with its edition when that was asked for."""
    return found.file_name(ending, tells_edition="utgava" in request.GET)


def _data(request: HttpRequest, year: int, write: Callable[[dict[str, Any]], bytes], content_type: str, ending: str) -> HttpResponse:
    found = _editions(request, year).select_related("round").first()
    if found is None or found.snapshot is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{_name(request, found, ending)}"'}
    return HttpResponse(write(found.snapshot), content_type=content_type, headers=headers)
