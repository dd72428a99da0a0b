"""Proposals in the secretary's office: written, put on an agenda, decided on."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from council.forms.proposals import NOW, AgendaForm, DecisionForm
from council.models import Proposal
from idekom.lib.forms import PortalForm
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin[Proposal]):
    """Proposals. The words are written here; the status changes by the buttons alone."""

    list_display = ("title", "status", "item", "waiting", "decided_on", "paragraph")
    list_filter = ("status",)
    list_select_related = ("item__meeting__body",)
    search_fields = ("title", "text")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "text")

    def has_delete_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Never: it is withdrawn instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Proposal | None = None) -> tuple[str, ...]:
        """What the council has had before it stands."""
        return () if obj is None or obj.is_editable else self.fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Proposal | None = None) -> dict[str, Sequence[str]]:
        return {"slug": ("title",)} if obj is None else {}

    def get_urls(self) -> list[URLPattern]:
        site, name = self.admin_site, "council_proposal"
        return [
            path("<int:pk>/dagordning/", site.admin_view(self.put_on_agenda), name=f"{name}_agenda"),
            path("<int:pk>/beslut/", site.admin_view(self.decide), name=f"{name}_decide"),
            path("<int:pk>/dra-tillbaka/", site.admin_view(require_POST(self.withdraw)), name=f"{name}_withdraw"),
            *super().get_urls(),
        ]

    def put_on_agenda(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the meeting that takes it up."""
        proposal = self._changed(request, pk)
        form = AgendaForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            meeting = form.cleaned_data["meeting"]
            told = _("Förslaget står på mötets dagordning.")
            return self._done(request, pk, lambda: proposal.put_on_agenda(by=signed_in(request), meeting=meeting), told)
        return self._form(request, proposal, form, _("Sätt på en dagordning"))

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down what the council decided."""
        proposal = self._changed(request, pk)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            choice, at_once = form.cleaned_data["choice"], form.cleaned_data["when"] == NOW
            told = _("Beslutet är infört.") if at_once else _("Beslutet är sparat. Det gäller när protokollet är justerat.")
            return self._done(request, pk, lambda: proposal.decide(choice, by=signed_in(request), at_once=at_once), told)
        return self._form(request, proposal, form, _("Rådets beslut om förslaget"))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back."""
        proposal = self._changed(request, pk)
        return self._done(request, pk, lambda: proposal.withdraw(by=signed_in(request)), _("Förslaget är tillbakadraget."))

    def _changed(self, request: HttpRequest, pk: int) -> Proposal:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Proposal.objects.select_related("item__meeting__body"), pk=pk)

    def _done(self, request: HttpRequest, pk: int, verb: Callable[[], object], told: str) -> HttpResponse:
        take(request, verb, told)
        return redirect("admin:council_proposal_change", pk)

    def _form(self, request: HttpRequest, proposal: Proposal, form: PortalForm, title: str) -> HttpResponse:
        context: dict[str, Any] = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "proposal": proposal, "form": form}
        return TemplateResponse(request, "admin/council/proposal/step.html", context)
