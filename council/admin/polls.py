"""Finding a time in the admin: proposing times, asking the members, and one press that makes the meeting."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from council.models import TimeOption, TimePoll
from council.models.polls import CanCome
from idekom.lib.office import take

MOMENT = {"type": "datetime-local"}  # one input with one label, unlike the admin's own two
MOMENTS: dict[Any, dict[str, Any]] = {DateTimeField: {"form_class": forms.DateTimeField, "widget": forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M")}}


class TimeOptionInline(admin.StackedInline[TimeOption, TimePoll]):
    """The times, as long as nobody has been asked. Whoever may change the poll may change them."""

    model = TimeOption
    extra = 3
    fields = ("starts_at", "ends_at")
    formfield_overrides = MOMENTS

    def get_extra(self, request: HttpRequest, obj: TimePoll | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.options.exists() else self.extra

    def has_add_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        return request.user.has_perm("council.change_timepoll")

    def has_delete_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        return request.user.has_perm("council.view_timepoll")


@admin.register(TimePoll)
class TimePollAdmin(admin.ModelAdmin[TimePoll]):
    """Questions to a body's members: which of some times suits you?"""

    list_display = ("title", "body", "closes_on", "status", "meeting")
    list_filter = ("status", "body")
    list_select_related = ("body", "meeting__body")
    search_fields = ("title", "body__name")
    fields = ("body", "title", "place", "closes_on")
    inlines = (TimeOptionInline,)

    def has_delete_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        """Never: people have answered it. It can be cancelled."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TimePoll | None = None) -> bool:
        """What has ended stays as it is."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status in {TimePoll.Status.DRAFT, TimePoll.Status.OPEN})

    def get_inlines(self, request: HttpRequest, obj: TimePoll | None) -> tuple[type[TimeOptionInline], ...]:
        """The times can be changed until they are asked about; then they stand in the table of answers."""
        return self.inlines if obj is None or obj.status == TimePoll.Status.DRAFT else ()

    def get_readonly_fields(self, request: HttpRequest, obj: TimePoll | None = None) -> tuple[str, ...]:
        return ("body", "title") if obj and obj.status != TimePoll.Status.DRAFT else ()

    def get_urls(self) -> list[URLPattern]:
        def verb(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/oppna/", verb(self.open), name="council_timepoll_open"),
            path("<int:pk>/valj/<int:option>/", verb(self.choose), name="council_timepoll_choose"),
            path("<int:pk>/avbryt/", verb(self.cancel), name="council_timepoll_cancel"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The poll, and what has been answered."""
        poll = self.get_object(request, object_id)
        found = {**_answers(poll), "may_act": self.has_change_permission(request, poll)} if poll else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the members."""
        return self._do(request, pk, lambda poll: poll.open(by=request.user), _("Frågan är öppen. Ledamöterna får ett mejl."))  # type: ignore[arg-type]

    def choose(self, request: HttpRequest, pk: int, option: int) -> HttpResponse:
        """Make the meeting of this time."""
        wanted = get_object_or_404(TimeOption, pk=option, poll=pk)
        done = _("Mötet är skapat, med sin dagordning. De som tillfrågades får ett mejl om tiden.")
        return self._do(request, pk, lambda poll: poll.choose(wanted, by=request.user), done)  # type: ignore[arg-type]

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nothing comes of it."""
        return self._do(request, pk, lambda poll: poll.cancel(by=request.user), _("Frågan är avbruten."))  # type: ignore[arg-type]

    def _do(self, request: HttpRequest, pk: int, step: Callable[[TimePoll], object], done: Any) -> HttpResponse:
        if not request.user.has_perm("council.change_timepoll"):
            raise PermissionDenied
        poll = get_object_or_404(TimePoll, pk=pk)
        take(request, lambda: step(poll), done)
        return redirect("admin:council_timepoll_change", pk)


def _answers(poll: TimePoll) -> dict[str, Any]:
    """The table: each member, and what they say about each time."""
    options = list(poll.options.with_counts())
    asked = list(poll.asked.select_related("person__user").prefetch_related("answers"))
    labels = dict(CanCome.choices)
    rows = [(one, [labels.get(one.chosen.get(option.pk, ""), "") for option in options]) for one in asked]
    return {"poll": poll, "options": options, "asked": asked, "rows": rows, "answered": sum(bool(one.answered_at) for one in asked)}
