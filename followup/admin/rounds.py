"""Rounds in the admin: opened, closed and compiled with one button each, and with a list of who has reported."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from followup.models import Compilation, QuestionSet, Round
from followup.models.questions import PROGRESS_KEY

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
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The round, its verbs, and who has reported."""
        round = self.get_object(request, object_id)
        found = _standing(round) if round and round.status != Round.Status.PLANNED else {}
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
        try:
            self._round(request, pk).close(by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Omgången är avslutad. Inga fler rapporter tas emot."))
        return redirect("admin:followup_round_change", pk)

    def compile(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the book; if one is being made already, show that one."""
        try:
            compilation = Compilation.request(self._round(request, pk), by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("admin:followup_round_change", pk)
        return redirect("admin:followup_compilation_change", compilation.pk)

    def _round(self, request: HttpRequest, pk: int) -> Round:
        if not self._may(request):
            raise PermissionDenied
        return get_object_or_404(Round, pk=pk)

    @staticmethod
    def _may(request: HttpRequest) -> bool:
        return request.user.has_perm("followup.change_round")


def _standing(round: Round) -> dict[str, Any]:
    """Who has reported and who has not yet, and the newest editions of the book."""
    reports = round.reports.select_related("party", "round")
    return {
        "turnout": round.turnout(),
        "submitted": reports.submitted().order_by("-submitted_at"),
        "not_yet": reports.not_yet_in(),
        "compilations": round.compilations.defer("snapshot").select_related("round").order_by("-revision")[:5],
    }
