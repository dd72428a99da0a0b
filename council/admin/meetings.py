"""The meetings in the secretary's office: each has a desk, from which everything about it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from council.admin import agenda, attendance, desk, outcomes
from council.forms import PlanForm
from council.models import AgendaItem, Meeting

TONES = {Meeting.Status.CALLED: "waiting", Meeting.Status.HELD: "good", Meeting.Status.CANCELLED: "bad"}


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin[Meeting]):
    """When the council meets."""

    form = PlanForm
    list_display = ("starts_at", "body", "place", "status_tag")
    list_filter = ("status", "body", "starts_at")
    list_select_related = ("body",)
    search_fields = ("place", "body__name")
    date_hierarchy = "starts_at"

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        """Never: a meeting that is not held is cancelled."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponseBase], name: str, only: Callable[[Any], Any] | None = None) -> URLPattern:
            def own(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
                return view(self, request, **kwargs)

            return path(f"<int:pk>/{address}", self.admin_site.admin_view(only(own) if only else own), name=f"council_meeting_{name}")

        return [
            page("uppgifter/", desk.details, "details"),
            page("kalla/", desk.call, "call"),
            page("flytta/", desk.move, "move"),
            page("flytta/klart/", desk.move_take, "move_take", require_POST),
            page("stall-in/", desk.cancel, "cancel"),
            page("hallet/", desk.hold, "hold"),
            page("dagordning/", agenda.show, "agenda", require_safe),
            page("dagordning/utskrift/", agenda.sheet, "agenda_sheet", require_safe),
            page("dagordning/ordning/", agenda.order, "agenda_order", require_POST),
            page("dagordning/ny/", agenda.add, "item_add"),
            page("dagordning/<int:item>/", agenda.edit, "item"),
            page("dagordning/<int:item>/ta-bort/", agenda.remove, "item_remove", require_POST),
            page("dagordning/underlag/<int:paper>/", agenda.paper, "paper", require_safe),
            page("dagordning/underlag/<int:paper>/ta-bort/", agenda.remove_paper, "paper_remove", require_POST),
            page("narvaro/", attendance.room, "room"),
            page("beslut/", outcomes.first, "outcomes", require_safe),
            page("beslut/<int:item>/", outcomes.outcome, "outcome"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """One of the office's own pages about a meeting."""
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "may_change": self.has_change_permission(request)}
        return TemplateResponse(request, f"admin/council/meeting/{name}.html", everywhere | context)

    def seen(self, request: HttpRequest, pk: int) -> Meeting:
        """The meeting, for whoever may look."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self._found(pk)

    def changed(self, request: HttpRequest, pk: int) -> Meeting:
        """The meeting, for whoever may write."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._found(pk)

    def _found(self, pk: int) -> Meeting:
        return get_object_or_404(Meeting.objects.select_related("body", "chair", "secretary", "protocol"), pk=pk)

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """A new meeting has its standing items, and what was tabled, from the start."""
        super().save_model(request, obj, form, change)
        AgendaItem.objects.begin(obj)

    def response_add(self, request: HttpRequest, obj: Meeting, post_url_continue: str | None = None) -> HttpResponse:
        super().response_add(request, obj, post_url_continue)
        return redirect("admin:council_meeting_change", obj.pk)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The meeting's desk. What is written about it is written on pages of its own."""
        pk = unquote(object_id)
        if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
            raise Http404
        return desk.show(self, request, self.seen(request, int(pk)))

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, meeting: Meeting) -> str:
        """The status in words."""
        tone = TONES.get(Meeting.Status(meeting.status), "neutral")
        return format_html('<span class="tag tag--{}">{}</span>', tone, capfirst(meeting.get_status_display()))
