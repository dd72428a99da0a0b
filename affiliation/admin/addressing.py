"""The secretary lays an adopted proposal before parties that have not been given it: those that joined later, most of all."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from affiliation.addressing import without_it
from affiliation.forms.addressing import AddresseesForm
from council.models import PartyDecision, Proposal
from idekom.lib.dated import today
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    from affiliation.admin.affiliations import AffiliationAdmin


def address(model_admin: "AffiliationAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Choose among the affiliated parties of today that have not been given it."""
    if not request.user.has_perm("council.change_partydecision"):
        raise PermissionDenied
    proposal = get_object_or_404(Proposal.objects.filter(status=Proposal.Status.ADOPTED), pk=pk)
    form = AddresseesForm(request.POST if request.method == "POST" else None, parties=without_it(proposal, today()))
    if request.method == "POST" and form.is_valid():
        try:
            new = PartyDecision.objects.address(proposal, form.cleaned_data["parties"], on=today(), by=signed_in(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            told = ngettext("%(number)d part har fått förslaget.", "%(number)d parter har fått förslaget.", new)
            messages.success(request, told % {"number": new})
        return redirect("admin:council_proposal_change", pk)
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": _("Lägg fram förslaget för fler parter")}
    return TemplateResponse(request, "admin/affiliation/affiliation/address.html", {**context, "proposal": proposal, "form": form})
