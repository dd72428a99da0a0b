"""The case page: all that a decision needs on one page, and the secretariat's own notes, register number and handler."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from stdnum.se import orgnr

from affiliation.admin import steps
from affiliation.admin.story import story
from affiliation.forms.office import HandlerForm, NoteForm, RegistryForm
from affiliation.models import Application, CaseNote
from affiliation.models.answers import FILES
from affiliation.models.duplicates import duplicates
from affiliation.models.sections import FILE_NAMES
from idekom.lib.downloads import as_download

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin


def show(model_admin: "ApplicationAdmin", request: HttpRequest, case: Application, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that hold something to mend."""
    may_change = model_admin.has_change_permission(request, case)
    context = {
        "title": str(case),
        "case": case,
        "sections": case.answers(),
        "number_is_valid": orgnr.is_valid(case.registration_number),
        "duplicates": duplicates(case),
        "files": [(FILE_NAMES[name], name) for name in FILES if getattr(case, name)],
        "party": case.affiliation.party if hasattr(case, "affiliation") else None,
        "story": story(case),
        "may_change": may_change,
        "steps": [step for step in steps.STEPS.values() if case.may(step.verb)] if may_change else [],
        "note_form": NoteForm(prefix="note"),
        "registry_form": RegistryForm(prefix="registry", initial={"number": case.registry_number, "url": case.registry_url}),
        "handler_form": HandlerForm(prefix="handler", initial={"handler": case.handler_id}),
    }
    return model_admin.page(request, "case", context | forms)


def note(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Write an internal note."""
    case = to_change(model_admin, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return show(model_admin, request, case, note_form=form)
    CaseNote.objects.create(case=case, author=request.user, text=form.cleaned_data["text"])  # type: ignore[misc]
    messages.success(request, _("Anteckningen är sparad."))
    return redirect("admin:affiliation_application_change", case.pk)


def registry(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Note the case's number in the City's register."""
    case = to_change(model_admin, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = RegistryForm(request.POST, prefix="registry")
    if not form.is_valid():
        return show(model_admin, request, case, registry_form=form)
    case.enter_in_registry(**form.cleaned_data)
    messages.success(request, _("Diarienumret är sparat."))
    return redirect("admin:affiliation_application_change", case.pk)


def assign(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody handle the case: oneself or a colleague."""
    case = to_change(model_admin, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = HandlerForm(request.POST, prefix="handler")
    if not form.is_valid():
        return show(model_admin, request, case, handler_form=form)
    handler = form.cleaned_data["handler"]
    case.assign(handler, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s handlägger ärendet.") % {"name": handler})
    return redirect("admin:affiliation_application_change", case.pk)


def file(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int, name: str) -> FileResponse:
    """An uploaded PDF, to be saved and never shown as a page of ours."""
    case = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_view_or_change_permission(request, case):
        raise PermissionDenied
    kept = getattr(case, name) if name in FILES else None
    if not kept:
        raise Http404
    return as_download(kept, f"{case.number}-{FILE_NAMES[name]}")


def to_change(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int) -> Application:
    """The case, for somebody who may change it."""
    case = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_change_permission(request, case):
        raise PermissionDenied
    return case
