"""Reports in the admin: read, asked about and typed in from paper. A draft is the party's own: only that it has not come in is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from followup import paper
from followup.admin import clarification, reading, typing_in
from followup.admin.report_filters import RoundFilter, SectorFilter, SideFilter, StandingFilter
from followup.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    """Who has reported in which round, and what."""

    list_display = ("party", "round", "standing", "submitted_at", "side", "sector")
    list_filter = (RoundFilter, StandingFilter, SideFilter, SectorFilter)
    list_select_related = ("party__sector", "round", "reported_through__party")
    search_fields = ("party__name", "party__registration_number")
    ordering = ("-round__year", "party__sort_name")
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS

    @admin.display(description=_("läge"), ordering="status")
    def standing(self, report: Report) -> Any:
        """In words, and without blame."""
        return reading.standing(report)

    @admin.display(description=_("sida"), ordering="party__kind")
    def side(self, report: Report) -> Any:
        """The party's side."""
        return report.party.side.label

    @admin.display(description=_("sektor"), ordering="party__sector__name", empty_value="–")
    def sector(self, report: Report) -> Any:
        """The party's sector."""
        return report.party.sector

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A round makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """The words are the party's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """Never."""
        return False

    def may_act(self, request: HttpRequest) -> bool:
        """Whether they may ask about reports and type in what came on paper."""
        return request.user.has_perm("followup.change_report")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).exclude(round__status="planned")

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            def own(request: HttpRequest, pk: int) -> HttpResponse:
                return view(self, request, pk)

            wrap = {"paper_form": require_safe, "hand_in": require_POST, "throw_away": require_POST, "ask": require_POST}.get(name)
            return path(f"<int:pk>/{address}", self.admin_site.admin_view(wrap(own) if wrap else own), name=f"followup_report_{name}")

        return [
            page("blankett.pdf", ReportAdmin.paper_form, "paper_form"),
            page("papper/", typing_in.type_in, "type_in"),
            page("papper/lamna-in/", typing_in.hand_in, "hand_in"),
            page("papper/kasta/", typing_in.throw_away, "throw_away"),
            page("fortydliga/", clarification.prepare, "clarify"),
            page("fortydliga/skicka/", clarification.ask, "ask"),
            *super().get_urls(),
        ]

    def report(self, request: HttpRequest, pk: int) -> Report:
        """The report, for somebody who may act on it."""
        if not self.may_act(request):
            raise PermissionDenied
        known = self.get_queryset(request).select_related("party__sector", "round__version", "round__questions", "reported_through__party")
        return get_object_or_404(known, pk=pk)

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """One of the office's own pages."""
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/followup/report/{name}.html", everywhere | context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Who has reported, and who has not yet."""
        return super().changelist_view(request, {"title": _("Rapporter"), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The report as it was handed in; of one that has not come in, nothing but that."""
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        return reading.show(self, request, report)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What has happened stands on the report's own page."""
        raise Http404

    def paper_form(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form to fill in by hand."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(self.get_queryset(request).select_related("party", "round__version", "round__questions"), pk=pk)
        return HttpResponse(**paper.attached(paper.form(report), paper.file_name(report)))
