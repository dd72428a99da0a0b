"""What other sites may show: the list in a frame, and a party's badge; and the page that tells how."""

from html import escape
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from affiliation.models import Affiliation
from affiliation.register import Register, Search
from affiliation.register.listing import PER_PAGE
from agreement.models import Party
from idekom.lib.dated import today
from idekom.lib.mail import absolute

BADGE_SECONDS = 600
"""How long other sites may show a badge before they ask again: a party that leaves is claimed no longer than this."""
BADGE_HEIGHT = 56
SUGGESTIONS = 8


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@require_safe
def embedded(request: HttpRequest) -> HttpResponse:
    """The affiliated parties, small enough for a frame on another site."""
    search = Search.read(request.GET, today())
    register = Register(search)
    page = Paginator(range(register.total), PER_PAGE).get_page(request.GET.get("sida"))
    context = {"search": search, "page_obj": page, "rows": register.page(page.number), "query": search.query_string()}
    response = render(request, "affiliation/embedded.html", context)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache_control(public=True, max_age=BADGE_SECONDS)
@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """A party's badge. It says that the party is affiliated only while that is so, and that it was once that is over."""
    party = get_object_or_404(Party.objects.filter(pk__in=Affiliation.objects.values("party")), slug=slug)
    times = Affiliation.objects.filter(party=party)
    is_affiliated, was_affiliated = times.on(today()).exists(), times.former(today()).exists()
    width = 76 + 12 * len(str(settings.PORTAL["agreement"]))
    context = {"is_affiliated": is_affiliated, "was_affiliated": was_affiliated, "width": width, "height": BADGE_HEIGHT, "portal": settings.PORTAL}
    response = render(request, "affiliation/badge.svg", context, content_type="image/svg+xml; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


class EmbedView(TemplateView):
    """The code to copy: for the list, whole or one sector of it, and for a party's badge."""

    template_name = "affiliation/embed.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = Search.read(self.request.GET, today())
        register = Register(search)
        affiliated = Party.objects.filter(pk__in=Affiliation.objects.on(today()).values("party"))
        part = self.request.GET.get("part", "")
        party = affiliated.filter(slug=part).first() if part.isascii() and part.isprintable() else None
        return super().get_context_data(
            search=search,
            sectors=register.choices.of["sektor"],
            found=register.page(1)[:SUGGESTIONS] if search.q else [],
            is_unknown=bool(part) and party is None,
            party=party,
            list_code=list_code(search),
            badge_code=badge_code(party) if party else "",
            **kwargs,
        )


def list_code(search: Search) -> str:
    """The frame to paste into another site."""
    sector = search.chosen["sektor"][:1]
    address = absolute(reverse("affiliation:embedded")) + (f"?sektor={sector[0]}" if sector else "")
    return f'<iframe src="{escape(address)}" title="{escape(str(settings.PORTAL["agreement"]))}" width="100%" height="600" loading="lazy"></iframe>'


def badge_code(party: Party) -> str:
    """The badge to paste into another site. Its words come with the picture, so that they are true as long as it is; its alt claims nothing."""
    page, picture = absolute(party.get_absolute_url()), absolute(reverse("affiliation:badge", args=[party.slug]))
    name = escape(str(settings.PORTAL["agreement"]))
    return f'<a href="{page}"><img src="{picture}" alt="{name}" height="{BADGE_HEIGHT}"></a>'
