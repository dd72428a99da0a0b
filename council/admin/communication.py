"""The communication plan in the secretary's office."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from council.models import Communication
from council.models.communication import CommunicationQuerySet
from idekom.lib.dated import today


class Standing(admin.SimpleListFilter):
    """How far a row has come."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("kvar", _("Kvar att göra")), ("sena", _("Försenade")), ("gjorda", _("Gjorda"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Communication]) -> QuerySet[Communication]:
        """The rows."""
        if self.value() == "sena":
            return queryset.filter(done_on=None, due_on__lt=today())
        return queryset.filter(done_on__isnull=self.value() == "kvar") if self.value() in {"kvar", "gjorda"} else queryset


@admin.register(Communication)
class CommunicationAdmin(admin.ModelAdmin[Communication]):
    """To whom, why, what, how, by whom and when."""

    list_display = ("audience", "content", "channel", "who", "due_on", "standing")
    list_filter = (Standing,)
    search_fields = ("audience", "purpose", "content", "who")
    actions = ("finish",)

    def has_delete_permission(self, request: HttpRequest, obj: Communication | None = None) -> bool:
        return False

    @admin.display(description=_("läge"), ordering="done_on")
    def standing(self, row: Communication) -> str:
        """How far it has come, in words."""
        label, tone = (_("Försenad"), "bad") if row.is_overdue else (_("Kvar"), "waiting") if row.done_on is None else (_("Gjord"), "good")
        return format_html('<span class="tag tag--{}">{}</span>', tone, label)

    @admin.action(description=_("Ange att raderna är gjorda i dag"), permissions=["change"])
    def finish(self, request: HttpRequest, chosen: CommunicationQuerySet) -> None:
        """Note what is done."""
        number = chosen.finish(today())
        messages.success(request, ngettext("%(number)d rad är gjord.", "%(number)d rader är gjorda.", number) % {"number": number})
