"""Who acts for a party: the list, letting in, changing roles, ending, handing over."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from affiliation.forms.own import HandOverForm, InvitationForm, RoleForm
from affiliation.models import Invitation
from affiliation.views.own import place
from agreement.models import Party, Representative
from idekom.lib.dated import today
from idekom.lib.office import take
from idekom.lib.reader import signed_in

Role = Representative.Role


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who acts for the party; an administrator invites somebody."""
    here = place(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            Invitation.invite(here["party"], email, Role(form.cleaned_data["role"]), by=signed_in(request))
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("Inbjudan skickas till %(email)s.") % {"email": email})
            return redirect("affiliation:own_people", slug)
    here |= {
        "people": list(Representative.objects.of(here["party"], today())),
        "waiting": Invitation.objects.waiting(today()).filter(party=here["party"]).select_related("invited_by"),
        "form": form,
    }
    return render(request, "affiliation/own/people.html", here)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One person's role, for an administrator to change."""
    party = _administered(request, slug)
    somebody = _of(party, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": somebody.role})
    if request.method == "POST" and form.is_valid():
        try:
            somebody.change_role(Role(form.cleaned_data["role"]), today())
        except ValidationError as error:
            form.add_error("role", error)
        else:
            messages.success(request, _("%(person)s är nu %(role)s.") % {"person": somebody.user, "role": somebody.get_role_display()})
            return redirect("affiliation:own_people", slug)
    return render(request, "affiliation/own/person.html", {**place(request, slug), "person": somebody, "form": form})


@login_required
@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody acts for the party no more."""
    somebody = _of(_administered(request, slug), pk)
    told = _("%(person)s företräder inte längre parten.") % {"person": somebody.user}
    return _try(request, lambda: somebody.end(today()), told, slug)


@login_required
@require_POST
def step_down(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader acts for the party no more, whatever the role."""
    party = get_object_or_404(Party.objects.represented_by(signed_in(request), today()), slug=slug)
    me = Representative.objects.of(party, today()).filter(user=signed_in(request))[0]
    try:
        me.end(today())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("affiliation:own_people", slug)
    messages.success(request, _("Du företräder inte längre %(party)s.") % {"party": party})
    return redirect("my_pages")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Another becomes administrator, and the reader steps back, in one."""
    party = _administered(request, slug)
    here = place(request, slug)
    heirs = [somebody for somebody in Representative.objects.of(party, today()) if somebody.user_id != signed_in(request).pk]
    form = HandOverForm(request.POST if request.method == "POST" else None, heirs=heirs)
    if request.method == "POST" and form.is_valid():
        heir, stays = form.cleaned_data["heir"], form.cleaned_data["stays"]
        try:
            here["me"].hand_over(heir, today(), stays=stays)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(person)s är nu administratör för %(party)s.") % {"person": heir.user, "party": party})
            return redirect("affiliation:own_people", slug) if stays else redirect("my_pages")
    return render(request, "affiliation/own/hand_over.html", {**here, "heirs": heirs, "form": form})


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.waiting(today()), party=_administered(request, slug), pk=pk)
    return _try(request, invitation.revoke, _("Inbjudan till %(email)s gäller inte längre.") % {"email": invitation.email}, slug)


def _administered(request: HttpRequest, slug: str) -> Party:
    return get_object_or_404(Party.objects.administered_by(signed_in(request), today()), slug=slug)


def _of(party: Party, pk: int) -> Representative:
    somebody: Representative = get_object_or_404(Representative.objects.of(party, today()), pk=pk)
    return somebody


def _try(request: HttpRequest, verb: Callable[[], None], told: str, slug: str) -> HttpResponse:
    """Do it and tell so, or tell why not."""
    take(request, verb, told)
    return redirect("affiliation:own_people", slug)
