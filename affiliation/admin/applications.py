"""The inbox: what has been sent in, the oldest first."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from affiliation.admin import batch, cases, handover, paper, steps
from affiliation.admin.filters import AgeFilter, HandlerFilter, SectorFilter, StatusFilter, WhoseTurn
from affiliation.models import Application
from agreement.models import Party
from council.models import Meeting
from idekom.lib.dated import today


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin[Application]):
    """Applications. The answers are the applicant's: they are read here, never changed."""

    list_display = ("number", "name", "age", "status_tag", "kind_in_words", "sector", "handled_by")
    list_display_links = ("number", "name")
    list_filter = (WhoseTurn, StatusFilter, AgeFilter, HandlerFilter, ("sector", SectorFilter), "kind", "source")
    list_select_related = ("sector", "handler")
    search_fields = ("number", "name", "registration_number", "registry_number", "contact_name", "contact_email")
    ordering = ("submitted_at", "pk")
    actions = ("decide_selected", "hand_over_selected")
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return Application.objects.visible_to_staff()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Organisations apply on the website; what they send on paper has its own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        """Never: a case is a public record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponseBase], name: str, *, is_read: bool = False) -> URLPattern:
            def own(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
                return view(self, request, **kwargs)

            wrapped = self.admin_site.admin_view(require_safe(own) if is_read else own)
            return path(address, wrapped, name=f"affiliation_application_{name}")

        return [
            page("besluta/", batch.decide, "decide"),
            page("besluta/fatta/", batch.take, "decide_take"),
            page("besluta/klart/", batch.decided, "decided", is_read=True),
            page("overlamning/", handover.hand_over, "hand_over"),
            page("pappersansokan/", paper.register, "paper"),
            page("<int:pk>/filer/<slug:name>/", cases.file, "file", is_read=True),
            page("<int:pk>/anteckning/", cases.note, "note"),
            page("<int:pk>/diarienummer/", cases.registry, "registry"),
            page("<int:pk>/handlaggare/", cases.assign, "assign"),
            page("<int:pk>/steg/<slug:verb>/", steps.prepare, "step"),
            page("<int:pk>/steg/<slug:verb>/klart/", steps.take, "take"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """One of the office's own pages."""
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/affiliation/application/{name}.html", everywhere | context)

    @admin.display(description=_("väntat"), ordering="submitted_at")
    def age(self, case: Application) -> str:
        """How long it has been here, in days."""
        days = (today() - timezone.localdate(case.submitted_at)).days if case.submitted_at else 0
        return ngettext("%(days)d dag", "%(days)d dagar", days) % {"days": days}

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, case: Application) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', case.tone, capfirst(case.get_status_display()))

    @admin.display(description=_("slag"), ordering="kind")
    def kind_in_words(self, case: Application) -> str:
        """The kind of organisation, in one word."""
        return str(_("Paraply") if case.kind == Party.Kind.UMBRELLA else _("Enskild"))

    @admin.display(description=_("handläggare"), ordering="handler__name")
    def handled_by(self, case: Application) -> Any:
        """Whose it is."""
        return case.handler or _("ingen")

    @admin.action(description=_("Besluta om valda ärenden"), permissions=["change"])
    def decide_selected(self, request: HttpRequest, chosen: QuerySet[Application]) -> HttpResponse:
        """Go to the page where several are decided at once."""
        return redirect(f"{reverse('admin:affiliation_application_decide')}?{batch.ids_of(chosen)}")

    @admin.action(description=_("Lämna över valda ärenden"), permissions=["change"])
    def hand_over_selected(self, request: HttpRequest, chosen: QuerySet[Application]) -> HttpResponse:
        """Go to the page where a colleague is chosen."""
        return redirect(f"{reverse('admin:affiliation_application_hand_over')}?{batch.ids_of(chosen)}")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The inbox, with the ways to decide on a whole agenda."""
        on_agenda = Count("applications", filter=Q(applications__status=Application.Status.ON_AGENDA))
        agendas = Meeting.objects.annotate(cases=on_agenda).filter(cases__gt=0).select_related("body").order_by("starts_at")
        context = {"agendas": agendas, "may_change": self.has_change_permission(request), "title": _("Ansökningar")}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The case page."""
        case = self.get_object(request, unquote(object_id))
        if case is None:
            raise Http404
        if not self.has_view_or_change_permission(request, case):
            raise PermissionDenied
        return cases.show(self, request, case)
