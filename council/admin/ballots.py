"""Dot ballots in the secretary's office. Before the close nothing of the dots is here but how many have voted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import FileField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from council.admin.polls import MOMENTS
from council.forms.ballots import ActivitiesForm, CancelBallotForm, MergeForm, NoteForm, ProposalForm
from council.models import Area, DotBallot, Option
from idekom.lib.fields import PDFField, PDFInput
from idekom.lib.forms import PortalForm
from idekom.lib.office import take, taken
from idekom.lib.reader import signed_in

BASE = "admin:council_dotballot"
WORDS = ("body", "title", "slug", "text")
HELD = {False: ("dots", "most_per_option", "weighing", "asks_substitutes", "opens_at", "closes_at"), True: ("held_on", "held_until", "source")}


class _WhileDraft:
    """Rows that may be changed as long as the ballot is a draft, by whoever may change it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        ballot = getattr(obj, "ballot", obj)
        return request.user.has_perm("council.change_dotballot") and (ballot is None or ballot.status == DotBallot.Status.DRAFT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("council.view_dotballot")


class AreaInline(_WhileDraft, admin.TabularInline[Area, DotBallot]):
    """The areas; each has a page of its own for its proposals."""

    model = Area
    extra = 1
    fields = ("number", "name")
    show_change_link = True


class OptionInline(_WhileDraft, admin.StackedInline[Option, Area]):
    """The proposals of an area."""

    model = Option
    extra = 3
    fields = ("number", "title", "text")


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin[Area]):
    """The proposals of an area, as long as the ballot is a draft. One comes here from the ballot."""

    list_display = ("name", "ballot", "number")
    list_select_related = ("ballot",)
    fields = ("number", "name")
    inlines = (OptionInline,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the front page of the office."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """On the ballot's own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Area | None = None) -> bool:
        """On the ballot's own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Area | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.ballot.status == DotBallot.Status.DRAFT)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The proposals belong to the area's ballot."""
        for option in formset.save(commit=False):
            option.ballot = form.instance.ballot
            option.save()
        for option in formset.deleted_objects:
            option.delete()

    def response_change(self, request: HttpRequest, obj: Area) -> HttpResponse:
        """Back to the ballot."""
        if "_continue" in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("Området ”%(name)s” är sparat.") % {"name": obj.name})
        return redirect(f"{BASE}_change", obj.ballot_id)


