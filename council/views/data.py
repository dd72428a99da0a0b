"""The council for programs, as OParl objects and lists."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe

from council import oparl

SPANS = {
    "created_since": "created_at__gte", "created_until": "created_at__lte", "modified_since": "revised_at__gte", "modified_until": "revised_at__lte",
}  # fmt: skip


@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """Where a program begins."""
    return _json(oparl.system)


@require_safe
def many(request: HttpRequest, kind: str) -> HttpResponse:
    """A page of all objects of a kind."""
    if kind == "samverkan":
        return _json(lambda: _list([oparl.whole()], oparl.list_url(kind), {}, 1, 1, 1))
    wanted = _kind(kind)
    rows, asked = _asked_for(request, wanted, kind)
    page = Paginator(rows, oparl.PER_PAGE).get_page(request.GET.get("page"))
    total, pages = page.paginator.count, page.paginator.num_pages
    return _json(lambda: _list(wanted.write(list(page)), oparl.list_url(kind), asked, page.number, pages, total))


@require_safe
def one(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """An object."""
    if kind == "samverkan" and pk == 1:
        return _json(oparl.whole)
    wanted = _kind(kind)
    row = get_object_or_404(wanted.rows(), pk=pk)
    return _json(lambda: wanted.write([row])[0])


def _kind(kind: str) -> oparl.Kind:
    if kind not in oparl.KINDS:
        raise Http404
    return oparl.KINDS[kind]


def _asked_for(request: HttpRequest, wanted: oparl.Kind, kind: str) -> "tuple[QuerySet[Any], dict[str, str]]":
    """The rows of the span of time that is asked for, and of the body for meetings; with the words of the address that say so."""
    rows, asked = wanted.rows(), {name: request.GET[name] for name in SPANS if name in request.GET}
    for name, typed in asked.items():
        moment = _moment(typed)
        rows = rows.filter(**{SPANS[name]: moment}) if wanted.is_stamped else rows
    body = request.GET.get("organ", "")
    if kind == "moten" and body.isascii() and body.isdigit():
        return rows.filter(body=int(body[:18])), {**asked, "organ": body[:18]}
    return rows, asked


def _moment(typed: str) -> datetime:
    """The moment that is asked for. Raises SuspiciousOperation, which answers 400, when it is none."""
    try:
        moment, day = parse_datetime(typed), parse_date(typed)
    except ValueError:
        moment = day = None
    if moment is None and day is None:
        raise SuspiciousOperation(typed[:40])
    found = moment or datetime.combine(day, datetime.min.time())  # type: ignore[arg-type]
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _list(data: list[oparl.Row], address: str, asked: dict[str, str], number: int, pages: int, total: int) -> oparl.Row:
    """A page of objects, with the way to the others."""

    def at(page: int) -> str:
        return f"{address}?{urlencode({**asked, 'page': page})}"

    links = {"first": at(1), "self": at(number), "last": at(pages)}
    links |= {"prev": at(number - 1)} if number > 1 else {}
    links |= {"next": at(number + 1)} if number < pages else {}
    counted = {"totalElements": total, "elementsPerPage": oparl.PER_PAGE, "currentPage": number, "totalPages": pages}
    return {"data": data, "pagination": counted, "links": links}


def _json(write: Callable[[], oparl.Row]) -> HttpResponse:
    """In Swedish whatever language is asked for: an object has one address. Programs on other sites may read it."""
    with translation.override(settings.LANGUAGE_CODE):
        response = JsonResponse(write(), json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
