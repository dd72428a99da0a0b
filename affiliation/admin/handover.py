"""Cases from one colleague to another: some that were chosen in the list, or all that somebody has."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from affiliation.admin.batch import chosen_ids
from affiliation.forms.office import HandlerForm
from affiliation.models.handling import handlers

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin
    from affiliation.models.applications import ApplicationQuerySet


def hand_over(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """Choose whose cases, then the colleague who gets them; all are handed over, or none."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    cases = _cases(model_admin, request)
    form = HandlerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        handler = form.cleaned_data["handler"]
        moved = cases.hand_over(handler, by=request.user)  # type: ignore[arg-type]
        told = ngettext("%(count)d ärende är överlämnat till %(name)s.", "%(count)d ärenden är överlämnade till %(name)s.", moved)
        messages.success(request, told % {"count": moved, "name": handler})
        return redirect(f"{reverse('admin:affiliation_application_changelist')}?handlaggare={handler.pk if handler != request.user else 'mina'}")
    context = {
        "title": _("Överlämning"),
        "form": form,
        "cases": cases.select_related("handler"),
        "people": [person for person in handlers() if person.open_cases],
    }
    return model_admin.page(request, "hand_over", context)


def _cases(model_admin: "ApplicationAdmin", request: HttpRequest) -> "ApplicationQuerySet":
    """Those that the address names, or all open ones of the person that it names."""
    cases: ApplicationQuerySet = model_admin.get_queryset(request)  # type: ignore[assignment]
    person = request.GET.get("fran", "")
    if person.isdecimal() and len(person) < 19:
        return cases.filter(handler=int(person)).open()
    return cases.filter(pk__in=chosen_ids(request)).order_by("submitted_at", "pk")
