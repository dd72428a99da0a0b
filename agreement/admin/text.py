"""The agreement's text in the secretary's office. The text of a version that has been in force is for reading."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from agreement.admin import importing
from agreement.models import Commitment, Goal, Principle, Term, Version

if TYPE_CHECKING:
    from django.forms import ModelChoiceField, ModelMultipleChoiceField


class GoalInline(TranslationStackedInline[Any, Version]):
    """The goals of a version."""

    model = Goal
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or obj.may_change)

    def has_change_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.may_change)

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.may_change)


@admin.register(Version)
class VersionAdmin(TranslationAdmin[Version]):
    """The versions of the agreement: a draft may be written, the others are read."""

    list_display = ("name", "status", "adopted_on", "in_force_on", "ended_on")
    list_filter = ("status",)
    search_fields = ("name", "text")
    fields = ("name", "slug", "status", "adopted_on", "adopted_by", "in_force_on", "ended_on", "summary", "vision", "aim", "text")
    readonly_fields = ("status", "in_force_on", "ended_on")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (GoalInline,)

    def has_change_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.may_change)

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.may_change)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Version | None = None) -> dict[str, Any]:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def get_urls(self) -> list[URLPattern]:
        site, name = self.admin_site, "agreement_version"
        return [
            path("las-in/", site.admin_view(partial(importing.read_in, self)), name=f"{name}_read_in"),
            path("mall.md", site.admin_view(require_safe(partial(importing.template, self))), name=f"{name}_template"),
            path("<int:pk>/trader-i-kraft/", site.admin_view(partial(importing.put_in_force, self)), name=f"{name}_put_in_force"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_read_in": importing.may_read_in(request), **(extra_context or {})})


class PartOfVersionAdmin(TranslationAdmin[Any]):
    """A principle or a commitment: it can be written while its version is a draft."""

    list_filter: ClassVar[tuple[str, ...]] = ("version",)
    list_select_related = ("version",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.version.may_change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.version.may_change)

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> "ModelChoiceField[Any] | None":
        """Only a draft can get new parts."""
        if db_field.name == "version":
            kwargs["queryset"] = Version.objects.filter(status=Version.Status.DRAFT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Principle)
class PrincipleAdmin(PartOfVersionAdmin):
    """The principles."""

    list_display = ("number", "name", "version")
    list_display_links = ("number", "name")
    search_fields = ("name", "text")


@admin.register(Commitment)
class CommitmentAdmin(PartOfVersionAdmin):
    """The commitments."""

    list_display = ("number", "title", "owner", "version")
    list_display_links = ("number", "title")
    list_filter = ("version", "owner", "principles")
    search_fields = ("title", "summary", "text")
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        """The principles of the drafts."""
        kwargs["queryset"] = Principle.objects.filter(version__status=Version.Status.DRAFT)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Term)
class TermAdmin(TranslationAdmin[Term]):
    """The glossary."""

    list_display = ("word", "meaning")
    search_fields = ("word", "meaning")
    prepopulated_fields = {"slug": ("word",)}
