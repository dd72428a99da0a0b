"""What people have taken on, across all meetings: it is finished, dropped, or taken up again."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from council.forms import AssignmentForm, NoteForm
from council.models import Assignment, Body
from idekom.lib.dated import today

VERBS: dict[str, tuple[Any, Any, Callable[..., None]]] = {
    "finish": (_("Det är klart"), _("Uppdraget är klart."), Assignment.finish),
    "drop": (_("Avsluta utan att det blir klart"), _("Uppdraget är avslutat."), Assignment.drop),
    "take_up_again": (_("Ta upp det igen"), _("Uppdraget pågår igen."), Assignment.take_up_again),
}
"""{verb: (button, what is said then, the call)}"""
WORDS = {"finish": _("Klart"), "drop": _("Avslutat utan att bli klart"), "take_up_again": _("Upptaget igen")}


class StandingFilter(admin.SimpleListFilter):
    """Open ones, unless others are asked for."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("pagar", _("Pågår")), ("sena", _("Försenade")), ("klara", _("Klara eller avslutade")), ("alla", _("Alla"))]

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": (self.value() or "pagar") == value, "query_string": address, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        if self.value() == "alla":
            return queryset
        if self.value() == "sena":
            return queryset.filter(status=Assignment.Status.OPEN, due_on__lt=today())
        if self.value() == "klara":
            return queryset.exclude(status=Assignment.Status.OPEN)
        return queryset.filter(status=Assignment.Status.OPEN)


class BodyFilter(admin.SimpleListFilter):
    """Which body's meeting it was given at."""

    title = _("organ")
    parameter_name = "organ"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(body.pk), body.name) for body in Body.objects.filter(meetings__items__assignments__isnull=False).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        chosen = {pk for pk, _name in self.lookup_choices}
        return queryset.filter(item__meeting__body_id=int(self.value() or 0)) if self.value() in chosen else queryset


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """Assignments. They are given at meetings; here one sees that they are done."""

    form = AssignmentForm
    list_display = ("what", "who", "for_whom", "due", "status_tag", "meeting")
    list_filter = (StandingFilter, BodyFilter, ("person", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person", "item__meeting__body")
    search_fields = ("what", "person__name", "doer", "for_whom")
    ordering = ("due_on", "pk")
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are given under an item of a meeting."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Assignment | None = None) -> bool:
        """Never: they are finished or dropped."""
        return False

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(require_POST(self.step))
        return [path("<int:pk>/steg/<slug:verb>/", step, name="council_assignment_step"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What it is, and how it has gone."""
        assignment = self.get_object(request, object_id)
        found: dict[str, Any] = {"may_act": self.has_change_permission(request, assignment), "note_form": NoteForm()}
        if assignment:
            verbs = [(verb, button) for verb, (button, _said, _call) in VERBS.items() if assignment.may(verb)]
            story = [(WORDS.get(event.action, event.action), event) for event in assignment.events.select_related("actor")]
            found |= {"assignment": assignment, "verbs": verbs, "story": story}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Finish it, drop it, or take it up again."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        assignment = get_object_or_404(Assignment, pk=pk)
        if verb not in VERBS:
            raise Http404
        form, (_button, said, call) = NoteForm(request.POST), VERBS[verb]
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for error in form.errors.get("note", [])))
            return redirect("admin:council_assignment_change", pk)
        try:
            call(assignment, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, said)
        return redirect("admin:council_assignment_change", pk)

    @admin.display(description=_("vem"), ordering="person__name")
    def who(self, assignment: Assignment) -> str:
        """Who does it."""
        return assignment.who

    @admin.display(description=_("senast"), ordering="due_on")
    def due(self, assignment: Assignment) -> Any:
        """When it is due; that it is late is told in words."""
        return assignment.due_on or _("ingen dag satt")

    @admin.display(description=_("läge"), ordering="status")
    def status_tag(self, assignment: Assignment) -> str:
        """How it stands, in words."""
        if assignment.is_overdue(today()):
            return format_html('<span class="tag tag--bad">{}</span>', _("Försenat"))
        tone = "good" if assignment.status == Assignment.Status.DONE else "neutral"
        return format_html('<span class="tag tag--{}">{}</span>', tone, capfirst(assignment.get_status_display()))

    @admin.display(description=_("möte"), ordering="item__meeting__starts_at")
    def meeting(self, assignment: Assignment) -> str:
        """Where it was given."""
        return str(assignment.item.meeting)
