"""Elections of a sector's representatives in the secretary's office. Before the close nothing of the votes is here but how many have voted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from affiliation.forms.elections import CancelForm, LotForm, SettleForm
from affiliation.models import Candidate, Election, ElectionPlace
from affiliation.models.candidates import AlreadyStanding
from idekom.lib.office import take, taken
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    pass

MOMENT = {"type": "datetime-local"}  # one input with one label, unlike the admin's own two
BASE = "admin:affiliation_election"


class _WhilePlanned:
    """Rows that may be changed as long as the election is planned, by whoever may change it."""

    def has_add_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        return request.user.has_perm("affiliation.change_election") and (obj is None or obj.status == Election.Status.PLANNED)

    def has_change_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        return request.user.has_perm("affiliation.view_election")


class PlaceInline(_WhilePlanned, admin.StackedInline[ElectionPlace, Election]):
    """The places to fill."""

    model = ElectionPlace
    extra = 1
    fields = ("seat", "role")

    def has_delete_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        """A place that was added by mistake."""
        return self.has_add_permission(request, obj)


class CandidateInline(_WhilePlanned, admin.StackedInline[Candidate, Election]):
    """Those that the secretary adds. The ones that the parties have named stand in the list above, with their answers."""

    model = Candidate
    extra = 1
    fields = ("name", "email", "phone", "presentation")
    verbose_name_plural = _("Lägg till kandidater")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).none()


@admin.register(Election)
class ElectionAdmin(admin.ModelAdmin[Election]):
    """The elections. They open and close by the clock, and are changed only as long as they are planned."""

    list_display = ("name", "sector", "opens_at", "closes_at", "status_tag")
    list_filter = ("status", "sector")
    list_select_related = ("sector",)
    search_fields = ("name", "sector__name")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "sector", "description", "names_until", "opens_at", "closes_at", "seated_from", "seated_until")
    inlines = (PlaceInline, CandidateInline)
    formfield_overrides = {DateTimeField: {"form_class": forms.DateTimeField, "widget": forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M")}}

    def has_delete_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        """Never: an election is cancelled, and says why."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Election | None = None) -> bool:
        """What the parties vote on stands once it has opened."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == Election.Status.PLANNED)

    def get_inlines(self, request: HttpRequest, obj: Election | None) -> Any:
        """Candidates are added as long as the election is planned."""
        return self.inlines if obj is None or obj.status == Election.Status.PLANNED else (PlaceInline,)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Election | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/lotta/<int:votes>/", page(self.lot), name="affiliation_election_lot"),
            path("<int:pk>/protokoll/", page(self.settle), name="affiliation_election_settle"),
            path("<int:pk>/stall-in/", page(self.cancel), name="affiliation_election_cancel"),
            path("<int:pk>/kandidat/<int:candidate>/stryk/", page(require_POST(self.strike)), name="affiliation_election_strike"),
            *super().get_urls(),
        ]

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, election: Election) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', election.tone, election.get_status_display().capitalize())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """New candidates are asked."""
        if formset.model is not Candidate:
            return super().save_formset(request, form, formset, change)
        for candidate in formset.save(commit=False):
            try:
                candidate.add()
            except AlreadyStanding as error:
                messages.error(request, f"{candidate.name}: {error.messages[0]}")
        return None

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The election, who stands and how many have voted; after the close the result."""
        election = self.get_object(request, object_id)
        found = self._standing(request, election) if election else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def _standing(self, request: HttpRequest, election: Election) -> dict[str, Any]:
        voted, may_vote = election.turnout()
        return {
            "election": election,
            "candidates": election.candidates.named(),
            "voted": voted,
            "may_vote": may_vote,
            "outcome": election.outcome if election.is_counted else None,
            "places": election.places.in_order(),
            "events": election.events.select_related("actor").order_by("-at", "-pk"),
            "may_act": self._may_act(request),
            "may_cancel": election.may("cancel"),
        }

    def lot(self, request: HttpRequest, pk: int, votes: int) -> HttpResponse:
        """Write down how a tie was settled."""
        election = self._held(request, pk)
        ties = dict(election.outcome.open_ties) if election.is_counted else {}
        if votes not in ties:
            messages.error(request, _("Det finns inget att lotta om med så många röster."))
            return redirect(f"{BASE}_change", pk)
        form = LotForm(request.POST if request.method == "POST" else None, tied=ties[votes])
        lead = _("Dra lott med vittnen. Skriv sedan in ordningen som lotten gav.")

        def draw() -> None:
            filled = form.cleaned_data
            election.draw_lot(by=signed_in(request), order=form.order, drawn_on=filled["drawn_on"], witnesses=filled["witnesses"])

        return self._ask(request, election, form, draw, title=_("Lottning"), lead=lead, button=_("Spara lottningen"))

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the protocol, and nominate those who are elected."""
        election = self._held(request, pk)
        form = SettleForm(request.POST if request.method == "POST" else None)
        lead = _("Protokollet låses och visas för alla. De valda blir nominerade till sina platser, och rådet beslutar om dem.")

        def make() -> None:
            filled = form.cleaned_data
            election.settle(by=signed_in(request), tellers=(filled["teller_one"], filled["teller_two"]), on=filled["settled_on"])

        return self._ask(request, election, form, make, title=_("Gör protokollet"), lead=lead, button=_("Gör protokollet"))

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call it off."""
        election = self._held(request, pk)
        form = CancelForm(request.POST if request.method == "POST" else None)
        lead = _("Det går inte att ångra. De röster som har lämnats förstörs utan att räknas.")

        def call_off() -> None:
            election.cancel(by=signed_in(request), note=form.cleaned_data["note"])

        return self._ask(request, election, form, call_off, title=_("Ställ in valet"), lead=lead, button=_("Ställ in valet"))

    def strike(self, request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
        """Take a candidate off the list before the election opens."""
        named = get_object_or_404(self._held(request, pk).candidates.named(), pk=candidate)
        take(request, named.strike, _("%(name)s är struken.") % {"name": named.name})
        return redirect(f"{BASE}_change", pk)

    def _ask(self, request: HttpRequest, election: Election, form: forms.Form, verb: Callable[[], None], **words: Any) -> HttpResponse:
        """A page with one form and one button; what cannot be done is told beside it, and nothing is half done."""
        if taken(request, form, verb):
            return redirect(f"{BASE}_change", election.pk)
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "election": election, "form": form}
        return TemplateResponse(request, "admin/affiliation/election/ask.html", {**everywhere, **words})

    def _may_act(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def _held(self, request: HttpRequest, pk: int) -> Election:
        if not self._may_act(request):
            raise PermissionDenied
        election = self.get_queryset(request).filter(pk=pk).first()
        if election is None:
            raise Http404
        return election
