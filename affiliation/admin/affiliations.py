"""The register in the admin. City bodies, and parties from paper lists, are entered here with their own decision."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from affiliation.admin import imports
from affiliation.models import Affiliation
from agreement.models import Party
from idekom.lib.dated import today

if TYPE_CHECKING:
    from django.forms import ModelChoiceField


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin[Affiliation]):
    """Who stands behind which version, from when to when. Nothing is deleted: what has ended gets a last day."""

    list_display = ("party", "version", "first_day", "last_day", "meeting", "paragraph")
    list_filter = ("party__kind", "version")
    list_select_related = ("party", "version", "meeting__body")
    search_fields = ("party__name", "party__registration_number")
    readonly_fields = ("application",)
    ordering = ("party__sort_name",)
    fields = ("party", "version", "period", "decided_by", "decided_on", "decided_paragraph", "meeting", "paragraph", "application")

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(lambda request: view(self, request))

        return [
            path("las-in/", page(imports.check), name="affiliation_affiliation_import"),
            path("las-in/infor/", page(imports.confirm), name="affiliation_affiliation_import_confirm"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with a way to read a file in for those who may."""
        return super().changelist_view(request, {"may_import": imports.may_import(request), **(extra_context or {})})

    @admin.display(description=_("från och med"), ordering="period")
    def first_day(self, affiliation: Affiliation) -> Any:
        """The first day."""
        return affiliation.from_on

    @admin.display(description=_("till och med"))
    def last_day(self, affiliation: Affiliation) -> Any:
        """The last day, if there is one."""
        return affiliation.until_on

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
