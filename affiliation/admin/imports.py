"""Reading the register's own CSV in: first what it would change, row by row; then, if all of it is sound and one says yes, all of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from affiliation.forms.imports import FileForm
from affiliation.imports import kept
from affiliation.imports.planning import Outcome, Plan
from affiliation.imports.reading import LARGEST, read
from affiliation.imports.writing import Moved, write

if TYPE_CHECKING:
    from affiliation.admin.affiliations import AffiliationAdmin

SHOWN = 500
"""How many rows a page shows, faults first."""
ORDER = list(Outcome)


def may_import(request: HttpRequest) -> bool:
    """Whether the user may read a file in."""
    return request.user.has_perms(["affiliation.add_affiliation", "agreement.change_party"])


def check(model_admin: "AffiliationAdmin", request: HttpRequest) -> HttpResponse:
    """Choose a file, and see what it would change. Nothing is written."""
    if not may_import(request):
        raise PermissionDenied
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(LARGEST + 1)
            return _show(model_admin, request, Plan(read(data)), data)
        except ValidationError as error:
            form.add_error("file", error)
    return _page(model_admin, request, "file", {"form": form})


def confirm(model_admin: "AffiliationAdmin", request: HttpRequest) -> HttpResponse:
    """Write what was shown, by POST only. When the register has moved since, what the file would do now is shown instead."""
    if not may_import(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    token = request.POST.get("token", "")
    found = kept.fetch(token, by=request.user.pk or 0)
    if found is None:
        messages.error(request, _("Filen finns inte kvar. Antingen är den redan inläst, eller så var det länge sedan den kontrollerades."))
        return redirect("admin:affiliation_affiliation_import")
    try:
        plan = write(read(found[0]), fingerprint=found[1])
    except Moved as moved:
        messages.warning(request, _("Förteckningen har ändrats sedan filen kontrollerades. Inget är inläst. Så här skulle det bli nu."))
        return _show(model_admin, request, moved.plan, found[0])
    except IntegrityError:
        messages.error(request, _("Förteckningen ändrades i samma stund. Inget är inläst. Försök igen."))
        return redirect("admin:affiliation_affiliation_import")
    kept.drop(token)
    _tell(request, plan)
    return redirect("admin:affiliation_affiliation_changelist")


def _tell(request: HttpRequest, plan: Plan) -> None:
    new, changed = plan.counts[Outcome.NEW], plan.counts[Outcome.CHANGED]
    told = ngettext("%(number)d ny rad", "%(number)d nya rader", new) % {"number": new}
    told += ", " + ngettext("%(number)d ändrad", "%(number)d ändrade", changed) % {"number": changed}
    messages.success(request, _("Filen är inläst: %(told)s.") % {"told": told})


def _show(model_admin: "AffiliationAdmin", request: HttpRequest, plan: Plan, data: bytes) -> HttpResponse:
    rows = sorted(plan.rows, key=lambda row: (ORDER.index(row.outcome), row.number))
    token = kept.keep(data, fingerprint=plan.fingerprint, by=request.user.pk or 0) if plan.has_work else ""
    counts = [(outcome, number) for outcome, number in plan.counts.items()]
    context = {"plan": plan, "rows": rows[:SHOWN], "hidden": max(0, len(rows) - SHOWN), "counts": counts, "token": token}
    return _page(model_admin, request, "plan", context)


def _page(model_admin: "AffiliationAdmin", request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": _("Läs in förteckningen")}
    return TemplateResponse(request, f"admin/affiliation/import/{name}.html", everywhere | context)
