"""An umbrella's members: what it says of them, and what they say of it."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from affiliation.forms.own import MembersForm
from affiliation.models import Affiliation
from affiliation.views.own import affiliated, own_affiliation
from affiliation.views.secrets import secret
from agreement.models import Membership, Party
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most
from idekom.lib.office import take


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The umbrella's list; an administrator names more."""
    here = affiliated(request, slug)
    umbrella = here["party"]
    if umbrella.kind != Party.Kind.UMBRELLA:
        raise Http404
    form = MembersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["members"]
        named = [Membership.name_member(umbrella, name, from_on=today(), email=email) for name, email in rows]
        _tell(request, len([one for one in named if one]), len(rows))
        return redirect("affiliation:own_members", slug)
    listed = Membership.objects.filter(umbrella=umbrella, period__upper_inf=True).select_related("member").order_by("name_key", "pk")
    registered = Affiliation.objects.on(today()).filter(party__in=listed.values("member"))
    here |= {"form": form, "members": listed, "registered": set(registered.values_list("party", flat=True))}
    return render(request, "affiliation/own/members.html", here)


def _tell(request: HttpRequest, named: int, asked: int) -> None:
    if named:
        messages.success(request, ngettext("%(number)d medlem är tillagd.", "%(number)d medlemmar är tillagda.", named) % {"number": named})
    if named < asked:
        messages.warning(request, _("De som redan finns i listan, eller som har sagt att de inte är medlemmar, lades inte till igen."))


@login_required
@require_POST
def end_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The umbrella takes a member off its list."""
    membership = get_object_or_404(Membership, umbrella=own_affiliation(request, slug).party, period__upper_inf=True, pk=pk)
    try:
        membership.end(today())
    except WrongStatus:
        messages.error(request, _("Medlemmen har sagt att den inte är medlem, eller är redan borttagen."))
    else:
        messages.success(request, _("%(member)s är borttagen ur listan.") % {"member": membership.name})
    return redirect("affiliation:own_members", slug)


@login_required
@require_POST
def deny_from_own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A party says that it is no member of an umbrella that has named it."""
    membership = get_object_or_404(Membership.objects.told_about(own_affiliation(request, slug).party), pk=pk)
    take(request, membership.deny, _("Ni visas inte längre som medlem i %(umbrella)s.") % {"umbrella": membership.umbrella})
    return redirect("affiliation:own_party", slug)


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, token: str) -> HttpResponse:
    """What an umbrella says of the reader's organisation, and a button to deny it."""
    found = get_object_or_404(Membership.objects.select_related("umbrella"), token=token)
    if request.method == "POST":
        with suppress(WrongStatus):  # it is off the list already, and the page says so
            found.deny()
        return redirect("affiliation:membership", token)
    is_listed = found.until_on is None
    return render(request, "affiliation/own/membership.html", {"membership": found, "umbrella": found.umbrella, "is_listed": is_listed})
