"""Compilations in the admin: how far the book has come, why it failed, where it is, and whether everybody sees it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from followup.models import Compilation
from followup.models.compilations import MAX_ATTEMPTS
from idekom.lib.forms import PortalForm
from idekom.lib.office import take

REFRESH = 2
"""Seconds between looks at one that runs; sent as a header, so no script is needed."""


class TakeBackForm(PortalForm):
    """Why an edition is taken back."""

    reason = forms.CharField(
        label=_("Varför tas utgåvan tillbaka?"),
        help_text=_("Skälet sparas här för kansliet. Det visas inte på webben."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv varför utgåvan tas tillbaka."),
            "max_length": _("Korta skälet till högst %(limit_value)d tecken. Nu är det %(show_value)d."),
        },
    )


@admin.register(Compilation)
class CompilationAdmin(admin.ModelAdmin[Compilation]):
    """Jobs and the editions that they ended in. A round's button asks for a new one; here it is cancelled, shown and taken back."""

    list_display = ("round", "revision", "status", "step", "progress", "queued_at", "published_at")
    list_display_links = ("round", "revision")
    list_filter = ("status", "round")
    list_select_related = ("round",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Compilation]:
        return super().get_queryset(request).defer("snapshot")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Asked for on the round's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Compilation | None = None) -> bool:
        """The job writes itself."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Compilation | None = None) -> bool:
        """Never: what has been published stays known."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def verb(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/avbryt/", verb(self.cancel), name="followup_compilation_cancel"),
            path("<int:pk>/publicera/", verb(self.publish), name="followup_compilation_publish"),
            path("<int:pk>/ta-tillbaka/", verb(self.unpublish), name="followup_compilation_unpublish"),
            path("<int:pk>/boken.pdf", self.admin_site.admin_view(require_safe(self.file)), name="followup_compilation_file"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """How it goes; looks again by itself while it runs."""
        compilation = self.get_object(request, unquote(object_id))
        if compilation is None:
            raise Http404
        if not self.has_view_permission(request, compilation):
            raise PermissionDenied
        return self._page(request, compilation, TakeBackForm())

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have no book made."""
        compilation = self._changed(request, pk)
        return self._done(request, pk, lambda: compilation.cancel(by=request.user), _("Sammanställningen är avbruten. Ingen bok görs."))  # type: ignore[arg-type]

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the edition to everybody."""
        compilation = self._changed(request, pk)
        return self._done(request, pk, lambda: compilation.publish(by=request.user), _("Utgåvan är publicerad."))  # type: ignore[arg-type]

    def unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the edition back, and say why."""
        compilation, form = self._changed(request, pk), TakeBackForm(request.POST)
        if not form.is_valid():
            return self._page(request, compilation, form)
        reason = form.cleaned_data["reason"]
        done = _("Utgåvan är tillbakatagen. Den syns bara här.")
        return self._done(request, pk, lambda: compilation.unpublish(by=request.user, reason=reason), done)  # type: ignore[arg-type]

    def file(self, request: HttpRequest, pk: int) -> FileResponse:
        """The book of any edition that was made, for the office alone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        compilation = get_object_or_404(Compilation.objects.made().defer("snapshot").select_related("round"), pk=pk)
        if not compilation.has_file:
            raise Http404
        return FileResponse(compilation.file.open("rb"), content_type="application/pdf", filename=compilation.file_name("pdf", tells_edition=True))

    def _done(self, request: HttpRequest, pk: int, verb: Callable[[], None], done: str | Promise) -> HttpResponse:
        take(request, verb, str(done))
        return redirect("admin:followup_compilation_change", pk)

    def _page(self, request: HttpRequest, compilation: Compilation, form: TakeBackForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(compilation),
            "compilation": compilation,
            "most_attempts": MAX_ATTEMPTS,
            "events": compilation.events.select_related("actor"),
            "editions": Compilation.objects.filter(round=compilation.round_id).order_by("-revision").defer("snapshot"),
            "may_act": self._may(request),
            "form": form,
        }
        response = TemplateResponse(request, "admin/followup/compilation/compilation.html", context)
        if compilation.is_under_way:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def _changed(self, request: HttpRequest, pk: int) -> Compilation:
        if not self._may(request):
            raise PermissionDenied
        return get_object_or_404(Compilation.objects.defer("snapshot").select_related("round"), pk=pk)

    @staticmethod
    def _may(request: HttpRequest) -> bool:
        """The rows are not for writing in, but those who may change follow-ups decide what is shown."""
        return request.user.has_perm("followup.change_compilation")
