"""The register in the admin. City bodies, and parties from paper lists, are entered here with their own decision."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.admin import addressing, imports
from affiliation.admin.filters import LeavingFilter, UnconfirmedFilter
from affiliation.forms.office import LeaveForm
from affiliation.models import Affiliation
from agreement.models import Party
from idekom.lib.dated import today

if TYPE_CHECKING:
    from django.forms import ModelChoiceField


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin[Affiliation]):
    """Who stands behind which version, from when to when. Nothing is deleted: what has ended gets a last day."""

    list_display = ("party", "version", "first_day", "last_day", "decided")
    list_filter = (LeavingFilter, UnconfirmedFilter, "party__kind", "version")
    list_select_related = ("party", "version", "meeting__body")
    list_per_page = 100
    search_fields = ("party__name", "party__registration_number")
    readonly_fields = ("application",)
    ordering = ("party__sort_name",)
    fields = (
        "party",
        "version",
        "period",
        "decided_by",
        "decided_on",
        "decided_paragraph",
        "idekom_decided_on",
        "is_delegated",
        "meeting",
        "paragraph",
        "application",
    )

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"affiliation_affiliation_{name}")

        return [
            page("las-in/", partial(imports.check, self), "import"),
            page("las-in/infor/", partial(imports.confirm, self), "import_confirm"),
            page("forslag/<int:pk>/", partial(addressing.address, self), "address"),
            page("<int:pk>/lamnar/", self.leave, "leave"),
            page("<int:pk>/stannar/", self.stay, "stay"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with a way to read a file in for those who may."""
        return super().changelist_view(request, {"may_import": imports.may_import(request), **(extra_context or {})})

    @admin.display(description=gettext_lazy("från och med"), ordering="period")
    def first_day(self, affiliation: Affiliation) -> date:
        """The first day."""
        return affiliation.from_on

    @admin.display(description=gettext_lazy("sista dag"))
    def last_day(self, affiliation: Affiliation) -> date | None:
        """The last day, if there is one."""
        return affiliation.until_on

    @admin.display(description=gettext_lazy("Idékoms beslut"), ordering="idekom_decided_on")
    def decided(self, affiliation: Affiliation) -> str:
        """As it is cited."""
        return str(affiliation.decision or "")

    def get_readonly_fields(self, request: HttpRequest, obj: Affiliation | None = None) -> tuple[str, ...]:
        """Once made, an affiliation is its party's for good."""
        return ("party", "application") if obj else ("application",)

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> "ModelChoiceField[Any] | None":
        """Those who are not affiliated today can be."""
        if db_field.name == "party":
            kwargs["queryset"] = Party.objects.exclude(affiliations__in=Affiliation.objects.on(today()))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Affiliation | None = None) -> bool:
        """Never: end it instead."""
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The form, with how the affiliation stands and what has happened to it."""
        affiliation = self.get_object(request, object_id)
        if affiliation is None:
            return super().change_view(request, object_id, form_url, extra_context)
        ended = affiliation.until_on is not None and affiliation.until_on < today()
        context = {
            "affiliation": affiliation,
            "is_current": not ended,
            "may_change": self.has_change_permission(request, affiliation),
            "happened": affiliation.events.select_related("actor").order_by("-at", "-pk"),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def leave(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Register that the party leaves, and its last day."""
        affiliation = self._to_change(request, pk)
        form = LeaveForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                affiliation.leave(by=request.user, last_day=form.cleaned_data["last_day"])  # type: ignore[arg-type]
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, _("Det är registrerat att parten lämnar."))
            return redirect("admin:affiliation_affiliation_change", pk)
        context = {"opts": self.opts, "title": _("Parten lämnar"), "affiliation": affiliation, "form": form}
        return TemplateResponse(request, "admin/affiliation/affiliation/leave.html", self.admin_site.each_context(request) | context)

    def stay(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The party takes its leaving back."""
        affiliation = self._to_change(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            affiliation.stay(by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Parten är kvar."))
        return redirect("admin:affiliation_affiliation_change", pk)

    def _to_change(self, request: HttpRequest, pk: int) -> Affiliation:
        affiliation: Affiliation = get_object_or_404(Affiliation.objects.select_related("party"), pk=pk)
        if not self.has_change_permission(request, affiliation):
            raise PermissionDenied
        return affiliation