@admin.register(DotBallot)
class DotBallotAdmin(admin.ModelAdmin[DotBallot]):
    """The ballots: written here, and moved on by the buttons alone."""

    list_display = ("title", "body", "when", "status_tag")
    list_filter = ("status", "body")
    list_select_related = ("body",)
    search_fields = ("title", "body__name")
    inlines = (AreaInline,)
    formfield_overrides = {**MOMENTS, FileField: {"form_class": PDFField, "widget": PDFInput()}}

    def has_delete_permission(self, request: HttpRequest, obj: DotBallot | None = None) -> bool:
        """Never: a ballot is called off, and says why."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: DotBallot | None = None) -> bool:
        """What members vote on stands once it has opened."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == DotBallot.Status.DRAFT)

    def get_fields(self, request: HttpRequest, obj: DotBallot | None = None) -> Any:
        """What is asked of a vote by the clock and of one on paper."""
        if obj is None:
            return (*WORDS, "is_on_paper")
        file = ("source_file",) if obj.is_on_paper and obj.status == DotBallot.Status.DRAFT else ()
        return (*WORDS, *HELD[obj.is_on_paper], *file)

    def get_inlines(self, request: HttpRequest, obj: DotBallot | None) -> Any:
        """Areas are added when the ballot has been saved once."""
        return self.inlines if obj and obj.status == DotBallot.Status.DRAFT else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: DotBallot | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def response_add(self, request: HttpRequest, obj: DotBallot, post_url_continue: str | None = None) -> HttpResponse:
        """On to the rest of it: hours, dots and areas."""
        messages.success(request, _("Omröstningen är sparad. Fyll i resten här."))
        return redirect(f"{BASE}_change", obj.pk)

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, ballot: DotBallot) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', ballot.tone, ballot.get_status_display().capitalize())

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        name = "council_dotballot"
        return [
            path("<int:pk>/oppna/", page(require_POST(self.open)), name=f"{name}_open"),
            path("<int:pk>/stang/", page(self.close), name=f"{name}_close"),
            path("<int:pk>/stall-in/", page(self.cancel), name=f"{name}_cancel"),
            path("<int:pk>/siffror/", page(self.numbers), name=f"{name}_numbers"),
            path("<int:pk>/for-in/", page(require_POST(self.record)), name=f"{name}_record"),
            path("<int:pk>/ratta/", page(self.correct), name=f"{name}_correct"),
            path("<int:pk>/sla-ihop/", page(self.merge), name=f"{name}_merge"),
            path("<int:pk>/ta-isar/<int:option>/", page(require_POST(self.split)), name=f"{name}_split"),
            path("<int:pk>/aktiviteter/", page(self.activities), name=f"{name}_activities"),
            path("<int:pk>/forslag/", page(self.proposal), name=f"{name}_proposal"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The ballot, how many have voted, and after the close the result."""
        ballot = self.get_object(request, object_id)
        found = self._standing(request, ballot) if ballot else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def _standing(self, request: HttpRequest, ballot: DotBallot) -> dict[str, Any]:
        turnout = ballot.voters.turnout().values()
        is_draft = ballot.status == DotBallot.Status.DRAFT
        return {
            "ballot": ballot,
            "voted": sum(voted for voted, _may_vote in turnout),
            "may_vote": sum(may_vote for _voted, may_vote in turnout),
            "unreached": ballot.voters.filter(notices=None).select_related("person") if ballot.status == DotBallot.Status.OPEN else [],
            "missing": ballot.missing(timezone.now()) if is_draft and not ballot.is_on_paper else [],
            "options": None if ballot.is_counted else ballot.options.whole().in_order().prefetch_related("parts"),
            "result": ballot.result if ballot.is_counted else None,
            "events": ballot.events.select_related("actor").order_by("-at", "-pk"),
            "may_act": self._may_act(request),
        }

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open it now."""
        ballot = self._held(request, pk)
        return self._do(request, pk, lambda: ballot.open(by=signed_in(request)), _("Omröstningen är öppen. Ledamöterna får ett mejl."))

    def record(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The numbers of a vote on paper are written in."""
        ballot = self._held(request, pk)
        return self._do(request, pk, lambda: ballot.record(by=signed_in(request)), _("Resultatet är infört och visas för alla."))

    def split(self, request: HttpRequest, pk: int, option: int) -> HttpResponse:
        """Take a merged proposal apart again."""
        part = get_object_or_404(self._held(request, pk).options, pk=option)
        return self._do(request, pk, lambda: part.split(by=signed_in(request)), _("Förslaget står för sig självt igen."))

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close it before its time."""
        ballot = self._held(request, pk)
        form = PortalForm(request.POST if request.method == "POST" else None)
        lead = _("Omröstningen stänger av sig själv när tiden är ute. Stänger ni nu kan ingen rösta mer, och resultatet visas för alla.")
        words = {"title": _("Stäng omröstningen nu"), "lead": lead, "button": _("Stäng nu")}
        return self._ask(request, ballot, form, lambda: ballot.close(by=signed_in(request)), **words)

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call it off."""
        ballot = self._held(request, pk)
        form = CancelBallotForm(request.POST if request.method == "POST" else None)
        lead = _("Det går inte att ångra. De prickar som har lämnats förstörs utan att räknas.")
        words = {"title": _("Ställ in omröstningen"), "lead": lead, "button": _("Ställ in omröstningen")}
        return self._ask(request, ballot, form, lambda: ballot.cancel(by=signed_in(request), note=form.cleaned_data["note"]), **words)

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the numbers of a vote on paper again."""
        ballot = self._held(request, pk)
        form = CancelBallotForm(request.POST if request.method == "POST" else None)
        lead = _("Omröstningen blir ett utkast igen och visas inte förrän ni för in den på nytt.")
        words = {"title": _("Rätta omröstningen"), "lead": lead, "button": _("Öppna för rättelse")}
        return self._ask(request, ballot, form, lambda: ballot.correct(by=signed_in(request), note=form.cleaned_data["note"]), **words)

    def numbers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write in the numbers of a vote on paper."""
        ballot = self._held(request, pk)
        form = NoteForm(request.POST if request.method == "POST" else None, ballot=ballot)
        lead = _("Skriv prickarna så som de står i källan. Lämna tomt där inget antal är noterat: det är inte detsamma som noll.")
        words = {"title": _("Prickar på papper"), "lead": lead, "button": _("Spara siffrorna"), "rows": form.rows}
        return self._ask(request, ballot, form, lambda: ballot.note(form.numbers), **words)

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let several proposals count as one."""
        ballot = self._held(request, pk)
        form = MergeForm(request.POST if request.method == "POST" else None, ballot=ballot)
        lead = _("Delarna finns kvar med sina egna prickar och visas som en summa, till exempel 7 + 3 + 3 = 13. Det går att ta isär dem igen.")

        def join() -> None:
            whole = form.cleaned_data["whole"]
            whole.merge([part for part in form.cleaned_data["parts"] if part != whole], by=signed_in(request))

        return self._ask(request, ballot, form, join, title=_("Slå ihop förslag"), lead=lead, button=_("Slå ihop"))

    def activities(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make activities of what got most dots."""
        ballot = self._held(request, pk)
        if not ballot.is_counted:
            raise Http404
        form = ActivitiesForm(request.POST if request.method == "POST" else None, ballot=ballot)
        lead = _("Varje valt förslag blir ett utkast till en aktivitet i handlingsplanen, med omröstningen och prickarna i sin historia.")

        def begin() -> None:
            ballot.begin_activities(form.cleaned_data["options"], form.cleaned_data["plan"], by=signed_in(request))

        return self._ask(request, ballot, form, begin, title=_("Gör aktiviteter"), lead=lead, button=_("Gör aktiviteter"))

    def proposal(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say which of the council's proposals came of one in the ballot."""
        ballot = self._held(request, pk)
        form = ProposalForm(request.POST if request.method == "POST" else None, ballot=ballot)
        lead = _("Kopplingen visas på omröstningens sida när rådets förslag är offentligt.")

        def link() -> None:
            ballot.options.filter(pk=form.cleaned_data["option"].pk).update(proposal=form.cleaned_data["proposal"])

        return self._ask(request, ballot, form, link, title=_("Koppla till rådets förslag"), lead=lead, button=_("Spara kopplingen"))

    def _do(self, request: HttpRequest, pk: int, verb: Callable[[], object], done: Any) -> HttpResponse:
        take(request, verb, done)
        return redirect(f"{BASE}_change", pk)

    def _ask(self, request: HttpRequest, ballot: DotBallot, form: forms.Form, verb: Callable[[], object], **words: Any) -> HttpResponse:
        """A page with one form and one button; what cannot be done is told beside it, and nothing is half done."""
        if taken(request, form, verb):
            return redirect(f"{BASE}_change", ballot.pk)
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "ballot": ballot, "form": form}
        return TemplateResponse(request, "admin/council/dotballot/ask.html", {**everywhere, **words})

    def _may_act(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def _held(self, request: HttpRequest, pk: int) -> DotBallot:
        if not self._may_act(request):
            raise PermissionDenied
        rows: QuerySet[DotBallot] = self.get_queryset(request).select_related("body")
        return get_object_or_404(rows, pk=pk)
