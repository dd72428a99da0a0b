"""Proposals in the secretary's office: written, anchored, put on an agenda, decided on."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agreement.models import Side
from council.forms.decisions import AnchoringForm
from council.forms.proposals import NOW, AgendaForm, DecisionForm, ProposalForm
from council.models import Anchoring, Proposal
from idekom.lib.forms import PortalForm
from idekom.lib.history import WrongStatus
from idekom.lib.office import take
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    from idekom.users.models import User


WORDS = ("title", "slug", "aim", "text", "addressed")
STEPS: dict[str, tuple[Callable[[Proposal, "User"], object], Any]] = {
    "klart": (lambda proposal, by: proposal.make_ready(by=by), gettext_lazy("Förslaget är klart. Rådet kan ta upp det.")),
    "omarbeta": (lambda proposal, by: proposal.rework(by=by), gettext_lazy("Förslaget är ett utkast igen.")),
    "ta-av": (lambda proposal, by: proposal.take_off_agenda(by=by), gettext_lazy("Förslaget står inte längre på dagordningen.")),
}
"""{the word in the address: (what is done, how it is told)}"""


class AnchoringInline(admin.StackedInline[Anchoring, Proposal]):
    """The anchoring log: written until the council has the proposal, changed only in a draft."""

    model = Anchoring
    form = AnchoringForm
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        return request.user.has_perm("council.change_proposal") and obj is not None and obj.may_be_anchored

    def has_change_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        return request.user.has_perm("council.change_proposal") and obj is not None and obj.is_editable

    def has_delete_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """An entry that was wrong, as long as the proposal is a draft."""
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        return request.user.has_perm("council.view_proposal")


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin[Proposal]):
    """Proposals. The words are written here; the status changes by the buttons alone."""

    list_display = ("title", "status", "item", "waiting", "decided_on", "paragraph")
    list_filter = ("status",)
    list_select_related = ("item__meeting__body",)
    search_fields = ("title", "text")
    prepopulated_fields = {"slug": ("title",)}
    form = ProposalForm
    fields = ("title", "slug", "aim", "text", "addressed", "chosen", "commitments")
    inlines = (AnchoringInline,)

    def view_on_site(self, obj: Proposal) -> str | None:
        """Its page, once everybody may read it."""
        return obj.get_absolute_url() if Proposal.objects.shown().filter(pk=obj.pk).exists() else None

    def has_delete_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Never: it is withdrawn instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Proposal | None = None) -> tuple[str, ...]:
        """What is ready stands."""
        return () if obj is None or obj.is_editable else self.fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Proposal | None = None) -> dict[str, Sequence[str]]:
        return {"slug": ("title",)} if obj is None else {}

    def get_inlines(self, request: HttpRequest, obj: Proposal | None) -> Any:
        """The log comes when there is something to ask about."""
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Proposal, form: Any, change: bool) -> None:
        """Only what was changed is written, and only as long as the proposal stands where it was read."""
        if not change:
            return super().save_model(request, obj, form, change)
        if Proposal.objects.select_for_update(of=("self",)).get(pk=obj.pk).status != obj.status:
            raise WrongStatus
        if changed := [name for name in form.changed_data if name in WORDS]:
            obj.save(update_fields=changed)
        return None

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The log knows who wrote in it."""
        for entry in formset.save(commit=False):
            if entry.pk is None:
                entry.enter(by=signed_in(request))
            else:
                entry.save()
        for entry in formset.deleted_objects:
            entry.delete()

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Who comes second is told, and nothing is half written."""
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except WrongStatus as error:
            messages.error(request, error.messages[0])
            return redirect("admin:council_proposal_change", object_id)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The proposal, with whom it has been laid before and which sides have been asked."""
        proposal = self.get_object(request, object_id)
        told: dict[str, Any] = {}
        if proposal is not None:
            asked = proposal.anchorings.sides()
            told = {"missing": [side.label for side in Side if side not in asked] if proposal.may_be_anchored else []}
            told |= {"answers": proposal.decisions.count(), "events": proposal.events.select_related("actor").order_by("-at", "-pk")}
        return super().change_view(request, object_id, form_url, {**told, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        site, name = self.admin_site, "council_proposal"
        return [
            path("<int:pk>/dagordning/", site.admin_view(self.put_on_agenda), name=f"{name}_agenda"),
            path("<int:pk>/steg/<str:step>/", site.admin_view(require_POST(self.step)), name=f"{name}_step"),
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

    def step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Make it ready, take it back to a draft, or take it off its agenda."""
        proposal = self._changed(request, pk)
        if step not in STEPS:
            raise Http404
        verb, told = STEPS[step]
        return self._done(request, pk, lambda: verb(proposal, signed_in(request)), str(told))

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
