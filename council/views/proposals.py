"""What the council proposes, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from council.models import Proposal


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    found = Proposal.objects.shown().select_related("item__meeting__body")
    return render(request, "council/proposals/proposals.html", {"proposals": found})


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them, and what the council has decided on it."""
    found = get_object_or_404(Proposal.objects.shown().select_related("item__meeting__body"), slug=slug)
    return render(request, "council/proposals/proposal.html", {"proposal": found})
