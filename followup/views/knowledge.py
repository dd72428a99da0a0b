"""Knowledge: the social economy explained, the ways in, and how the cooperation came about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from followup.past import history as told_history
from idekom.lib.dated import today


@require_safe
def knowledge(request: HttpRequest) -> HttpResponse:
    """What the social economy is, and where to learn more."""
    return render(request, "followup/knowledge.html")


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """From 2008 to today."""
    return render(request, "followup/history.html", {"years": told_history(today())})
