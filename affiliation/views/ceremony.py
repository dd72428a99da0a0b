"""Signing together: the page behind the short address of a ceremony, and the one behind an invitation."""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from affiliation.forms.ceremony import SignForm
from affiliation.models import Application, Ceremony, CeremonyInvitation
from affiliation.views.secrets import secret
from agreement.models import Version
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most


@secret
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(400, minutes=60)  # a whole hall may share one network address
def ceremony(request: HttpRequest, code: str) -> HttpResponse:
    """Sign, for anybody in the hall."""
    found = _found(code)
    return _page(request, found, None) if found.code == code else redirect(found)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(400, minutes=60)
def invited(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Sign, for an invited organisation. Once it has signed, its link leads to the case."""
    invitation = get_object_or_404(CeremonyInvitation.objects.select_related("ceremony", "application"), ceremony=_found(code), token=token)
    if invitation.application is not None:
        return redirect(invitation.application)
    return _page(request, invitation.ceremony, invitation)


def _found(code: str) -> Ceremony:
    """The ceremony of a code as people type it: in capitals, with spaces or hyphens."""
    return get_object_or_404(Ceremony, code=re.sub(r"[^a-z0-9]", "", code.lower()))


def _page(request: HttpRequest, ceremony: Ceremony, invitation: CeremonyInvitation | None) -> HttpResponse:
    """The form; what is sent in becomes a case."""
    if Version.objects.in_force(today()) is None:
        return redirect("affiliation:apply")  # where it says why
    key = _key(request, invitation)
    if not ceremony.is_open(timezone.now()):
        return _closed(request, ceremony, key)
    initial = {"name": invitation.name, "contact_email": invitation.email} if invitation else None
    form = SignForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        case = _sign(ceremony, form, key, invitation)
        if invitation or case.name == form.cleaned_data["name"]:
            return redirect(case)
        told = _("%(name)s har redan undertecknat med det här formuläret. Tryck på Underteckna en gång till, så undertecknar ni också.")
        messages.warning(request, told % {"name": case.name})
        key = uuid4()  # somebody else has borrowed the phone, and gone back to the filled-in page
    return render(request, "affiliation/ceremony/sign.html", {"ceremony": ceremony, "form": form, "draft_key": key})


def _closed(request: HttpRequest, ceremony: Ceremony, key: UUID) -> HttpResponse:
    """When it is; and the case, to those who signed in time and send their form again."""
    case = ceremony.signatures().filter(draft_key=key).first()
    if case is not None:
        return redirect(case)
    context = {"ceremony": ceremony, "is_over": ceremony.is_over(timezone.now())}
    return render(request, "affiliation/ceremony/closed.html", context, status=409 if request.method == "POST" else 200)


def _sign(ceremony: Ceremony, form: SignForm, key: UUID, invitation: CeremonyInvitation | None) -> Application:
    """The case that the form becomes, or has become already."""
    try:
        return ceremony.sign(key, language=get_language() or "sv", answers=form.cleaned_data, invitation=invitation)
    except WrongStatus:
        return get_object_or_404(Application, draft_key=key)


def _key(request: HttpRequest, invitation: CeremonyInvitation | None) -> UUID:
    """What makes the same form, sent twice, one case."""
    if invitation is not None:
        return invitation.draft_key
    try:
        return UUID(request.POST.get("draft_key", ""))
    except ValueError:
        return uuid4()
