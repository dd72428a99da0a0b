"""The signatory list, for people and for machines."""

import csv
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from django.views.generic import DetailView, TemplateView

from affiliation.models import Affiliation
from affiliation.register import Register, Search
from agreement.models import Membership, Party
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


class PartyView(DetailView[Party]):
    """A party that is or has been affiliated: what is public about it."""

    template_name = "affiliation/party.html"
    context_object_name = "party"

    def get_queryset(self) -> QuerySet[Party]:
        return Party.objects.filter(pk__in=Affiliation.objects.filter(period__startswith__lte=today()).values("party")).select_related(
            "sector", "district"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = list(self.object.affiliations.select_related("version", "meeting__body"))
        current = next((affiliation for affiliation in history if affiliation.holds_on(today())), None)
        affiliated = Affiliation.objects.on(today()).values("party")
        umbrellas = Membership.objects.standing(today()).filter(member=self.object, umbrella__in=affiliated).select_related("umbrella")
        members = Membership.objects.standing(today()).filter(umbrella=self.object).select_related("member") if current else []
        near = {
            "umbrellas": [membership.umbrella for membership in umbrellas],
            "members": members,
            "affiliated": set(affiliated.values_list("party", flat=True)),
        }
        return super().get_context_data(history=history, current=current, last=history[0], **near, **kwargs)


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
