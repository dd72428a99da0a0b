"""The outside world: links by commitment, and as a feed."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreement.models import Commitment, Link, Version
from idekom.lib.dated import today
from idekom.lib.mail import absolute
from idekom.lib.text import cleaned

PER_PAGE = 30
NEWEST = 50


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The links, all or those tagged with a commitment; one that does not exist is passed over."""
    shown = Link.objects.shown(today())
    tagged = Link.commitments.through.objects.filter(link__in=shown.order_by()).values("commitment__slug")
    commitments = Commitment.objects.filter(version=Version.objects.in_force(today()), slug__in=tagged).order_by("number")
    chosen = next((one for one in commitments if one.slug == request.GET.get("atagande")), None)
    page = Paginator(shown.about(chosen.slug) if chosen else shown, PER_PAGE).get_page(request.GET.get("sida"))
    query = f"atagande={chosen.slug}" if chosen else ""
    return render(request, "agreement/links.html", {"commitments": commitments, "chosen": chosen, "page_obj": page, "query": query})


class NewLinks(Feed[Link, Any]):
    """The newest links, as an RSS feed."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        return _("Omvärldsbevakning från %(name)s") % {"name": settings.PORTAL["name"]}

    def description(self) -> str:
        return _("Länkar som rör överenskommelsens åtaganden, och varför de är värda att läsa.")

    def link(self) -> str:
        return absolute(reverse("agreement:links"))

    def feed_url(self) -> str:
        return absolute(reverse("agreement:links_feed"))

    def items(self) -> "QuerySet[Link]":
        return Link.objects.shown(today())[:NEWEST]

    def item_title(self, item: Any) -> str:
        return cleaned(item.title)

    def item_description(self, item: Link) -> str:
        return cleaned(item.why)

    def item_link(self, item: Link) -> str:
        return item.url

    def item_guid(self, item: Link) -> str:
        """Its own, so that a link whose address is mended is not told as new."""
        return f"{self.link()}#lank-{item.pk}"

    item_guid_is_permalink = False

    def item_categories(self, item: Link) -> list[str]:
        return [str(commitment) for commitment in item.commitments.all()]

    def item_pubdate(self, item: Link) -> datetime:
        return timezone.make_aware(datetime.combine(item.published_on, time()))
