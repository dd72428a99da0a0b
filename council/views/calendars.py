"""Meetings in one's own calendar: a feed to subscribe to, one meeting to add, and how it is done."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from council.calendars import calendar
from council.models import Body, Meeting
from council.views.meetings import found
from idekom.lib.calendars import MEDIA_TYPE
from idekom.lib.mail import absolute

KEPT = timedelta(days=366)
"""Calendars keep what they have fetched; a year back is enough to change something in."""


@require_safe
def feed(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """All meetings, or a body's, from a year back on."""
    body = get_object_or_404(Body, slug=slug) if slug else None
    meetings = Meeting.objects.filter(starts_at__gt=timezone.now() - KEPT).select_related("body").stamped().order_by("starts_at", "pk")
    wanted = list(meetings.filter(body=body) if body else meetings)
    name = _("Möten: %(name)s") % {"name": body.name if body else settings.PORTAL["name"]}
    return _answer(request, wanted, name=name, file=f"{slug or 'moten'}.ics")


@require_safe
def one(request: HttpRequest, day: date, slug: str | None = None) -> HttpResponse:
    """One meeting."""
    wanted = found(day, slug)
    if wanted.calendar_url != request.path:
        return redirect(wanted.calendar_url)
    return _answer(request, list(Meeting.objects.filter(pk=wanted.pk).select_related("body").stamped()), file=f"mote-{wanted.on.isoformat()}.ics")


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """How to subscribe, in a telephone and in a computer."""
    bodies = Body.objects.filter(meetings__isnull=False).distinct()
    feeds = [_ways(_("Alla möten"), reverse("council:calendar"))]
    feeds += [_ways(body.name, reverse("council:body_calendar", args=[body.slug])) for body in bodies]
    return render(request, "council/meetings/calendar.html", {"feeds": feeds})


def _ways(name: str, path: str) -> dict[str, str]:
    """The addresses by which a feed is subscribed to."""
    address = absolute(path)
    webcal = f"webcal://{address.partition('://')[2]}"
    outlook = urlencode({"url": address, "name": name})
    return {
        "name": name,
        "address": address,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        "office": f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
    }


def _answer(request: HttpRequest, meetings: list[Any], *, file: str, name: str = "") -> HttpResponse:
    """The calendar, or "not modified" to a program that has it already."""
    response = HttpResponse(calendar(meetings, name=name), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = f'{"inline" if name else "attachment"}; filename="{file}"'
    modified = max((meeting.revised_at for meeting in meetings), default=None)
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    set_response_etag(response)
    return get_conditional_response(request, response.headers["ETag"], int(modified.timestamp()) if modified else None, response)  # type: ignore[return-value]
