"""An activity's page: what it is, how it goes, and the whole way that it has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreement.views.plans import told_of_activity
from followup import origins


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity. Its view lives above the plans that its address belongs to, since its way ends in the reports."""
    context = told_of_activity(slug)
    return render(request, "followup/activity.html", context | {"steps": origins.of_activity(context["activity"])})
