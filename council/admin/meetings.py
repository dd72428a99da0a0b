"""The meetings, in the secretary's office."""

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField

from council.models import Meeting

MOMENT = {"type": "datetime-local"}
"""One input with one label; the admin's own pair has none."""


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin[Meeting]):
    """When the council meets."""

    list_display = ("starts_at", "ends_at", "body", "place")
    list_filter = ("body", "starts_at")
    list_select_related = ("body",)
    search_fields = ("place", "body__name")
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M")}}
    date_hierarchy = "starts_at"
