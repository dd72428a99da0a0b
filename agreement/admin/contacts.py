"""Whom to talk to in the City, in the secretary's office: what is told is checked once a year."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from agreement.models import Contact, Topic
from agreement.models.contacts import ContactQuerySet
from idekom.lib.dated import today


class Checked(admin.SimpleListFilter):
    """Whether somebody has checked it within a year."""

    title = _("kontrollerade")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("att-kontrollera", _("Att kontrollera"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contact]) -> QuerySet[Contact]:
        """The contacts."""
        if self.value() == "att-kontrollera":
            return queryset & Contact.objects.unchecked(today())
        return queryset


@admin.register(Topic)
class TopicAdmin(TranslationAdmin[Topic]):
    """The subjects that people have questions about."""

    list_display = ("name", "words")
    search_fields = ("name", "words")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin[Contact]):
    """Functions in the City. One that has gone gets a last day; the row stays."""

    list_display = ("function", "party", "email", "phone", "checked_on", "until_on")
    list_filter = (Checked, "topics", "districts")
    list_select_related = ("party",)
    search_fields = ("function", "helps_with", "party__name")
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    actions = ("mark_checked",)

    def has_delete_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        return False

    @admin.action(description=_("Uppgifterna stämmer: kontrollerade i dag"), permissions=["change"])
    def mark_checked(self, request: HttpRequest, chosen: ContactQuerySet) -> None:
        """Note that they are right."""
        number = chosen.check(today())
        told = ngettext("%(number)d kontakt är kontrollerad i dag.", "%(number)d kontakter är kontrollerade i dag.", number)
        messages.success(request, told % {"number": number})
