"""The newsletters for everybody to read."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from followup.models import Newsletter


@require_safe
def newsletters(request: HttpRequest) -> HttpResponse:
    """All that are out, the newest first."""
    return render(request, "followup/newsletters.html", {"newsletters": Newsletter.objects.shown()})


@require_safe
def newsletter(request: HttpRequest, month: date) -> HttpResponse:
    """One month's."""
    found = get_object_or_404(Newsletter.objects.shown(), month=month)
    return render(request, "followup/newsletter.html", {"newsletter": found, "parts": found.parts()})
