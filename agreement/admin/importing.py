"""Reading a text in, and letting a draft version into force: steps from the list of versions."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from agreement.forms.wordings import NEW, InForceForm, UploadForm
from agreement.importing import bring_in
from agreement.models import Version, Wording
from agreement.reading.blocks import LARGEST
from idekom.lib.dated import today
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    from agreement.admin.text import VersionAdmin


def may_read_in(request: HttpRequest) -> bool:
    """Whether the user may read a text in."""
    return request.user.has_perms(["agreement.add_version", "agreement.change_wording"])


def read_in(model_admin: "VersionAdmin", request: HttpRequest) -> HttpResponse:
    """Choose a document and where it belongs. It becomes a draft to be checked."""
    if not may_read_in(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm(initial={"into": request.GET.get("version", NEW)})
    if form.is_valid():
        try:
            wording = _brought_in(form, request)
        except ValidationError as error:
            form.add_error("file", error)
        except IntegrityError:  # somebody took the address in the same moment
            form.add_error("slug", _("Adressen är upptagen. Skriv en annan."))
        else:
            messages.success(request, _("Dokumentet är inläst som ett utkast. Kontrollera det och fastställ det sedan."))
            return redirect("admin:agreement_wording_change", wording.pk)
    return _page(model_admin, request, "read_in", {"title": _("Läs in en text"), "form": form})


def _brought_in(form: UploadForm, request: HttpRequest) -> Wording:
    file = form.cleaned_data["file"]
    with transaction.atomic():
        return bring_in(form.version(), form.cleaned_data["language"], file.name, file.read(LARGEST + 1), by=signed_in(request))


def template(model_admin: "VersionAdmin", request: HttpRequest) -> HttpResponse:
    """A document to begin from, with every heading that is recognised."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    text = render_to_string("admin/agreement/version/mall.md")
    return HttpResponse(
        text, content_type="text/markdown; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="overenskommelse-mall.md"'}
    )


def put_in_force(model_admin: "VersionAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a day, see what happens, do it."""
    if not request.user.has_perm("agreement.change_version"):
        raise PermissionDenied
    version = get_object_or_404(Version, pk=pk)
    form = InForceForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    is_checked = False
    if form.is_valid():
        try:
            with transaction.atomic():
                version.put_in_force(form.cleaned_data["on"], by=signed_in(request))
                is_checked = "confirmed" not in request.POST  # then it was only tried, and is taken back
                transaction.set_rollback(is_checked)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not is_checked:
                messages.success(request, _("Versionen träder i kraft. Texten kan inte ändras längre."))
                return redirect("admin:agreement_version_change", pk)
    is_checked = is_checked and "again" not in request.POST
    return _page(model_admin, request, "put_in_force", _told(Version.objects.get(pk=pk)) | {"form": form, "is_checked": is_checked})


def _told(version: Version) -> dict[str, Any]:
    return {
        "title": _("Låt versionen träda i kraft"),
        "version": version,
        "before": Version.objects.filter(status=Version.Status.IN_FORCE).first(),
        "waiting": version.wordings.filter(status=Wording.Status.DRAFT),
        "counts": (version.goals.count(), version.principles.count(), version.commitments.count()),
    }


def _page(model_admin: "VersionAdmin", request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/agreement/version/{name}.html", everywhere | context)
