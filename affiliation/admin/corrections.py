"""Suggested corrections: an inbox, and a page with what the entry says beside what it should say."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from affiliation.forms.corrections import AnswerForm
from affiliation.models import Correction
from idekom.lib.history import WrongStatus
from idekom.lib.office import OpenFirst


class Waiting(OpenFirst):
    """The open ones, unless one asks for others."""

    STATUS = Correction.Status.OPEN
    CHOICES: ClassVar = [("oppna", _("Öppna")), ("avslutade", _("Avslutade")), ("alla", _("Alla"))]


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin[Correction]):
    """Suggested corrections. They are others' words: read here, put in or not, never changed."""

    list_display = ("party", "field", "short", "suggested_at", "status_tag")
    list_filter = (Waiting, "field")
    list_select_related = ("party",)
    search_fields = ("party__name", "value", "email")
    ordering = ("suggested_at", "pk")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are suggested on the party's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Never: what was suggested and what became of it is kept."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(verb: Callable[..., None], done: str | Promise) -> Any:
            return self.admin_site.admin_view(lambda request, pk: self._answer(request, pk, verb, done))

        return [
            path("<int:pk>/infor/", page(Correction.approve, _("Rättelsen är införd.")), name="affiliation_correction_approve"),
            path("<int:pk>/infor-inte/", page(Correction.decline, _("Rättelsen är inte införd.")), name="affiliation_correction_decline"),
            *super().get_urls(),
        ]

    @admin.display(description=_("så ska det stå"))
    def short(self, correction: Correction) -> str:
        """The beginning of the suggested value."""
        return Truncator(correction.value).chars(80)

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, correction: Correction) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', correction.tone, correction.get_status_display().capitalize())

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The suggestion beside what the entry says now."""
        correction = self.get_object(request, unquote(object_id))
        if correction is None:
            raise Http404
        if not self.has_view_or_change_permission(request, correction):
            raise PermissionDenied
        return self._page(request, correction, AnswerForm())

    def _answer(self, request: HttpRequest, pk: int, verb: Callable[..., None], done: str | Promise) -> HttpResponse:
        """Put it in, or not, by POST only; where that is not possible nothing is half done, and the page tells why."""
        correction = get_object_or_404(Correction, pk=pk)
        if not self._may_answer(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._page(request, correction, form)
        try:
            verb(correction, by=request.user, note=form.cleaned_data["note"])
        except WrongStatus as error:
            messages.error(request, error.messages[0])
            return redirect("admin:affiliation_correction_change", pk)
        except ValidationError as error:
            form.add_error(None, list(error.messages))  # the page has no fields of those names
            return self._page(request, Correction.objects.get(pk=pk), form)
        messages.success(request, str(done))
        return redirect("admin:affiliation_correction_changelist")

    def _may_answer(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm("agreement.change_party")

    def _page(self, request: HttpRequest, correction: Correction, form: AnswerForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Föreslagen rättelse"),
            "correction": correction,
            "form": form,
            "may_answer": correction.may("approve") and self._may_answer(request),
            "events": correction.events.select_related("actor").order_by("-at", "-pk"),
        }
        return TemplateResponse(request, "admin/affiliation/correction/correction.html", context)
