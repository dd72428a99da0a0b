"""The signatory list, one party, and those that have been affiliated."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from affiliation.models import Affiliation
from affiliation.register import Register, Search
from affiliation.register.listing import PER_PAGE
from agreement.models import Membership, Party
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
