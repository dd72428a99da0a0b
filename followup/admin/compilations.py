"""Compilations in the admin: how far the book has come, why it failed, and where it is."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from followup.models import Compilation
from followup.models.compilations import MAX_ATTEMPTS

REFRESH = 2
"""Seconds between looks at one that runs; sent as a header, so no script is needed."""


@admin.register(Compilation)
class CompilationAdmin(admin.ModelAdmin[Compilation]):
    """Jobs and the editions that they ended in. Nothing is written here: a round's button asks for a new edition."""

    list_display = ("round", "revision", "status", "step", "progress", "queued_at", "published_at")
    list_display_links = ("round", "revision")
    list_filter = ("status", "round")
    list_select_related = ("round",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Compilation]:
        return super().get_queryset(request).defer("snapshot")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Asked for on the round's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Compilation | None = None) -> bool:
        """The job writes itself."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Compilation | None = None) -> bool:
        """Never: what has been published stays known."""
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """How it goes; looks again by itself while it runs."""
        compilation = self.get_object(request, unquote(object_id))
        if compilation is None:
            raise Http404
        if not self.has_view_permission(request, compilation):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(compilation),
            "compilation": compilation,
            "most_attempts": MAX_ATTEMPTS,
            "events": compilation.events.select_related("actor"),
        }
        response = TemplateResponse(request, "admin/followup/compilation/compilation.html", context)
        if compilation.is_under_way:
            response.headers["Refresh"] = str(REFRESH)
        return response
