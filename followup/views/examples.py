"""Good examples for everybody to read, and the page on which somebody says yes to being their contact."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from followup.models import Example
from idekom.lib.dated import today
from idekom.lib.secret_pages import secret


@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    """The examples by commitment; with ?atagande= those of one. A commitment without examples is passed over."""
    day = today()
    shown = sorted(Example.objects.shown(), key=lambda one: one.commitment.number)  # stable: the latest first within each
    for one in shown:
        one.contact_today = one.shows_contact(day)  # type: ignore[attr-defined]
    commitments = {one.commitment.slug: one.commitment for one in shown}
    chosen = commitments.get(request.GET.get("atagande", ""))
    found = [one for one in shown if chosen is None or one.commitment.slug == chosen.slug]
    groups = [(list(those)) for _slug, those in groupby(found, key=lambda one: one.commitment.slug)]
    context = {"groups": groups, "total": len(found), "commitments": list(commitments.values()), "chosen": chosen}
    return render(request, "followup/examples.html", context)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link: what would be shown, and a button for yes and one for no."""
    example = get_object_or_404(Example.objects.select_related("report__party", "commitment").exclude(contact_consent=""), token=token)
    if request.method == "POST":
        if request.POST.get("svar") in {"ja", "nej"}:
            example.answer_contact(request.POST["svar"] == "ja")
        return redirect(example.get_consent_url())
    return render(request, "followup/example_contact.html", {"example": example})
