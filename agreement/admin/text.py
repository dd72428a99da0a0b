"""The agreement's text in the secretary's office. The text of a version that has been in force is for reading."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.db.models import ForeignKey, ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from agreement.admin import importing
from agreement.models import Commitment, Goal, Principle, Term, Version

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> "Sequence[str]":  # type: ignore[override]
        """A part stays in the version that it was written for."""
        return ("version",) if obj else ()

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


class CommitmentForm(ModelForm[Commitment]):
    """A commitment, with the principles of its own version to choose among."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (principles := self.fields.get("principles")) is not None:
            own = {"version": self.instance.version} if self.instance.pk else {"version__status": Version.Status.DRAFT}
            offered = cast("ModelMultipleChoiceField[Any]", principles)
            offered.queryset = Principle.objects.filter(**own).select_related("version")
            if not self.instance.pk:
                offered.label_from_instance = lambda obj: f"{obj.name} ({obj.version})"  # type: ignore[method-assign]  # as Django's documents do

    def clean(self) -> dict[str, Any]:
        """A new commitment says its version and its principles at once: they go together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        version = self.instance.version if self.instance.pk else cleaned.get("version")
        if version and any(one.version_id != version.pk for one in cleaned.get("principles") or ()):
            self.add_error("principles", _("Välj bara principer ur samma version som åtagandet."))
        return cleaned


@admin.register(Commitment)
class CommitmentAdmin(PartOfVersionAdmin):
    """The commitments."""

    list_display = ("number", "title", "owner", "version")
    list_display_links = ("number", "title")
    form = CommitmentForm
    list_filter = ("version", "owner", "principles")
    search_fields = ("title", "summary", "text")
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


@admin.register(Term)
class TermAdmin(TranslationAdmin[Term]):
    """The glossary."""

    list_display = ("word", "meaning")
    search_fields = ("word", "meaning")
    prepopulated_fields = {"slug": ("word",)}
