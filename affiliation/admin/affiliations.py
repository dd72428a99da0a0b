"""The register in the admin. City bodies, and parties from paper lists, are entered here with their own decision."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from affiliation.models import Affiliation


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin[Affiliation]):
    """Who stands behind which version, from when to when. Nothing is deleted: what has ended gets a last day."""

    list_display = ("party", "version", "first_day", "last_day", "meeting", "paragraph")
    list_filter = ("party__kind", "version")
    list_select_related = ("party", "version", "meeting__body")
    search_fields = ("party__name", "party__registration_number")
    autocomplete_fields = ("party",)
    readonly_fields = ("application",)
    ordering = ("party__sort_name",)
    fields = ("party", "version", "period", "decided_by", "decided_on", "decided_paragraph", "meeting", "paragraph", "application")

    @admin.display(description="från och med", ordering="period")
    def first_day(self, affiliation: Affiliation) -> Any:
        """The first day."""
        return affiliation.from_on

    @admin.display(description="till och med")
    def last_day(self, affiliation: Affiliation) -> Any:
        """The last day, if there is one."""
        return affiliation.until_on

    def has_delete_permission(self, request: HttpRequest, obj: Affiliation | None = None) -> bool:
        """Never: end it instead."""
        return False
