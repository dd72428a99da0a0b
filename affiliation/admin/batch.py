"""Several applications decided at one sitting: one page, one transaction, one list for the minutes."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from affiliation.admin.steps import STEPS
from affiliation.forms.decisions import CommonForm, RowForm
from affiliation.models import Application

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin
    from idekom.users.models import User

MOST = 200


def decide(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """Fill in one row per application; all are decided, or none when one of them cannot be."""
    cases = _chosen(model_admin, request)
    if not cases:
        messages.warning(request, _("Välj först en eller flera ansökningar i listan."))
        return redirect("admin:affiliation_application_changelist")
    typed = request.POST if request.method == "POST" else None
    common = CommonForm(typed, initial={"meeting": next((case.meeting for case in cases if case.meeting), None)})
    rows = [(case, RowForm(typed, prefix=str(case.pk), initial={"paragraph": case.paragraph})) for case in cases]
    if typed is not None and all([common.is_valid(), *(row.is_valid() for _case, row in rows)]) and _decide(rows, common.cleaned_data, request.user):  # type: ignore[arg-type]
        return redirect(f"{reverse('admin:affiliation_application_decided')}?ids={_ids(cases)}")
    context = {"common": common, "rows": rows, "ids": _ids(cases), "title": _("Besluta valda ansökningar"), "failed": typed is not None}
    return _page(model_admin, request, "decide", context)


def decided(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """What was decided, to be put in the minutes."""
    return _page(model_admin, request, "decided", {"cases": _chosen(model_admin, request), "title": _("Beslutslista")})


def _decide(rows: list[tuple[Application, RowForm]], common: dict[str, Any], by: "User") -> bool:
    """Take all the decisions; when one is not possible its row tells why, and none is taken."""
    with transaction.atomic():
        for case, row in rows:
            if row.cleaned_data["choice"] == "leave":
                continue
            try:
                STEPS[row.cleaned_data["choice"]].call(case, by, common | row.cleaned_data)
            except ValidationError as error:
                row.add_error(None, error)
        succeeded = not any(row.errors for _case, row in rows)
        transaction.set_rollback(not succeeded)
    return succeeded


def _chosen(model_admin: "ApplicationAdmin", request: HttpRequest) -> list[Application]:
    """The applications that the address names."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    ids = [int(part) for part in request.GET.get("ids", "").split(",")[:MOST] if part.isdecimal() and len(part) < 19]
    return list(model_admin.get_queryset(request).filter(pk__in=ids).select_related("sector", "meeting__body").order_by("submitted_at", "pk"))


def _ids(cases: list[Application]) -> str:
    return ",".join(str(case.pk) for case in cases)


def _page(model_admin: "ApplicationAdmin", request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/affiliation/application/{name}.html", everywhere | context)
