"""Dialogue forums in the admin: time, place and programme, those who come, and what is printed for the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, DateTimeField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from followup.models import Forum, ProgrammeItem
from followup.pdf.forums import attendance_list, certificates, name_tags
from idekom.lib.dated import today

MOMENT = {"type": "datetime-local"}  # one input with one label, unlike the admin's own two
PAPERS: dict[str, tuple[str, Callable[[Forum, date], bytes]]] = {
    "tags": ("namnskyltar", name_tags),
    "attendance": ("narvarolista", attendance_list),
    "certificates": ("intyg", certificates),
}


class ProgrammeInline(admin.StackedInline[ProgrammeItem, Forum]):
    """The points of the programme, in the order of the clock. Whoever may change the forum may change them."""

    model = ProgrammeItem
    extra = 1
    fields = ("at", "title", "speaker", "text")

    def has_add_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return request.user.has_perm("followup.change_forum")

    def has_change_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return request.user.has_perm("followup.change_forum")

    def has_delete_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return request.user.has_perm("followup.change_forum")

    def has_view_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return request.user.has_perm("followup.view_forum")


@admin.register(Forum)
class ForumAdmin(admin.ModelAdmin[Forum]):
    """The yearly forums. When time or place is changed here, those who come are mailed."""

    list_display = ("round", "starts_at", "venue", "places", "coming_count", "queue_count")
    fields = ("round", "starts_at", "ends_at", "venue", "address", "practical", "places", "closes_on")
    inlines = (ProgrammeInline,)
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M")}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forum]:
        of = {name: Count("registrations", filter=Q(registrations__status=status)) for name, status in _STANDINGS.items()}
        return super().get_queryset(request).select_related("round").annotate(**of)

    def has_delete_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        """Never: people come to it."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Forum | None = None) -> tuple[str, ...]:
        return ("round",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Forum | None = None, change: bool = False, **kwargs: Any) -> type[forms.ModelForm[Forum]]:
        told = _("Ändrar ni tiden eller platsen får alla som är anmälda ett mejl.")
        return super().get_form(request, obj, change, help_texts={"starts_at": told} if change else {}, **kwargs)

    @admin.display(description=_("anmälda"))
    def coming_count(self, forum: Any) -> int:
        """How many have a place."""
        return int(forum.coming)

    @admin.display(description=_("på väntelistan"))
    def queue_count(self, forum: Any) -> int:
        """How many wait for one."""
        return int(forum.waiting)

    def save_model(self, request: HttpRequest, obj: Forum, form: Any, change: bool) -> None:
        """By the forum's own verb: it tells those who come."""
        obj.plan(by=request.user)  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        papers = [
            path(f"<int:pk>/{file}.pdf", self.admin_site.admin_view(require_safe(self._paper(file, make))), name=f"followup_forum_{name}")
            for name, (file, make) in PAPERS.items()
        ]
        return [*papers, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The forum, how many come, and what there is to print and show."""
        forum = self.get_object(request, object_id)
        return super().change_view(request, object_id, form_url, {"forum": forum, **(extra_context or {})})

    def _paper(self, file: str, make: Callable[[Forum, date], bytes]) -> Callable[..., HttpResponse]:
        def paper(request: HttpRequest, pk: int) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            forum = get_object_or_404(Forum.objects.select_related("round"), pk=pk)
            name = f"dialogforum-{forum.round.year}-{file}.pdf"
            return HttpResponse(make(forum, today()), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})

        return paper


_STANDINGS = {"coming": "registered", "waiting": "waiting", "cancelled": "cancelled"}
