"""The parties' answers in the secretary's office: read, entered from paper, reminded of, and turned into what they lead to."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agreement.models import Side
from council.forms.decisions import ActivityForm, PaperDecisionForm, VersionForm
from council.models import PartyDecision
from idekom.lib.downloads import as_download
from idekom.lib.forms import PortalForm
from idekom.lib.office import take
from idekom.lib.reader import signed_in

BASE = "admin:council_partydecision"


class SideFilter(admin.SimpleListFilter):
    """The parties of one side."""

    title = gettext_lazy("sida")
    parameter_name = "sida"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(side.value, side.label) for side in Side]

    def queryset(self, request: HttpRequest, queryset: Any) -> "QuerySet[PartyDecision]":
        """Those of the side."""
        found: QuerySet[PartyDecision] = queryset.of_side(self.value()) if self.value() in Side.values else queryset
        return found


class HinderFilter(admin.SimpleListFilter):
    """Those who have said what is in the way."""

    title = gettext_lazy("hinder")
    parameter_name = "hinder"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("svar", _("Har svarat vad som hindrar")), ("fragad", _("Är frågad"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[PartyDecision]") -> "QuerySet[PartyDecision]":
        """Those who were asked, or have answered."""
        if self.value() == "svar":
            return queryset.exclude(hinder=None).exclude(hinder__answered_at=None)
        return queryset.exclude(hinder=None) if self.value() == "fragad" else queryset


@admin.register(PartyDecision)
class PartyDecisionAdmin(admin.ModelAdmin[PartyDecision]):
    """A row per party and proposal. Nothing is written in the list: the party decides, or the secretary enters a paper."""

    list_display = ("party", "proposal", "stance_tag", "decided_on", "body", "addressed_on", "hinder_words", "leads_to")
    list_filter = ("status", SideFilter, HinderFilter, "proposal")
    list_select_related = ("party", "proposal", "hinder", "activity", "version")
    list_per_page = 100
    search_fields = ("party__name", "proposal__title")
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: parties are added on the proposal's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PartyDecision | None = None) -> bool:
        """Never."""
        return False

    @admin.display(description=gettext_lazy("svar"), ordering="status")
    def stance_tag(self, row: PartyDecision) -> str:
        """The answer in words, in one neutral colour."""
        return format_html('<span class="tag">{}</span>', row.get_status_display().capitalize())

    @admin.display(description=gettext_lazy("vad som hindrar"))
    def hinder_words(self, row: PartyDecision) -> str:
        """What the party has said is in the way."""
        return row.hinder.answer if hasattr(row, "hinder") else ""

    @admin.display(description=gettext_lazy("blev"))
    def leads_to(self, row: PartyDecision) -> str:
        """The activity and the version that a yes has become part of."""
        return ", ".join(str(one) for one in (row.activity, row.version) if one)

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., Any], name: str) -> URLPattern:
            return path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"council_partydecision_{name}")

        return [
            page("papper/", self.paper, "paper"),
            page("ta-bort/", require_POST(self.take_back), "take_back"),
            page("paminn/", require_POST(self.remind), "remind"),
            page("aktivitet/", self.activity, "activity"),
            page("version/", self.version, "version"),
            page("handlingar/<int:event>.pdf", require_safe(self.document), "document"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """How the party stands, what has happened, and what can be done."""
        row = self.get_object(request, object_id)
        if row is None or request.method == "POST" or not self.has_view_permission(request, row):
            if row is None:
                return super().change_view(request, object_id, form_url, extra_context)
            raise PermissionDenied
        events = row.events.select_related("actor").order_by("-pk")
        context = {"events": events, "may_act": self.has_change_permission(request, row), "hinder": getattr(row, "hinder", None)}
        return self._page(request, row, "decision", str(row.party), context)

    def paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Enter what a paper says that the party has decided."""
        row = self._changed(request, pk)
        form = PaperDecisionForm(request.POST if request.method == "POST" else None, request.FILES or None, row=row)
        by = signed_in(request)
        lead = _("Skriv av det som papperet säger. På sidan står att kansliet har lagt in det, och från vilket papper.")
        return self._ask(
            request, row, form, lambda: row.decide(form.given, by=by, seen=form.cleaned_data["seen"], corrects=form.corrects_old),
            title=_("Lägg in från papper"), lead=lead,
        )  # fmt: skip

    def activity(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a yes become an activity."""
        row, by = self._changed(request, pk), signed_in(request)
        form = ActivityForm(request.POST if request.method == "POST" else None, row=row)

        def lead_on() -> None:
            filled = form.cleaned_data
            if filled["plan"]:
                row.begin_activity(filled["plan"], by=by)
            else:
                row.join_activity(filled["activity"], by=by)

        lead = _("En ny aktivitet blir ett utkast, med förslagets rubrik och åtaganden. Flera parters svar kan höra till samma aktivitet.")
        return self._ask(request, row, form, lead_on, title=_("Gör svaret till en aktivitet"), lead=lead)

    def version(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a yes be part of the next version of the agreement."""
        row, by = self._changed(request, pk), signed_in(request)
        form = VersionForm(request.POST if request.method == "POST" else None)
        lead = _("Svaret tas med i arbetet med nästa version av överenskommelsen.")
        return self._ask(
            request, row, form, lambda: row.take_into_version(form.cleaned_data["version"], by=by), title=_("Ta med i nästa version"), lead=lead
        )

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What stands was a mistake of the office's."""
        row, by = self._changed(request, pk), signed_in(request)
        source = _("Kansliet tog bort det som stod.")
        return self._press(request, row, lambda: row.take_back(by=by, seen=row.revision, paper_source=source), _("Svaret är borttaget."))

    def remind(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail the party's administrators once more."""
        row, by = self._changed(request, pk), signed_in(request)
        return self._press(request, row, lambda: row.remind(by=by), _("Partens administratörer får ett mejl."))

    def document(self, request: HttpRequest, pk: int, event: int) -> FileResponse:
        """What the party has handed in, also with a decision that another has replaced."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(PartyDecision, pk=pk)
        found = get_object_or_404(row.events.exclude(document=""), pk=event)
        return as_download(found.document, f"beslut-{row.pk}-{found.pk}.pdf")

    def _press(self, request: HttpRequest, row: PartyDecision, verb: Callable[[], object], told: str) -> HttpResponse:
        take(request, verb, told)
        return redirect(f"{BASE}_change", row.pk)

    def _ask(self, request: HttpRequest, row: PartyDecision, form: PortalForm, verb: Callable[[], object], **words: str) -> HttpResponse:
        """A page with one form; what cannot be done is told beside it."""
        if request.method == "POST" and form.is_valid():
            try:
                verb()
            except ValidationError as error:
                form.add_error(None, list(error.messages))
            else:
                messages.success(request, _("Det är infört."))
                return redirect(f"{BASE}_change", row.pk)
        return self._page(request, row, "step", words.pop("title"), {"form": form, **words})

    def _page(self, request: HttpRequest, row: PartyDecision, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "row": row}
        return TemplateResponse(request, f"admin/council/partydecision/{name}.html", {**everywhere, **context})

    def _changed(self, request: HttpRequest, pk: int) -> PartyDecision:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(PartyDecision.objects.select_related("party", "proposal"), pk=pk)
