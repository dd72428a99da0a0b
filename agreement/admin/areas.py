"""The areas of the action plans in the secretary's office, and the commitments in each."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from agreement.models import CommitmentArea, Placement


class PlacementInline(admin.StackedInline[Placement, CommitmentArea]):
    """The commitments of an area, and from when to when."""

    model = Placement
    extra = 0
    fields = ("commitment", "period")


@admin.register(CommitmentArea)
class CommitmentAreaAdmin(TranslationAdmin[CommitmentArea]):
    """The areas, with dates: one that no longer holds gets a last day."""

    list_display = ("number", "name", "from_on", "until_on", "source")
    list_display_links = ("number", "name")
    search_fields = ("name", "source")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (PlacementInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what has been grouped so stays so."""
        return False
