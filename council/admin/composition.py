"""The council in the secretary's office. A mandate is ended or voided, never deleted."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from council.admin import board
from council.admin.agenda import StandingItemInline
from council.models import Body, Mandate, Office, OutsideSeat, Person, Seat, SeatGroup, SeatNotice, SeatTaken, WorkingGroup


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
    fields = ("name", "slug", "kind", "parent", "period", "description", "closing_reason", "successors", "holders_are_known")
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    inlines = (SeatGroupInline, StandingItemInline)

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("<int:pk>/platser/", site.admin_view(require_safe(partial(board.board, site))), name="council_body_board"),
            path("<int:pk>/avsluta/", site.admin_view(partial(board.close_body, site)), name="council_body_close"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Body | None = None) -> tuple[str, ...]:
        """A body is closed by the step of that name, so that its seats close with it."""
        return () if obj is None or obj.until_on is None else ("period",)

    def has_delete_permission(self, request: HttpRequest, obj: Body | None = None) -> bool:
        """Never: it is closed instead."""
        return False


@admin.register(SeatGroup)
class SeatGroupAdmin(TranslationAdmin[SeatGroup]):
    """Groups of seats; they can be made with their body as well."""

    list_display = ("name", "body", "side", "number")
    list_filter = ("body", "side")
    list_select_related = ("body",)
    search_fields = ("name", "body__name")

    def get_readonly_fields(self, request: HttpRequest, obj: SeatGroup | None = None) -> tuple[str, ...]:
        """A group stays in its body and on its side."""
        return ("body", "side") if obj else ()


@admin.register(Seat)
class SeatAdmin(TranslationAdmin[Seat]):
    """The seats, with the days they exist."""

    list_display = ("number", "label", "body", "group", "sector", "nominator", "has_substitute", "from_on", "until_on")
    list_display_links = ("number", "label")
    list_filter = ("body", "group__side", "group", "sector")
    list_select_related = ("body", "group", "sector", "nominator")
    search_fields = ("label", "=number", "nominator__name", "sector__name")

    def get_urls(self) -> list[URLPattern]:
        site, urls = self.admin_site, super().get_urls()
        steps = [
            path(f"<int:pk>/{step}/", site.admin_view(partial(board.seat_step, site, step=step)), name=f"council_seat_{name}")
            for name, step in (("pass_on", "gar-over"), ("vacate", "vakant"), ("chair", "ordforande"))
        ]
        return [*steps, *urls]

    def get_readonly_fields(self, request: HttpRequest, obj: Seat | None = None) -> tuple[str, ...]:
        """A seat stays in its body and group."""
        return ("body", "group") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        """Never: it gets a last day."""
        return False


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """People with a place in the council."""

    list_display = ("name", "title", "email", "phone")
    search_fields = ("name", "title", "email")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Mandate)
class MandateAdmin(admin.ModelAdmin[Mandate]):
    """Who holds which seat. Seat, person and role stand once they are saved: only the days may be changed."""

    list_display = ("person", "seat", "role", "from_on", "until_on", "voided_at")
    list_filter = (("voided_at", admin.EmptyFieldListFilter), "role", "seat__body", "seat__group")
    list_select_related = ("person", "seat")
    search_fields = ("person__name", "seat__label", "=seat__number")

    def get_readonly_fields(self, request: HttpRequest, obj: Mandate | None = None) -> tuple[str, ...]:
        return ("seat", "person", "role", "voided_at", "voided_by", "void_reason") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Mandate | None = None) -> tuple[str, ...]:
        void = ("voided_at", "voided_by", "void_reason") if obj and obj.voided_at else ()
        return ("seat", "person", "role", "period", *void)

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [path("<int:pk>/ogiltig/", site.admin_view(partial(board.void, site)), name="council_mandate_void"), *super().get_urls()]

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
        except (SeatTaken, OutsideSeat):  # somebody was quicker than this form: its check sees it now, and says so beside the form
            return super().changeform_view(request, *args, **kwargs)


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin[Office]):
    """Chairs and vice chairs. They are given from the board of a body."""

    list_display = ("mandate", "role", "side", "body", "from_on", "until_on", "voided_at")
    list_filter = ("body", "role", "side")
    list_select_related = ("mandate__person", "body")
    fields = ("body", "mandate", "role", "side", "from_on", "until_on", "voided_at")

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [path("<int:pk>/avsluta/", site.admin_view(partial(board.end_office, site)), name="council_office_end"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Office | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Office | None = None) -> bool:
        return False


@admin.register(WorkingGroup)
class WorkingGroupAdmin(TranslationAdmin[WorkingGroup]):
    """Working groups."""

    list_display = ("name", "body", "convener", "from_on", "until_on")
    list_filter = ("body",)
    list_select_related = ("body", "convener")
    search_fields = ("name", "convener__name")
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def has_delete_permission(self, request: HttpRequest, obj: WorkingGroup | None = None) -> bool:
        """Never: it gets a last day."""
        return False


@admin.register(SeatNotice)
class SeatNoticeAdmin(admin.ModelAdmin[SeatNotice]):
    """Which mails about seats have gone, and to whom."""

    list_display = ("seat", "kind", "due_on", "days", "email", "notified_at")
    list_filter = ("kind", "seat__body")
    list_select_related = ("seat",)
    search_fields = ("email", "seat__label")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SeatNotice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SeatNotice | None = None) -> bool:
        return False
