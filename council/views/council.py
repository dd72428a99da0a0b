"""The council: what it is, who sits in it on a day, and when it meets."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.charts import seat_map
from council.forms import DayForm
from council.models import Body
from idekom.lib.dated import today

MEETINGS_SHOWN = 5


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    """The council today, or on ?datum=YYYY-MM-DD."""
    form = DayForm(request.GET if "datum" in request.GET else None, initial={"datum": today()})
    standing = Body.objects.council(today())
    body = standing if form.day == today() else Body.objects.council(form.day)
    seats = list(body.seats.on(form.day).with_holders(form.day)) if body else []
    context = {
        "form": form,
        "day": form.day,
        "is_today": form.day == today(),
        "council": body or standing,
        "seats": seats,
        "groups": [(group, list(members)) for group, members in groupby(seats, key=lambda seat: seat.group)],
        "seat_map": seat_map(seats),
        "meetings": standing.meetings.coming(timezone.now()).select_related("body")[:MEETINGS_SHOWN] if standing else [],
    }
    return render(request, "council/council.html", context)
