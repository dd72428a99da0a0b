"""Suggesting a correction of a party's entry. Nothing changes before the secretariat has said yes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from affiliation.forms.corrections import CorrectionForm
from affiliation.models import Affiliation, Correction
from agreement.models import District, Party, Sector
from idekom.lib.dated import today
from idekom.lib.limits import at_most


@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong and how it should read; anybody may."""
    begun = Affiliation.objects.filter(period__startswith__lte=today())
    party = get_object_or_404(Party.objects.filter(pk__in=begun.values("party")).select_related("sector", "district"), slug=slug)
    is_affiliated = begun.on(today()).filter(party=party).exists()
    form = CorrectionForm(request.POST if request.method == "POST" else None, is_affiliated=is_affiliated)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent:
        Correction.suggest(party, language=get_language() or "sv", **form.cleaned_data)
    lists = {"sectors": Sector.objects.on(today()), "districts": District.objects.on(today())}
    return render(request, "affiliation/correction.html", {"form": form, "party": party, "is_affiliated": is_affiliated, "is_sent": is_sent, **lists})
