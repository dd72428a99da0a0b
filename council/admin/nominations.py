"""Nominations in the secretary's office: typed in, answered, decided on; and the letters to members."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from council.forms.nominations import DeclineForm, NoteForm, OfficeNominationForm, SeatForm
from council.models import Mandate, MandateLetter, Nomination
from council.models.nominations import AlreadyNominated
from council.pdf.letters import letter
from idekom.lib.office import OpenFirst
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    pass

BASE = "admin:council_nomination"


class Waiting(OpenFirst):
    """Those that wait for the council's decision, unless one asks for others."""

    STATUS = Nomination.Status.PROPOSED
    CHOICES: ClassVar = [("vantar", _("Väntar på beslut")), ("avgjorda", _("Avgjorda")), ("alla", _("Alla"))]


@admin.register(Nomination)
class NominationAdmin(admin.ModelAdmin[Nomination]):
    """People named for seats. What the nominating body wrote is not changed here: the council's decision is added to it."""

    form = OfficeNominationForm
    list_display = ("name", "seat", "role", "party", "proposed_at", "has_agreed", "status_tag")
    list_filter = (Waiting, "source", "seat__body")
    list_select_related = ("seat", "party")
    search_fields = ("name", "seat__label", "party__name")
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: HttpRequest, obj: Nomination | None = None) -> bool:
        """Never: what was nominated and what became of it is kept."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Callable[..., HttpResponse]) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/utse/", page(self.seat), name="council_nomination_seat"),
            path("<int:pk>/utse-inte/", page(self.decline), name="council_nomination_decline"),
            path("<int:pk>/ja/", page(require_POST(self.agree)), name="council_nomination_agree"),
            path("<int:pk>/ta-tillbaka/", page(require_POST(self.withdraw)), name="council_nomination_withdraw"),
            path("mandat/<int:pk>/<str:kind>.pdf", page(require_safe(self.letter)), name="council_mandate_letter"),
            *super().get_urls(),
        ]

    @admin.display(description=_("har tackat ja"), boolean=True)
    def has_agreed(self, nomination: Nomination) -> bool:
        """Whether the person has said yes."""
        return nomination.agreed_at is not None

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, nomination: Nomination) -> str:
        """The status in words."""
        return format_html('<span class="tag tag--{}">{}</span>', nomination.tone, nomination.get_status_display().capitalize())

    def save_model(self, request: HttpRequest, obj: Nomination, form: Any, change: bool) -> None:
        """Only new ones are saved here, as the secretary has been told of them."""
        obj.source = Nomination.Source.OFFICE
        obj.propose(by=signed_in(request))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except AlreadyNominated as error:
            messages.error(request, error.messages[0])
            return redirect(f"{BASE}_changelist")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The nomination, what has happened, and what can be done."""
        nomination = self.get_object(request, object_id)
        if nomination is None:
            raise Http404
        if request.method == "POST":
            raise PermissionDenied
        if not self.has_view_permission(request, nomination):
            raise PermissionDenied
        events = nomination.events.select_related("actor").order_by("-at", "-pk")
        may_act = self.has_change_permission(request) and nomination.may("seat_person")
        context = {"events": events, "may_act": may_act, "form": NoteForm(), "kinds": MandateLetter.Kind}
        return self._page(request, nomination, "nomination", _("Nominering"), context)

    def seat(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The council's decision to seat the person."""
        nomination = self._changed(request, pk)
        form = SeatForm(request.POST if request.method == "POST" else None, nomination=nomination)
        if form.is_valid():
            filled = form.cleaned_data
            told = {"person": filled["person"], "ends_predecessor": filled["ends_predecessor"], "until": filled["until_on"]}
            return self._do(
                request,
                nomination,
                form,
                lambda: nomination.seat_person(by=signed_in(request), on=filled["from_on"], decision=form.decision, **told),
            )
        return self._decide(request, nomination, form)

    def decline(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The council's decision not to."""
        nomination = self._changed(request, pk)
        form = DeclineForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            note = form.cleaned_data["note"]
            return self._do(request, nomination, form, lambda: nomination.decline(by=signed_in(request), decision=form.decision, note=note))
        return self._decide(request, nomination, form)

    def agree(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The person has said yes in another way than by the link."""
        return self._step(request, pk, lambda nomination, note: nomination.agree(by=signed_in(request), note=note))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The nominating body takes it back."""
        return self._step(request, pk, lambda nomination, note: nomination.withdraw(by=signed_in(request), note=note))

    def letter(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """A member's letter, to print or to send by other means."""
        if not request.user.has_perm("council.view_mandate"):
            raise PermissionDenied
        mandate = get_object_or_404(Mandate.objects.valid().select_related("person", "seat__body", "seat__sector"), pk=pk)
        if kind not in MandateLetter.Kind.values or (kind == MandateLetter.Kind.END and mandate.until_on is None):
            raise Http404
        response = HttpResponse(letter(mandate, MandateLetter.Kind(kind)), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="{mandate.person.slug}-{kind}.pdf"'
        return response

    def _step(self, request: HttpRequest, pk: int, verb: Callable[[Nomination, str], None]) -> HttpResponse:
        nomination, form = self._changed(request, pk), NoteForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Skriv högst 1 000 tecken."))
        else:
            try:
                verb(nomination, form.cleaned_data["note"])
            except ValidationError as error:
                messages.error(request, error.messages[0])
            else:
                messages.success(request, _("Det är antecknat."))
        return redirect(f"{BASE}_change", pk)

    def _do(self, request: HttpRequest, nomination: Nomination, form: Form, verb: Callable[[], object]) -> HttpResponse:
        try:
            verb()
        except ValidationError as error:
            form.add_error(None, list(error.messages))
            return self._decide(request, nomination, form)
        messages.success(request, _("Beslutet är infört. De berörda får mejl."))
        return redirect(f"{BASE}_change", nomination.pk)

    def _decide(self, request: HttpRequest, nomination: Nomination, form: Form) -> HttpResponse:
        there = Mandate.objects.valid().on(nomination.from_on).filter(seat=nomination.seat_id, role=nomination.role).select_related("person").first()
        is_yes = isinstance(form, SeatForm)
        title = _("Utse %(name)s") if is_yes else _("Utse inte %(name)s")
        context = {"form": form, "is_yes": is_yes, "there": there}
        return self._page(request, nomination, "decide", title % {"name": nomination.name}, context)

    def _page(self, request: HttpRequest, nomination: Nomination, name: str, title: Any, context: dict[str, Any]) -> HttpResponse:
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "nomination": nomination}
        return TemplateResponse(request, f"admin/council/nomination/{name}.html", {**everywhere, **context})

    def _changed(self, request: HttpRequest, pk: int) -> Nomination:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Nomination.objects.select_related("seat__body", "party"), pk=pk)
