"""The action plans for everybody: what is to be done about the commitments, by whom, and how it goes."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from agreement.models import ActionPlan, Activity, Placement, Quarter, Version
from agreement.models.plans import STALE_DAYS
from agreement.plans import Listing, Search
from agreement.plans.beside import beside
from agreement.plans.listing import marked, readable
from agreement.plans.sums import sums
from agreement.plans.timeline import timeline
from idekom.lib.dated import today
from idekom.lib.text import cleaned

PER_PAGE = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The plans of today, how it goes in numbers, and what is due this quarter."""
    day, activities = today(), readable(today())
    quarter = Quarter.of(day)
    due = [one for one in activities if one.goes_on and one.due_on and quarter.first <= one.due_on <= quarter.last]
    plans = list(ActionPlan.objects.all())
    current = [plan for plan in plans if plan.holds_on(day)]
    others = [plan for plan in plans if not plan.holds_on(day)]
    here = [one for one in activities if one.plan in current]
    version = Version.objects.in_force(day)
    placements = Placement.objects.of(version, day).select_related("commitment") if version else []
    context = {"current": current, "others": others, "sums": sums(here, placements), "due": due, "quarter": quarter, "stale_days": STALE_DAYS}
    return render(request, "agreement/plans/overview.html", context)


class ActivitiesView(TemplateView):
    """The activities, filtered."""

    template_name = "agreement/plans/activities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = Listing(Search.read(self.request.GET), today())
        page = Paginator(listing.found, PER_PAGE).get_page(self.request.GET.get("sida"))
        shown = {"page_obj": page, "rows": page.object_list, "query": listing.search.query_string(), "total": len(listing.found)}
        return super().get_context_data(listing=listing, search=listing.search, facets=listing.facets, **shown, **kwargs)


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan, with its activities."""
    found = get_object_or_404(ActionPlan, slug=slug)
    activities = [one for one in readable(today()) if one.plan_id == found.pk]
    return render(request, "agreement/plans/plan.html", {"plan": found, "activities": activities, "sums": sums(activities)})


def told_of_activity(slug: str) -> dict[str, Any]:
    """One activity: what it is, what has been told of it, and which commitments it serves."""
    found = get_object_or_404(Activity.objects.shown().with_latest().select_related("plan", "party"), slug=slug)
    updates = found.updates.shown().select_related("party")
    last = found.events.exclude(action__in=["renew_link", "revoke_link"]).order_by("-at").first()
    moments = [moment for moment in (found.told_at, last and last.at) if moment]
    context = {"activity": marked(found, today()), "updates": updates, "changed_at": max(moments, default=None)}
    return context | {"commitments": found.commitments.select_related("version")}


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Both sides' plans of today beside each other, commitment by commitment."""
    day = today()
    version = Version.objects.in_force(day)
    activities = [one for one in readable(day) if one.plan.holds_on(day)]
    rows = beside(list(version.commitments.all()) if version else [], activities)
    empty = [row for row in rows if row.is_empty]
    return render(request, "agreement/plans/side_by_side.html", {"rows": rows, "empty": empty, "version": version})


@require_safe
def time_line(request: HttpRequest) -> HttpResponse:
    """The activities on a line of time, and the same in a table."""
    shown = [one for one in readable(today()) if one.status != Activity.Status.CANCELLED]
    return render(request, "agreement/plans/timeline.html", {"line": timeline(shown, today())})


@require_safe
def quarter(request: HttpRequest) -> HttpResponse:
    """What is to be done in a quarter: this one, unless another is asked for."""
    typed = cleaned(request.GET.get("kvartal", ""))[:20].strip()
    asked = Quarter.read(typed)
    this = Quarter.of(today())
    chosen = asked or this
    activities = [one for one in readable(today()) if one.status != Activity.Status.CANCELLED and one.due_on]
    due = [one for one in activities if one.due_on and chosen.first <= one.due_on <= chosen.last]
    earlier = [one for one in activities if one.goes_on and one.due_on and one.due_on < chosen.first] if chosen == this else []
    context = {"quarter": chosen, "this": this, "due": due, "earlier": earlier, "misread": typed if typed and not asked else ""}
    return render(request, "agreement/plans/quarter.html", context)
