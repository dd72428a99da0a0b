"""A party's own place: how it stands in the register, and its entry, for whoever acts for it.

Who may see a place may read it; who may change it is an administrator: the pages are fetched so, and everybody else is told that
there is none.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from affiliation.forms.own import EntryForm
from affiliation.models import Affiliation, Confirmation
from agreement.models import Membership, Party, Representative
from idekom.lib.dated import today
from idekom.lib.reader import signed_in


def place(request: HttpRequest, slug: str, **more: Any) -> dict[str, Any]:
    """What every page of the place shows: the party, the reader's role, and its affiliation of today. A POST is for administrators."""
    user, day = signed_in(request), today()
    parties = Party.objects.administered_by(user, day) if request.method == "POST" else Party.objects.represented_by(user, day)
    party = get_object_or_404(parties.select_related("sector", "district"), slug=slug)
    me = Representative.objects.of(party, day).filter(user=user)[0]
    affiliation = Affiliation.objects.on(day).filter(party=party).select_related("version").first()
    return {"party": party, "me": me, "affiliation": affiliation, "may_change": me.is_administrator, "slug": slug, **more}


def affiliated(request: HttpRequest, slug: str, **more: Any) -> dict[str, Any]:
    """A place with an entry in the register: what a party that has left says about itself is shown to nobody, and not changed."""
    found = place(request, slug, **more)
    if request.method == "POST" and found["affiliation"] is None:
        raise Http404
    return found


def own_affiliation(request: HttpRequest, slug: str) -> Affiliation:
    """The affiliation of today that the user may change."""
    found: Affiliation = get_object_or_404(Affiliation.objects.administered_by(signed_in(request), today()), party__slug=slug)
    return found


@login_required
@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """How the party stands, who acts for it, and the ways to change it."""
    here = place(request, slug)
    party, affiliation = here["party"], here["affiliation"]
    here |= {
        "people": Representative.objects.of(party, today()),
        "last": affiliation or party.affiliations.first(),
        "question": Confirmation.objects.unanswered(affiliation).first() if affiliation else None,
        "members": Membership.objects.standing(today()).filter(umbrella=party).count(),
        "denied": Membership.objects.filter(umbrella=party, period__upper_inf=True).exclude(denied_at=None).count(),
        "told": Membership.objects.told_about(party),
    }
    return render(request, "affiliation/own/hub.html", here)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """What the register says; an administrator changes it, and it shows at once."""
    here = affiliated(request, slug)
    party = here["party"]
    form = EntryForm(request.POST if request.method == "POST" else None, request.FILES or None, instance=party)
    if request.method == "POST" and form.is_valid():
        party.describe(form.entry, logo=form.new_logo)
        messages.success(request, _("Ändringen är sparad och syns nu i förteckningen."))
        return redirect("affiliation:own_party", slug)
    return render(request, "affiliation/own/details.html", {**here, "form": form})


def _with_logo(slug: str) -> Party | None:
    return Party.objects.filter(slug=slug, pk__in=Affiliation.objects.on(today()).values("party")).exclude(logo="").first()


def logo_etag(request: HttpRequest, slug: str) -> str | None:
    """The file's name: every new picture has a new one."""
    party = _with_logo(slug)
    return f'"{party.logo.name}"' if party else None


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=logo_etag)
def logo(request: HttpRequest, slug: str) -> FileResponse:
    """The logotype of a party that is affiliated."""
    party = _with_logo(slug)
    if party is None or not party.logo.storage.exists(str(party.logo.name)):
        raise Http404
    return FileResponse(party.logo.open("rb"), content_type="image/png")
