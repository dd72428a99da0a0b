"""Official texts in the secretary's office: what was recognised is checked, corrected and then fixed for ever."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreement.forms.wordings import PlacingForm, PromisesForm
from agreement.importing import known, read_promises
from agreement.models import Part, Wording
from agreement.outline import names, outline, sentences
from idekom.lib.office import take
from idekom.lib.reader import signed_in

ROWS = 60
"""How many passages one page shows."""
FIELD = re.compile(r"part-(\d{1,6})")
UNPLACED, ALL = "oplacerade", "alla"


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin[Wording]):
    """Official texts. They come in by reading a document, and change through the page's own buttons alone."""

    list_display = ("version", "language", "status", "source_name")
    list_filter = ("status", "language", "version")
    list_select_related = ("version",)
    search_fields = ("version__name", "source_name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are read in."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Wording | None = None) -> bool:
        """Never: a draft is put away."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def post(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        name = "agreement_wording"
        return [
            path("<int:pk>/placera/", post(self.place), name=f"{name}_place"),
            path("<int:pk>/ansvar/", post(self.promises), name=f"{name}_promises"),
            path("<int:pk>/faststall/", post(self.fix), name=f"{name}_fix"),
            path("<int:pk>/ta-bort/", post(self.discard), name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The text with everything that can be done to it now."""
        wording = self.get_object(request, object_id)
        if wording is None:
            raise Http404
        if not self.has_view_or_change_permission(request, wording):
            raise PermissionDenied
        return self._page(request, wording)

    def place(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put passages in their parts."""
        wording = self._changed(request, pk)
        positions = [int(found[1]) for name in request.POST if (found := FIELD.fullmatch(name))]
        form = PlacingForm(wording.passages.filter(position__in=positions), known(wording.version, wording.language).numbers, request.POST)
        if not form.is_valid():
            return self._page(request, wording, placing=form)
        return self._done(request, pk, lambda: self._place(wording, form, request), _("Placeringen är sparad."))

    @transaction.atomic
    def _place(self, wording: Wording, form: PlacingForm, request: HttpRequest) -> None:
        places = form.places()
        for heading, shared in form.along().items():
            places = dict.fromkeys(wording.under(heading), shared) | places
        wording.place(places, by=signed_in(request))
        read_promises(wording)

    def promises(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say whom commitments bind and which principles they serve."""
        wording = self._changed(request, pk)
        form = self._promises(wording, request.POST)
        if not form.is_valid():
            return self._page(request, wording, promises=form)
        return self._done(request, pk, lambda: wording.promise(form.told(), by=signed_in(request)), _("Ansvar och principer är sparade."))

    def fix(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let it stand for ever."""
        wording = self._changed(request, pk)
        return self._done(request, pk, lambda: wording.fix(by=signed_in(request)), _("Texten är fastställd. Den kan inte ändras längre."))

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the draft away."""
        wording = self._changed(request, pk)
        return self._done(request, pk, lambda: wording.discard(by=signed_in(request)), _("Utkastet är borttaget."))

    def _changed(self, request: HttpRequest, pk: int) -> Wording:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Wording.objects.select_related("version"), pk=pk)

    def _done(self, request: HttpRequest, pk: int, verb: Callable[[], object], told: str) -> HttpResponse:
        take(request, verb, told)
        response = redirect("admin:agreement_wording_change", pk)
        if query := request.GET.urlencode():
            response["Location"] += f"?{query}"
        return response

    def _page(self, request: HttpRequest, wording: Wording, **given: Any) -> HttpResponse:
        passages = list(wording.passages.order_by("position"))
        unplaced = [passage for passage in passages if passage.part == Part.UNPLACED]
        shown = request.GET.get("visa") or (UNPLACED if unplaced else ALL)
        page = Paginator(unplaced if shown == UNPLACED else passages, ROWS).get_page(request.GET.get("sida"))
        may_act = wording.may("fix") and self.has_change_permission(request, wording)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(wording),
            "wording": wording,
            "may_act": may_act,
            "passages": len(passages),
            "sentences": sum(sentences(passage.text) for passage in passages),
            "unplaced": len(unplaced),
            "shown": shown,
            "page": page,
            "query": request.GET.urlencode(),
            "outline": outline(wording, passages, ROWS),
            "placing": given.get("placing") or (PlacingForm(page.object_list, None) if may_act else None),
            "promises": given.get("promises") or (self._promises(wording) if may_act and wording.makes_the_version else None),
            "events": wording.events.select_related("actor").order_by("-at", "-pk"),
        }
        return TemplateResponse(request, "admin/agreement/wording/wording.html", context)

    def _promises(self, wording: Wording, typed: QueryDict | None = None) -> PromisesForm:
        return PromisesForm(wording.promises.all(), names(wording, Part.COMMITMENT), names(wording, Part.PRINCIPLE), typed)
