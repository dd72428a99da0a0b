"""The register for machines: files with the rows of the list, a feed of new parties, and what the columns mean."""

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import DateField, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from affiliation.models import Affiliation
from affiliation.register import Register, Search, files
from agreement.plans import files as plan_files
from idekom.lib.dated import today
from idekom.lib.mail import absolute
from idekom.lib.text import cleaned

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST = 50


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV."""
    register = Register(Search.read(request.GET, today()))
    return _attached(files.as_csv(register), "text/csv; charset=utf-8", register, "csv")


@require_safe
def register_json(request: HttpRequest) -> HttpResponse:
    """The same rows as JSON."""
    register = Register(Search.read(request.GET, today()))
    return JsonResponse(files.as_json(register), json_dumps_params={"ensure_ascii": False})


@require_safe
def register_xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as an Excel workbook."""
    register = Register(Search.read(request.GET, today()))
    return _attached(files.as_xlsx(register), XLSX, register, "xlsx")


@require_safe
def register_schema(request: HttpRequest) -> HttpResponse:
    """What each column holds, for programs."""
    return JsonResponse(files.schema(), json_dumps_params={"ensure_ascii": False})


class OpenDataView(TemplateView):
    """The data sets, their columns and their licence."""

    template_name = "affiliation/open_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = ("register_csv", "register_json", "register_xlsx", "feed")
        addresses = {name: absolute(reverse(f"affiliation:{name}")) for name in names}
        return super().get_context_data(
            columns=files.COLUMNS, plan_columns=plan_files.COLUMNS, addresses=addresses, example=today().replace(month=1, day=1), **kwargs
        )


class NewParties(Feed[Affiliation, Any]):
    """The parties that were affiliated last, as an Atom feed."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Nya anslutna till %(agreement)s") % {"agreement": settings.PORTAL["agreement"]}

    def subtitle(self) -> str:
        return _("De %(number)d som har anslutit sig senast.") % {"number": NEWEST}

    def link(self) -> str:
        return absolute(reverse("affiliation:register"))

    def feed_url(self) -> str:
        return absolute(reverse("affiliation:feed"))

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return str(settings.PORTAL["name"])

    def items(self) -> "QuerySet[Affiliation]":
        decided = Coalesce("idekom_decided_on", "period__startswith", output_field=DateField())
        found = Affiliation.objects.on(today()).select_related("party__sector").alias(decided=decided).order_by("-decided", "-pk")
        newest: QuerySet[Affiliation] = found[:NEWEST]
        return newest

    def item_title(self, item: Any) -> str:
        return cleaned(item.party.name)

    def item_description(self, item: Affiliation) -> str:
        since = _("Ansluten sedan den %(day)s.") % {"day": date_format(item.from_on, "j F Y")}
        return cleaned(" ".join(part for part in (f"{item.party.sector}." if item.party.sector else "", since, item.party.description) if part))

    def item_link(self, item: Affiliation) -> str:
        return absolute(item.party.get_absolute_url())

    def item_guid(self, item: Affiliation) -> str:
        """Each time that a party joins is an entry of its own, and stays the same one."""
        return f"{absolute(reverse('affiliation:register'))}#{item.pk}"

    def item_pubdate(self, item: Affiliation) -> datetime:
        return _start_of(item.idekom_decided_on or item.from_on)

    def item_updateddate(self, item: Affiliation) -> datetime:
        return self.item_pubdate(item)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _attached(content: bytes, kind: str, register: Register, ending: str) -> HttpResponse:
    name = f"anslutna-{register.search.day.isoformat()}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
