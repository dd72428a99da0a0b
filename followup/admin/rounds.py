"""Rounds in the admin: opened, closed and compiled with one button each, and with who has reported, who is missing, and who asks for more time."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from followup.admin.standing import Chosen, standing
from followup.emails import reminders
from followup.forms.extensions import RemindForm, WordForm
from followup.models import Compilation, Extension, QuestionSet, Report, ReportReminder, Round
from followup.models.questions import PROGRESS_KEY
from followup.models.reminders import Recipient
from idekom.lib.dated import today
from idekom.lib.office import take

MOST = 800
"""How many can be reminded by one press: a form with more fields is refused."""
MARKDOWN = gettext_lazy(
    "Årets sammanfattning på lätt svenska. Den står först i boken och på årets sida. Tom rad ger nytt stycke. ## framför ger en rubrik, "
    "- framför ger en punkt i en lista, **ord** ger fet stil, [text](https://adress) ger en länk. Bilder och HTML tas bort."
)


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin[Round]):
    """Years. Dates are set here; the status changes by the buttons alone."""

    list_display = ("year", "status", "opens_on", "due_on", "forum_on")
    fields = ("year", "version", "questions", "opens_on", "due_on", "forum_on", "summary")

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> tuple[str, ...]:
        """What the parties have been told does not change once the round has opened; the last day and the forum may."""
        return ("year", "version", "questions", "opens_on") if obj and obj.status != Round.Status.PLANNED else ()

    def get_form(self, request: HttpRequest, obj: Round | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, help_texts={"summary": MARKDOWN}, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Questions that do not ask how far the commitments have come cannot be reported on."""
        if db_field.name == "questions":
            kwargs["queryset"] = QuestionSet.objects.filter(questions__key=PROGRESS_KEY)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        """Only what nobody has seen yet can go."""
        return bool(obj and obj.status == Round.Status.PLANNED) and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        def verb(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/oppna/", verb(self.open), name="followup_round_open"),
            path("<int:pk>/avsluta/", verb(self.close), name="followup_round_close"),
            path("<int:pk>/sammanstall/", verb(self.compile), name="followup_round_compile"),
            path("<int:pk>/paminn/", self.admin_site.admin_view(self.remind), name="followup_round_remind"),
            path("<int:pk>/mer-tid/<int:extension>/ja/", verb(self.grant), name="followup_round_grant"),
            path("<int:pk>/mer-tid/<int:extension>/nej/", verb(self.decline), name="followup_round_decline"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The round, its verbs, and who has reported."""
        round = self.get_object(request, object_id)
        found = standing(round, Chosen.of(request.GET)) if round and round.status != Round.Status.PLANNED else {}
        return super().change_view(request, object_id, form_url, {"round": round, "may_act": self._may(request), **found, **(extra_context or {})})

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the round."""
        round = self._round(request, pk)
        try:
            round.open(by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            count = round.reports.count()
            text = ngettext("Omgången är öppen. %(count)d part kan nu rapportera.", "Omgången är öppen. %(count)d parter kan nu rapportera.", count)
            messages.success(request, text % {"count": count})
        return redirect("admin:followup_round_change", pk)

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take no more reports in."""
        take(request, lambda: self._round(request, pk).close(by=request.user), _("Omgången är avslutad. Inga fler rapporter tas emot."))  # type: ignore[arg-type]
        return redirect("admin:followup_round_change", pk)

    def compile(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the book, published at once or looked at first; if one is being made already, show that one."""
        round, publishes = self._round(request, pk), "titta" not in request.POST
        try:
            compilation = Compilation.request(round, by=request.user, publishes=publishes)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("admin:followup_round_change", pk)
        return redirect("admin:followup_compilation_change", compilation.pk)

    def remind(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom a reminder would go to, and how they read it; pressed, it is on its way."""
        round, chosen, day = self._round(request, pk), Chosen.of(request.GET), today()
        found = ReportReminder.objects.recipients(chosen.narrow(Report.objects.filter(round=round)), day)
        untold = [one for one in found if not one.is_told_on(day)]
        form = RemindForm(request.POST if request.method == "POST" else None, recipients=untold[:MOST])
        if request.method == "POST" and form.is_valid():
            made = ReportReminder.objects.make_by_hand(form.chosen, day, by=request.user)  # type: ignore[arg-type]
            text = ngettext("%(count)d påminnelse är på väg.", "%(count)d påminnelser är på väg.", made)
            messages.success(request, text % {"count": made})
            return redirect("admin:followup_round_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Påminn dem som saknas"),
            "round": round,
            "chosen": chosen,
            "form": form,
            "ticked": set(form["to"].value() or []),
            "recipients": untold[:MOST],
            "told": [one for one in found if one.is_told_on(day)],
            "too_many": len(untold) - MOST,
            "unreachable": _unreachable(chosen, round, found),
            "preview": _preview(untold, request),
        }
        return TemplateResponse(request, "admin/followup/round/remind.html", context)

    def grant(self, request: HttpRequest, pk: int, extension: int) -> HttpResponse:
        """Give the time that was asked for."""
        return self._answer(request, pk, extension, Extension.grant, _("Parten har fått mer tid, och får veta det med e-post."))

    def decline(self, request: HttpRequest, pk: int, extension: int) -> HttpResponse:
        """Leave the last day as it is."""
        return self._answer(request, pk, extension, Extension.decline, _("Sista dagen är som förut. Parten får veta det med e-post."))

    def _answer(self, request: HttpRequest, pk: int, extension: int, verb: Callable[..., None], done: str) -> HttpResponse:
        asked = get_object_or_404(Extension.objects.select_related("report__round"), pk=extension, report__round=self._round(request, pk))
        form = WordForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError(list(form.errors["note"]))
            verb(asked, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, done)
        return redirect("admin:followup_round_change", pk)

    def _round(self, request: HttpRequest, pk: int) -> Round:
        if not self._may(request):
            raise PermissionDenied
        return get_object_or_404(Round, pk=pk)

    @staticmethod
    def _may(request: HttpRequest) -> bool:
        return request.user.has_perm("followup.change_round")


def _unreachable(chosen: Chosen, round: Round, found: list[Recipient]) -> QuerySet[Report]:
    """The missing reports that nobody can be reminded of."""
    reports = chosen.narrow(Report.objects.not_yet_in().filter(round=round).select_related("party"))
    return reports.exclude(pk__in={one.report.pk for one in found})


def _preview(recipients: list[Recipient], request: HttpRequest) -> dict[str, Any] | None:
    """The mail as the first of them reads it."""
    if not recipients:
        return None
    row = recipients[0].reminder(ReportReminder.Kind.BY_HAND, today(), made_by=request.user)
    return {"to": recipients[0].user, "mail": reminders.words(row)}
