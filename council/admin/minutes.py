"""Minutes in the secretary's office: drawn from the meeting, put in words, sent to the adjusters, added to when they stand."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreement.models import Side
from council import minutes as drawing
from council.forms.minutes import AddendumForm, AdjustersForm, ProseForm, ReasonForm
from council.models import Meeting, Minutes
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@admin.register(Minutes)
class MinutesAdmin(admin.ModelAdmin[Minutes]):
    """Minutes. They are begun from the meeting's page, and change through the page's own buttons alone."""

    list_display = ("meeting", "status", "adjusted_at")
    list_filter = ("status", "meeting__body")
    list_select_related = ("meeting__body",)
    date_hierarchy = "meeting__starts_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are begun from a meeting."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Minutes | None = None) -> bool:
        """Never."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        name = "council_minutes"
        return [
            path("mote/<int:meeting>/borja/", page(require_POST(self.begin)), name=f"{name}_begin"),
            path("<int:pk>/skriv/", page(require_POST(self.write)), name=f"{name}_write"),
            path("<int:pk>/justerare/", page(require_POST(self.adjusters)), name=f"{name}_adjusters"),
            path("<int:pk>/skicka/", page(require_POST(self.send)), name=f"{name}_send"),
            path("<int:pk>/ta-tillbaka/", page(require_POST(self.take_back)), name=f"{name}_take_back"),
            path("<int:pk>/tillagg/", page(require_POST(self.add)), name=f"{name}_addendum"),
            path("<int:pk>/protokoll.pdf", page(require_safe(self.file)), name=f"{name}_file"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The minutes with everything that can be done to them now."""
        minutes = self.get_object(request, object_id)
        if minutes is None:
            raise Http404
        if not self.has_view_or_change_permission(request, minutes):
            raise PermissionDenied
        return self._page(request, minutes)

    def begin(self, request: HttpRequest, meeting: int) -> HttpResponse:
        """Draw up the minutes of a meeting; those that there are, if there are any."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Meeting.objects.standing(), pk=meeting)
        return redirect("admin:council_minutes_change", Minutes.objects.begin(found).pk)

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down the prose."""
        minutes = self._changed(request, pk)
        form = ProseForm(minutes, request.POST)
        if not form.is_valid():
            return self._page(request, minutes, prose=form)
        return self._done(request, pk, form.save, _("Texten är sparad."))

    def adjusters(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose who is to adjust the minutes."""
        minutes = self._changed(request, pk)
        form = AdjustersForm(minutes.meeting, request.POST)
        if not form.is_valid():
            return self._page(request, minutes, adjusters_form=form)
        return self._done(request, pk, lambda: minutes.choose_adjusters(form.chosen()), _("Justerarna är valda."))

    def send(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the minutes to the adjusters."""
        minutes = self._changed(request, pk)
        return self._done(request, pk, lambda: drawing.send(minutes, by=signed_in(request)), _("Justerarna får ett mejl."))

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the minutes back from the adjusters, to mend something."""
        minutes, form = self._changed(request, pk), ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(request, minutes, reason_form=form)
        told = _("Protokollet är ett utkast igen. Justerarna får ett mejl.")
        return self._done(request, pk, lambda: minutes.take_back(by=signed_in(request), note=form.cleaned_data["note"]), told)

    def add(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write an addendum."""
        minutes, form = self._changed(request, pk), AddendumForm(request.POST)
        if not form.is_valid():
            return self._page(request, minutes, addendum_form=form)
        told = form.cleaned_data
        return self._done(
            request,
            pk,
            lambda: minutes.add(told["words"], by=signed_in(request), is_internal=told["is_internal"]),
            _("Tillägget står nu i protokollet."),
        )

    def file(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        """The file with everything in it; before the minutes are adjusted, a draft marked as such."""
        minutes = get_object_or_404(Minutes.objects.select_related("meeting__body"), pk=pk)
        if not self.has_view_or_change_permission(request, minutes):
            raise PermissionDenied
        name = f"protokoll-{minutes.meeting.on}-internt.pdf"
        if minutes.sha256 and minutes.file.exists():
            return FileResponse(minutes.file.open("rb"), filename=name, content_type="application/pdf")
        return HttpResponse(drawing.draft(minutes), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})

    def _changed(self, request: HttpRequest, pk: int) -> Minutes:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Minutes.objects.select_related("meeting__body"), pk=pk)

    def _done(self, request: HttpRequest, pk: int, verb: Callable[[], object], told: str) -> HttpResponse:
        take(request, verb, told)
        return redirect("admin:council_minutes_change", pk)

    def _page(self, request: HttpRequest, minutes: Minutes, **given: forms.BaseForm) -> HttpResponse:
        adjusters = list(minutes.adjusters.select_related("person"))
        chosen = {side.value: [one.person_id for one in adjusters if one.side == side] for side in Side}
        is_draft = minutes.status == Minutes.Status.DRAFT
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(minutes),
            "minutes": minutes,
            "meeting": minutes.meeting,
            "public_url": minutes.meeting.address("minutes"),
            "may_act": self.has_change_permission(request, minutes),
            "adjusters": adjusters,
            "unfinished": drawing.unfinished(minutes.meeting) if is_draft else [],
            "prose": given.get("prose") or (ProseForm(minutes) if is_draft else None),
            "adjusters_form": given.get("adjusters_form") or (AdjustersForm(minutes.meeting, initial=chosen) if is_draft else None),
            "reason_form": given.get("reason_form") or ReasonForm(),
            "addendum_form": given.get("addendum_form") or AddendumForm(),
            "addenda": minutes.addenda.select_related("by"),
            "document": drawing.of_meeting(minutes.meeting, note=minutes.note) if is_draft else minutes.document,
            "events": minutes.events.select_related("actor").order_by("-at", "-pk"),
        }
        return TemplateResponse(request, "admin/council/minutes/minutes.html", context)
