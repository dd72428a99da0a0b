"""The activities for machines: files with the rows of the list, a feed of updates, and what the columns mean."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreement.models import ActivityUpdate
from agreement.plans import Listing, Search, files
from idekom.lib.dated import today
from idekom.lib.mail import absolute
from idekom.lib.text import cleaned

NEWEST = 50


def _listing(request: HttpRequest) -> Listing:
    return Listing(Search.read(request.GET), today())


@require_safe
def activities_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV."""
    listing = _listing(request)
    name = f"handlingsplan-{listing.day.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(files.as_csv(listing), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def activities_json(request: HttpRequest) -> HttpResponse:
    """The same rows as JSON."""
    return JsonResponse(files.as_json(_listing(request)), json_dumps_params={"ensure_ascii": False})


@require_safe
def activities_schema(request: HttpRequest) -> HttpResponse:
    """What each column holds, for programs."""
    return JsonResponse(files.schema(), json_dumps_params={"ensure_ascii": False})


class Updates(Feed[ActivityUpdate, None]):
    """What has been told of the activities last, as RSS."""

    def title(self) -> str:
        return _("Hur det går med handlingsplanens aktiviteter")

    def description(self) -> str:
        return _("De %(number)d senaste uppgifterna.") % {"number": NEWEST}

    def link(self) -> str:
        return absolute(reverse("agreement:plans"))

    def feed_url(self) -> str:
        return absolute(reverse("agreement:updates_feed"))

    def items(self) -> "QuerySet[ActivityUpdate]":
        found: QuerySet[ActivityUpdate] = ActivityUpdate.objects.shown().select_related("activity", "party")[:NEWEST]
        return found

    def item_title(self, item: ActivityUpdate) -> str:
        return cleaned(f"{item.activity.title}: {item.title}")

    def item_description(self, item: ActivityUpdate) -> str:
        return cleaned(item.sentence)

    def item_link(self, item: ActivityUpdate) -> str:
        return f"{absolute(item.activity.get_absolute_url())}#uppgift-{item.pk}"

    def item_pubdate(self, item: ActivityUpdate) -> datetime:
        return item.at
