"""The signatory list, for people and for machines."""

import csv
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from affiliation.register import Register, Search
from idekom.lib.dated import today

PER_PAGE = 50
COLUMNS = ("namn", "slag", "juridisk_form", "sektor", "stadsomrade", "ansluten_sedan", "version", "webbplats", "beskrivning", "adress")


class RegisterView(TemplateView):
    """Who is affiliated: today or on another day, searched and filtered."""

    template_name = "affiliation/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = Register(Search.read(self.request.GET, today()))
        paginator = Paginator(register.rows(), PER_PAGE)
        paginator.count = register.total  # known already
        page = paginator.get_page(self.request.GET.get("sida"))
        rows = [register.row(found) for found in page.object_list]
        query = register.search.query_string()
        return super().get_context_data(
            search=register.search, register=register, facets=register.facets, page_obj=page, rows=rows, query=query, **kwargs
        )


@require_GET
def register_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read å ä ö), with no cell that a spreadsheet would calculate."""
    register = Register(Search.read(request.GET, today()))
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows([_inert(record[column]) for column in COLUMNS] for record in register.records())
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="anslutna-{register.search.day.isoformat()}.csv"'
    return response


@require_GET
def register_json(request: HttpRequest) -> HttpResponse:
    """The same rows as JSON."""
    register = Register(Search.read(request.GET, today()))
    records = list(register.records())
    return JsonResponse(
        {"datum": register.search.day.isoformat(), "antal": len(records), "parter": records}, json_dumps_params={"ensure_ascii": False}
    )


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
