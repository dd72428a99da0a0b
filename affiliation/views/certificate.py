"""The certificate of a party that is affiliated."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from affiliation.models import Affiliation
from affiliation.pdf.certificate import certificate as render
from idekom.lib.dated import today


@require_safe
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF, for as long as the party is affiliated: a paper must not claim what no longer holds."""
    current = Affiliation.objects.on(today()).select_related("party", "version", "meeting__body")
    affiliation = get_object_or_404(current, party__slug=slug)
    response = HttpResponse(render(affiliation, today()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-bevis.pdf"'
    return response
