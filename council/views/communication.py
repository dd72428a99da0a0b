"""The communication plan for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from council.models import Communication


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What remains, what is late and what is done."""
    rows = list(Communication.objects.in_order())
    remaining, done = [row for row in rows if not row.done_on], [row for row in rows if row.done_on]
    overdue = sum(row.is_overdue for row in remaining)
    return render(request, "council/communication.html", {"remaining": remaining, "done": done, "overdue": overdue})
