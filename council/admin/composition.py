"""The council in the secretary's office. A mandate is ended or voided, never deleted."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from council.admin.agenda import StandingItemInline
from council.models import Body, Mandate, Person, Seat, SeatGroup, SeatTaken


class SeatGroupInline(TranslationStackedInline[SeatGroup, Body]):
    """The groups of a body's seats."""

    model = SeatGroup
    extra = 0


@admin.register(Body)
class BodyAdmin(TranslationAdmin[Body]):
    """The council, and other bodies for cooperation."""

    list_display = ("name", "kind", "parent", "from_on", "until_on")
    list_filter = ("kind",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SeatGroupInline, StandingItemInline)


@admin.register(SeatGroup)
class SeatGroupAdmin(TranslationAdmin[SeatGroup]):
    """Groups of seats; they can be made with their body as well."""

    list_display = ("name", "body", "side", "number")
    list_filter = ("body", "side")
    list_select_related = ("body",)
    search_fields = ("name", "body__name")


@admin.register(Seat)
class SeatAdmin(TranslationAdmin[Seat]):
    """The seats, with the days they exist."""

    list_display = ("number", "label", "body", "group", "sector", "nominator", "has_substitute", "from_on", "until_on")
    list_display_links = ("number", "label")
    list_filter = ("body", "group__side", "group", "sector")
    list_select_related = ("body", "group", "sector", "nominator")
    search_fields = ("label", "=number", "nominator__name", "sector__name")


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """People with a place in the council."""

    list_display = ("name", "title")
    search_fields = ("name", "title")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Mandate)
class MandateAdmin(admin.ModelAdmin[Mandate]):
    """Who holds which seat. Seat, person and role stand once they are saved: only the days may be changed."""

    list_display = ("person", "seat", "role", "from_on", "until_on", "voided_at")
    list_filter = (("voided_at", admin.EmptyFieldListFilter), "role", "seat__body", "seat__group")
    list_select_related = ("person", "seat")
    search_fields = ("person__name", "seat__label", "=seat__number")
    fields = ("seat", "person", "role", "period")
    actions = ("void",)

    def get_readonly_fields(self, request: HttpRequest, obj: Mandate | None = None) -> tuple[str, ...]:
        return ("seat", "person", "role", "voided_at") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Mandate | None = None) -> tuple[str, ...]:
        return ("seat", "person", "role", "period", *(["voided_at"] if obj else []))

    def has_delete_permission(self, request: HttpRequest, obj: Mandate | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mandate | None = None) -> bool:
        """A void mandate stays as it is."""
        return super().has_change_permission(request, obj) and (obj is None or obj.voided_at is None)

    def save_model(self, request: HttpRequest, obj: Mandate, form: Any, change: bool) -> None:
        obj.take_effect()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except SeatTaken:  # by somebody who was quicker than this form: its check sees them now, and says so beside the form
            return super().changeform_view(request, *args, **kwargs)

    @admin.action(description=_("Ogiltigförklara valda mandat"), permissions=["change"])
    def void(self, request: HttpRequest, mandates: QuerySet[Mandate]) -> None:
        """The mandates were a mistake: they never held."""
        for mandate in mandates:
            mandate.void()
        told = ngettext("%(count)d mandat är ogiltigförklarat.", "%(count)d mandat är ogiltigförklarade.", len(mandates))
        self.message_user(request, told % {"count": len(mandates)})
