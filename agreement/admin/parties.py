"""The agreement's parties, their sectors, districts and people, in the secretary's office."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from agreement.models import District, Membership, Party, Representative, Sector

if TYPE_CHECKING:
    from django.db.models import QuerySet


@admin.register(Sector)
class SectorAdmin(TranslationAdmin[Sector]):
    """The sectors of civil society, with the days they exist."""

    list_display = ("name", "from_on", "until_on", "successor")
    list_select_related = ("successor",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(District)
class DistrictAdmin(TranslationAdmin[District]):
    """The parts of the city, with the days they exist."""

    list_display = ("name", "from_on", "until_on")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin[Party]):
    """Organisations, umbrellas and bodies of the City."""

    list_display = ("name", "kind", "legal_form", "registration_number", "sector", "district")
    list_filter = ("kind", "legal_form", "sector", "district")
    list_select_related = ("sector", "district")
    search_fields = ("name", "registration_number")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin[Representative]):
    """Who may act for a party. When somebody leaves, write the last day; the row stays."""

    list_display = ("user", "party", "role", "from_on", "until_on")
    list_filter = ("role",)
    list_select_related = ("user", "party")
    search_fields = ("user__email", "user__name", "party__name")

    def has_delete_permission(self, request: HttpRequest, obj: Representative | None = None) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Whom the umbrellas name as their members. One that has denied is neither shown nor counted; the row stays."""

    list_display = ("name", "umbrella", "member", "from_on", "until_on", "denied_at")
    list_filter = (("denied_at", admin.EmptyFieldListFilter),)
    list_select_related = ("umbrella", "member")
    search_fields = ("name", "umbrella__name")
    readonly_fields = ("denied_at",)
    actions = ("affirm",)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    @admin.action(description=_("Medlemmen har sagt att den är medlem ändå"), permissions=["change"])
    def affirm(self, request: HttpRequest, chosen: "QuerySet[Membership]") -> None:
        """Take the denials back."""
        for membership in chosen:
            membership.affirm()
