"""The inbox: what has been sent in, the oldest first, and a case page that shows all that a decision needs."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from stdnum.se import orgnr

from affiliation.admin import batch, steps
from affiliation.models import Application
from affiliation.models.answers import FILES
from affiliation.models.duplicates import duplicates
from affiliation.models.sections import FILE_NAMES
from affiliation.models.status import OPEN
from idekom.lib.dated import today
from idekom.lib.downloads import as_download


class WhoseTurn(admin.SimpleListFilter):
    """The open cases unless one asks for others."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("oppna", _("Öppna")), ("avslutade", _("Avslutade")), ("alla", _("Alla"))]

    def choices(self, changelist: Any) -> Any:
        """The same, without Django's own "all"."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or "oppna") == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The cases."""
        if self.value() == "alla":
            return queryset
        return queryset.exclude(status__in=OPEN) if self.value() == "avslutade" else queryset.filter(status__in=OPEN)


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin[Application]):
    """Applications. The answers are the applicant's: they are read here, never changed."""

    list_display = ("number", "name", "age", "status_tag", "kind", "sector", "contact_name")
    list_display_links = ("number", "name")
    list_filter = (WhoseTurn, "kind", "sector")
    list_select_related = ("sector",)
    search_fields = ("number", "name", "registration_number", "contact_name", "contact_email")
    ordering = ("submitted_at", "pk")
    actions = ("decide_selected",)
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return Application.objects.visible_to_staff()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Organisations apply on the website."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        """Never: a case is a public record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(lambda request, **kwargs: view(self, request, **kwargs))

        return [
            path("besluta/", page(batch.decide), name="affiliation_application_decide"),
            path("besluta/klart/", page(batch.decided), name="affiliation_application_decided"),
            path("<int:pk>/filer/<slug:name>/", page(ApplicationAdmin.file), name="affiliation_application_file"),
            path("<int:pk>/steg/<slug:verb>/", page(steps.prepare), name="affiliation_application_step"),
            path("<int:pk>/steg/<slug:verb>/klart/", page(steps.take), name="affiliation_application_take"),
            *super().get_urls(),
        ]

    @admin.display(description=_("väntat"), ordering="submitted_at")
    def age(self, case: Application) -> str:
        """How long it has been here, in days."""
        days = (today() - case.submitted_at.date()).days if case.submitted_at else 0
        return ngettext("%(days)d dag", "%(days)d dagar", days) % {"days": days}

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, case: Application) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', case.tone, case.get_status_display().capitalize())

    @admin.action(description=_("Besluta valda ansökningar"), permissions=["change"])
    def decide_selected(self, request: HttpRequest, chosen: QuerySet[Application]) -> HttpResponse:
        """Go to the page where several are decided at once."""
        ids = ",".join(str(pk) for pk in chosen.values_list("pk", flat=True)[: batch.MOST])
        return redirect(reverse("admin:affiliation_application_decide") + f"?ids={ids}")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The case page."""
        case = self.get_object(request, unquote(object_id))
        if case is None:
            raise Http404
        if not self.has_view_or_change_permission(request, case):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(case),
            "case": case,
            "sections": case.answers(),
            "number_is_valid": orgnr.is_valid(case.registration_number),
            "duplicates": duplicates(case),
            "files": [(FILE_NAMES[name], name) for name in FILES if getattr(case, name)],
            "party": case.affiliation.party if hasattr(case, "affiliation") else None,
            "events": case.events.select_related("actor").order_by("-at", "-pk"),
            "steps": [step for step in steps.STEPS.values() if case.may(step.verb)] if self.has_change_permission(request, case) else [],
        }
        return TemplateResponse(request, "admin/affiliation/application/case.html", context)

    def file(self, request: HttpRequest, pk: int, name: str) -> FileResponse:
        """An uploaded PDF, to be saved and never shown as a page of ours."""
        case = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_or_change_permission(request, case):
            raise PermissionDenied
        kept = getattr(case, name) if name in FILES else None
        if not kept:
            raise Http404
        return as_download(kept, f"{case.number}-{FILE_NAMES[name]}")
