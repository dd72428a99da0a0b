"""Action plans and activities in the secretary's office: published, told of, finished."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agreement.forms.activities import ActivityForm, ContactForm, UpdateForm
from agreement.models import ActionPlan, Activity, ActivityContact, ActivityUpdate, StatusRequest
from idekom.lib.dated import today
from idekom.lib.office import take
from idekom.lib.reader import signed_in

VERBS: dict[str, tuple[Any, Any, Callable[..., None]]] = {
    "publish": (_("Publicera"), _("Aktiviteten är publicerad. Alla kan läsa den."), Activity.publish),
    "finish": (_("Den är genomförd"), _("Aktiviteten är genomförd."), Activity.finish),
    "resume": (_("Den pågår igen"), _("Aktiviteten pågår igen."), Activity.resume),
    "cancel": (_("Avbryt den"), _("Aktiviteten är avbruten."), Activity.cancel),
}
"""{verb: (button, what is said then, the call)}"""
WORDS = {
    "begin": _("Skapad"),
    "publish": _("Publicerad"),
    "finish": _("Genomförd"),
    "resume": _("Pågår igen"),
    "cancel": _("Avbruten"),
    "hide_update": _("En uppgift doldes"),
    "renew_link": _("Ny länk till kontakten"),
    "revoke_link": _("Länken till kontakten slutade gälla"),
}


@admin.register(ActionPlan)
class ActionPlanAdmin(admin.ModelAdmin[ActionPlan]):
    """The plans, with the days they hold."""

    list_display = ("name", "whose", "from_on", "until_on")
    list_filter = ("side",)
    search_fields = ("name", "text")
    fields = ("name", "slug", "side", "period", "text")
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: ActionPlan | None = None) -> bool:
        """Never: people cite it."""
        return False

    @admin.display(description=_("vems plan"), ordering="side")
    def whose(self, plan: ActionPlan) -> Any:
        """Whose plan it is."""
        return plan.whose_label


class StandingFilter(admin.SimpleListFilter):
    """Those that nobody has told of for long, and those that are said to be done."""

    title = _("uppgifter")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("tysta", _("Ingen ny uppgift på länge")), ("klara", _("Sägs vara klara")), ("utan-kontakt", _("Ingen kontakt att fråga"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        if self.value() == "tysta":
            return queryset.filter(pk__in=Activity.objects.stale(today()).values("pk"))
        if self.value() == "klara":
            return queryset.filter(pk__in=Activity.objects.said_to_be_done().values("pk"))
        if self.value() == "utan-kontakt":
            reached = ActivityContact.objects.reachable(today()).values("activity")
            return queryset.filter(status=Activity.Status.PUBLISHED).exclude(pk__in=reached)
        return queryset


class ContactInline(admin.StackedInline[ActivityContact, Activity]):
    """Whom to ask."""

    model = ActivityContact
    form = ContactForm
    extra = 0
    max_num = 1
    verbose_name = _("kontakt")
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "email", "language", "representative"),
                "description": _("Den som portalen mejlar och frågar hur det går. Visas aldrig för andra. Ny adress ger en ny länk."),
            },
        ),
    )


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin[Activity]):
    """Activities. What they are is written here; the status changes by the buttons alone."""

    form = ActivityForm
    list_display = ("title", "plan", "party", "due_on", "status_words", "percent_told", "quiet")
    list_filter = (StandingFilter, "status", "plan", ("party", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan", "party")
    search_fields = ("title", "how", "who", "party__name")
    ordering = ("due_on", "pk")
    inlines = (ContactInline,)
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        return super().get_queryset(request).with_latest()  # type: ignore[attr-defined, no-any-return]

    def has_delete_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        """Never: it is cancelled instead."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Room to write, and commitments to tick."""
        widgets = {"how": Textarea({"rows": 5, "cols": 60}), "commitments": CheckboxSelectMultiple()}
        kwargs |= {"widget": widgets[db_field.name]} if db_field.name in widgets else {}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        """A new one begins as a draft, under an address of its own."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.begin(by=signed_in(request))

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/steg/<slug:verb>/", page(self.step), name="agreement_activity_step"),
            path("<int:pk>/uppgift/", page(self.tell), name="agreement_activity_tell"),
            path("<int:pk>/uppgift/<int:update>/dolj/", page(self.hide), name="agreement_activity_hide"),
            path("<int:pk>/lank/skicka/", page(self.ask), name="agreement_activity_ask"),
            path("<int:pk>/lank/fornya/", page(self.renew), name="agreement_activity_renew"),
            path("<int:pk>/lank/dra-in/", page(self.revoke), name="agreement_activity_revoke"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What it is, how it goes, and what can be done with it."""
        activity = self.get_object(request, object_id)
        found = _standing(activity) | {"may_act": self.has_change_permission(request, activity)} if activity else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def step(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Publish it, finish it, take it up again or cancel it."""
        activity = self._changed(request, pk)
        if verb not in VERBS:
            raise Http404
        _button, said, call = VERBS[verb]
        return self._done(request, pk, lambda: call(activity, by=signed_in(request)), said)

    def tell(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down how it goes, as somebody told the secretariat."""
        activity, form = self._changed(request, pk), UpdateForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return redirect("admin:agreement_activity_change", pk)
        words = {"way": ActivityUpdate.Way.OFFICE, "by": signed_in(request), **form.cleaned_data}
        return self._done(request, pk, lambda: ActivityUpdate.objects.tell(activity, **words), _("Uppgiften är sparad."))

    def hide(self, request: HttpRequest, pk: int, update: int) -> HttpResponse:
        """Show an update to nobody any more."""
        activity = self._changed(request, pk)
        found = get_object_or_404(activity.updates, pk=update)
        return self._done(request, pk, lambda: found.hide(by=signed_in(request)), _("Uppgiften visas inte längre."))

    def ask(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail the link now."""
        activity = self._changed(request, pk)
        try:
            is_new = StatusRequest.objects.ask_now(activity, today())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Länken är på väg.") if is_new else _("Länken är redan skickad i dag."))
        return redirect("admin:agreement_activity_change", pk)

    def renew(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new link."""
        contact = self._contact(request, pk)
        return self._done(request, pk, lambda: contact.renew(by=signed_in(request)), _("Kontakten har en ny länk. Den gamla gäller inte."))

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """No link any more."""
        contact = self._contact(request, pk)
        return self._done(request, pk, lambda: contact.revoke(by=signed_in(request)), _("Länken gäller inte längre. Kontakten får inga fler mejl."))

    def _contact(self, request: HttpRequest, pk: int) -> ActivityContact:
        return get_object_or_404(ActivityContact, activity=self._changed(request, pk))

    def _changed(self, request: HttpRequest, pk: int) -> Activity:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Activity, pk=pk)

    def _done(self, request: HttpRequest, pk: int, verb: Callable[[], object], said: Any) -> HttpResponse:
        take(request, verb, said)
        return redirect("admin:agreement_activity_change", pk)

    @admin.display(description=_("läge"), ordering="status")
    def status_words(self, activity: Activity) -> str:
        """How it stands."""
        return capfirst(activity.get_status_display())

    @admin.display(description=_("procent"), ordering="percent")
    def percent_told(self, activity: Activity) -> str:
        """How far it has come, as was told last."""
        return "" if activity.percent is None else f"{activity.percent} %"

    @admin.display(description=_("uppgifter"), ordering="heard_at")
    def quiet(self, activity: Activity) -> str:
        """For how long nothing has been told."""
        return activity.staleness(today())


def _standing(activity: Activity) -> dict[str, Any]:
    """What the activity's page tells beside its form."""
    contact = ActivityContact.objects.select_related("representative__user").filter(activity=activity).first()
    return {
        "activity": activity,
        "stale_words": activity.staleness(today()),
        "verbs": [(verb, button) for verb, (button, _said, _call) in VERBS.items() if activity.may(verb)],
        "story": [(WORDS.get(event.action, event.action), event) for event in activity.events.select_related("actor")],
        "updates": list(activity.updates.select_related("by", "party")),
        "update_form": UpdateForm(),
        "contact": contact,
        "asked": activity.requests.first(),
    }
