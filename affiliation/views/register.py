"""The signatory list, and those that have been affiliated."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from affiliation.models import Affiliation
from affiliation.register import Register, Search
from affiliation.register.listing import PER_PAGE
from agreement.models import Party
from idekom.lib.dated import today
from idekom.lib.mail import absolute


class RegisterView(TemplateView):
    """Who is affiliated: today or on another day, searched and filtered."""

    template_name = "affiliation/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = Search.read(self.request.GET, today())
        register = Register(search)
        page = Paginator(range(register.total), PER_PAGE).get_page(self.request.GET.get("sida"))
        shown = {"page_obj": page, "rows": register.page(page.number), "query": search.query_string()}
        return super().get_context_data(search=search, register=register, facets=register.facets, citation=citation(search), **shown, **kwargs)


def citation(search: Search) -> str:
    """How to cite the list as it is on that day, with an address that always leads there."""
    named = _("Ett urval av parterna i %(agreement)s den %(day)s") if search.is_narrowed else _("Anslutna till %(agreement)s den %(day)s")
    title = named % {"agreement": settings.PORTAL["agreement"], "day": date_format(search.day, "j F Y")}
    return f"{settings.PORTAL['name']}: {title}. {absolute(reverse('affiliation:register'))}?{search.query_string(dated=True)}"


class FormerView(TemplateView):
    """Those that have been affiliated and are not today, with the time that they were."""

    template_name = "affiliation/former.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        former = Affiliation.objects.former(today())
        now = Affiliation.objects.on(today()).values("party")
        parties = Party.objects.filter(pk__in=former.values("party")).exclude(pk__in=now)
        shown = parties.prefetch_related(Prefetch("affiliations", former, "periods")).order_by("sort_name", "pk")
        page = Paginator(shown, PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(page_obj=page, parties=page.object_list, **kwargs)
