"""Leaving the agreement, as easy as joining it, and staying after all."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from affiliation.forms.own import LeavingForm
from affiliation.views.own import affiliated, own_affiliation
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """What leaving means, and from when. No reason is asked for."""
    here = affiliated(request, slug)
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take(
            request,
            lambda: here["affiliation"].leave(by=signed_in(request), last_day=form.cleaned_data["last_day"]),
            _("Vi har antecknat att ni lämnar överenskommelsen."),
        )
        return redirect("affiliation:own_party", slug)
    return render(request, "affiliation/own/leave.html", {**here, "form": form})


@login_required
@require_POST
def stay(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the leaving back, as long as the last day has not been."""
    take(request, lambda: own_affiliation(request, slug).stay(by=signed_in(request)), _("Ni är kvar i överenskommelsen."))
    return redirect("affiliation:own_party", slug)
