"""Reports in the admin: read, never written. A draft is the party's own: only that it has not come in is shown."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from followup import sheets
from followup.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    """Who has reported in which round, and what."""

    list_display = ("party", "round", "standing", "submitted_at")
    list_filter = ("round", "status", "party__kind")
    list_select_related = ("party", "round")
    search_fields = ("party__name",)
    ordering = ("-round__year", "party__sort_name")
    list_per_page = 50

    @admin.display(description=_("läge"), ordering="status")
    def standing(self, report: Report) -> Any:
        """In words, and without blame."""
        return _("Inlämnad") if report.status != Report.Status.DRAFT else _("Ännu ej inkommet")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A round makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """The words are the party's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """Never."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """The list, and what has come in."""
        return (obj is None or obj.status != Report.Status.DRAFT) and super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).exclude(round__status="planned")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The report as it was handed in."""
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        latest = report.latest
        assert latest is not None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(report),
            "report": report,
            "version": latest,
            "parts": sheets.of_version(latest),
            "events": report.events.select_related("actor"),
        }
        return TemplateResponse(request, "admin/followup/report/report.html", context)
