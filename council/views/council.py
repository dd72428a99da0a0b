"""The council: what it is, who sits in it on a day, and when it meets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.forms import DayForm
from council.models import Body
from council.views.composition import composition, history, through_time
from idekom.lib.dated import today

MEETINGS_SHOWN = 5


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    """The council today, or on ?datum=YYYY-MM-DD."""
    form = DayForm(request.GET if "datum" in request.GET else None, initial={"datum": today()})
    standing = Body.objects.council(today())
    body = standing if form.day == today() else Body.objects.council(form.day)
    bodies = history()
    context = {
        "form": form,
        "day": form.day,
        "is_today": form.day == today(),
        "council": body or standing or Body.objects.latest_council(form.day),
        "standing": standing,
        "closed": [one for one in bodies if one.until_on and one.until_on < form.day] if body is None else [],
        "history": bodies,
        "meetings": standing.meetings.coming(timezone.now()).select_related("body")[:MEETINGS_SHOWN] if standing else [],
        **composition(body, form.day),
        **through_time(bodies, form.day),
    }
    return render(request, "council/council.html", context)


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body, today or as it last was, or on ?datum=YYYY-MM-DD."""
    shown = get_object_or_404(Body.objects.prefetch_related("successors", "predecessors").select_related("parent"), slug=slug)
    last = min(day for day in (today(), shown.until_on) if day)
    form = DayForm(request.GET if "datum" in request.GET else None, initial={"datum": last})
    day = form.day if form.is_bound and form.is_valid() else last
    context = {
        "form": form,
        "body": shown,
        "day": day,
        "is_last": day == last,
        "chairs": list(shown.offices.all().through_time()),
        **composition(shown, day),
        **through_time([shown], day),
    }
    return render(request, "council/body.html", context)
