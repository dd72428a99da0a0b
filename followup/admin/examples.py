"""Good examples in the admin: chosen among what parties let others quote, given a headline, published; and the question to a contact."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from followup.forms.examples import AskContactForm, ChooseExampleForm
from followup.models import Example

PER_PAGE = 20
STEPS: dict[str, Any] = {
    "publish": _("Exemplet visas nu."),
    "take_back": _("Exemplet visas inte längre."),
    "renew": _("Partens nya ord är hämtade."),
    "ask_for_contact": _("Frågan är på väg."),
}
"""{verb: what is said when it is done}"""


class Standing(admin.SimpleListFilter):
    """Published, but shown no more."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("visas", _("Visas")), ("fallna", _("Publicerade men visas inte"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Example]) -> QuerySet[Example]:
        """The examples."""
        chosen = {"visas": Example.objects.shown, "fallna": Example.objects.fallen}.get(self.value() or "")
        return queryset.filter(pk__in=chosen().order_by().values("pk")) if chosen else queryset


@admin.register(Example)
class ExampleAdmin(admin.ModelAdmin[Example]):
    """The examples. The headline is the office's, the words are the party's."""

    list_display = ("headline", "party", "commitment", "status_tag", "contact_consent")
    list_filter = (Standing, ("commitment", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("report__party", "commitment")
    search_fields = ("headline", "words", "report__party__name")
    fields = ("headline",)
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are chosen among the answers."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Example | None = None) -> bool:
        """Never: it is taken back."""
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view
        return [
            path("valj/", page(self.choose), name="followup_example_choose"),
            path("<int:pk>/steg/<str:verb>/", page(require_POST(self.step)), name="followup_example_step"),
            *super().get_urls(),
        ]

    @admin.display(description=_("part"), ordering="report__party__sort_name")
    def party(self, example: Example) -> str:
        """Whose it is."""
        return example.report.party.name

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, example: Example) -> str:
        """The status in words; one that has fallen says so."""
        fallen = example.status == Example.Status.PUBLISHED and not example.may_be_shown
        label = _("Visas inte: svaret har ändrats") if fallen else example.get_status_display().capitalize()
        return format_html('<span class="tag tag--{}">{}</span>', "bad" if fallen else "neutral", label)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The example, and what can be done with it."""
        example = self.get_object(request, object_id)
        found = self._standing(request, example) if example else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def choose(self, request: HttpRequest) -> HttpResponse:
        """The answers that could become examples, each with a field for a headline."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = ChooseExampleForm(request.POST if request.method == "POST" else None)
        candidates = Example.objects.candidates()
        if request.method == "POST":
            asked = request.POST.get("answer", "")
            answer = candidates.filter(pk=asked if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0).first()
            if answer is None:
                messages.error(request, _("Svaret går inte längre att välja. Välj ett annat."))
            elif form.is_valid():
                made = Example.objects.choose(answer, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # staff is signed in
                return redirect("admin:followup_example_change", made.pk)
            else:
                messages.error(request, str(form.errors["headline"][0]))
        page = Paginator(candidates, PER_PAGE).get_page(request.GET.get("sida"))
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Välj exempel ur rapporterna")}
        return TemplateResponse(request, "admin/followup/example/choose.html", {**everywhere, "page_obj": page})

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Do one thing with it; what is not possible is told on its page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        example = get_object_or_404(Example, pk=pk)
        if verb not in STEPS:
            raise Http404
        form = AskContactForm(request.POST, example=example) if verb == "ask_for_contact" else None
        try:
            if form is not None and not form.is_valid():
                raise ValidationError(form.errors["representative"][0])
            getattr(example, verb)(by=request.user, **(form.cleaned_data if form is not None else {}))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, str(STEPS[verb]))
        return redirect("admin:followup_example_change", pk)

    def _standing(self, request: HttpRequest, example: Example) -> dict[str, Any]:
        """What its page tells beside the form."""
        may_act, is_open = self.has_change_permission(request, example), example.may_be_shown
        is_changed = example.answer is not None and example.answer.words != example.words
        return {
            "example": example,
            "is_open": is_open,
            "may_publish": may_act and is_open and example.may("publish"),
            "may_take_back": may_act and example.may("take_back"),
            "may_renew": may_act and is_changed and example.status != Example.Status.PUBLISHED,
            "contact_form": AskContactForm(example=example) if may_act else None,
            "events": example.events.select_related("actor").order_by("-at", "-pk"),
        }
