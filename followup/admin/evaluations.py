"""Evaluations in the admin: planned, its evaluators invited, opened for comments, made final; and what comes of the recommendations."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agreement.models import Version
from followup.forms.evaluations import CommentDaysForm, DoneForm, EvaluatorForm, ReplyForm
from followup.models import CYCLE, CommentStatus, Evaluation, EvaluationComment, LedgerEntry, Recommendation
from idekom.lib.dated import today
from idekom.lib.office import take
from idekom.lib.reader import signed_in

FORMS: dict[str, tuple[type[forms.Form], Callable[..., LedgerEntry], Any]] = {
    "svar": (ReplyForm, LedgerEntry.answer, gettext_lazy("Skriv in svaret på rekommendation %(reference)s")),
    "gjort": (DoneForm, LedgerEntry.done, gettext_lazy("Rekommendation %(reference)s är gjord")),
    "igen": (DoneForm, LedgerEntry.take_up_again, gettext_lazy("Ta upp rekommendation %(reference)s igen")),
}
"""{the step in the address: its form, the verb that it becomes, the page's title}"""


@admin.register(Evaluation)
class EvaluationAdmin(admin.ModelAdmin[Evaluation]):
    """Evaluations. The plan is written here, the text by the evaluators; the status changes by the buttons alone."""

    list_display = ("year", "status", "evaluator", "from_year", "to_year", "waiting_comments")
    fields = ("year", "version", "from_year", "to_year", "evaluator")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evaluation]:
        waiting = Count("comments", filter=Q(comments__status=CommentStatus.WAITING))
        return super().get_queryset(request).annotate(waiting=waiting)

    @admin.display(description=gettext_lazy("synpunkter att läsa"))
    def waiting_comments(self, evaluation: Any) -> int:
        """How many comments the secretariat has not read."""
        return int(evaluation.waiting)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next one of the cycle."""
        year, version = CYCLE.next_year(today()), Version.objects.in_force(today())
        first, last = CYCLE.period(year)
        return {"year": year, "from_year": first, "to_year": last, "version": version.pk if version else None}

    def get_readonly_fields(self, request: HttpRequest, obj: Evaluation | None = None) -> tuple[str, ...]:
        """What the evaluators have begun to write about stays; a final one stays whole."""
        if obj is None or obj.status == Evaluation.Status.PLANNED:
            return ()
        return self.fields if obj.status == Evaluation.Status.FINAL else ("year", "version")

    def has_delete_permission(self, request: HttpRequest, obj: Evaluation | None = None) -> bool:
        """Never."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        def verb(view: Any) -> Any:
            return page(require_POST(view))

        name = "followup_evaluation"
        return [
            path("<int:pk>/starta/", verb(self.start), name=f"{name}_start"),
            path("<int:pk>/oppna/", page(self.open), name=f"{name}_open"),
            path("<int:pk>/slutlig/", verb(self.final), name=f"{name}_final"),
            path("<int:pk>/bjud-in/", page(self.invite), name=f"{name}_invite"),
            path("<int:pk>/utvarderare/<int:user>/ta-bort/", verb(self.dismiss), name=f"{name}_dismiss"),
            path("<int:pk>/synpunkter/<int:comment>/visa/", verb(self.show), name=f"{name}_show"),
            path("<int:pk>/synpunkter/<int:comment>/visa-inte/", verb(self.hold_back), name=f"{name}_hold_back"),
            path("<int:pk>/rekommendationer/<int:recommendation>/<slug:step>/", page(self.ledger), name=f"{name}_ledger"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The evaluation, its verbs, its evaluators, the comments and the recommendations."""
        evaluation = self.get_object(request, object_id)
        found = _standing(evaluation) | {"may_act": self.has_change_permission(request, evaluation)} if evaluation else {}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the evaluators write."""
        evaluation = self._changed(request, pk)
        return self._done(request, pk, lambda: evaluation.start(by=signed_in(request)), _("Utvärderarna kan nu skriva."))

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the draft to everybody, and take comments in between two days."""
        evaluation = self._changed(request, pk)
        form = CommentDaysForm(request.POST if request.method == "POST" else None, initial={"first": today()})
        if form.is_valid():
            told = _("Utkastet är öppet för synpunkter.")
            return self._done(request, pk, lambda: evaluation.open_for_comment(by=signed_in(request), **form.cleaned_data), told)
        return self._form(request, evaluation, form, _("Öppna utkastet för synpunkter"), _("Öppna för synpunkter"))

    def final(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The evaluation is finished."""
        evaluation = self._changed(request, pk)
        return self._done(request, pk, lambda: evaluation.make_final(by=signed_in(request), day=today()), _("Utvärderingen är slutlig."))

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody read and write."""
        evaluation = self._changed(request, pk)
        form = EvaluatorForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            told = _("Inbjudan är på väg.")
            return self._done(request, pk, lambda: evaluation.invite(form.cleaned_data["email"], by=signed_in(request)), told)
        return self._form(request, evaluation, form, _("Bjud in en utvärderare"), _("Bjud in"))

    def dismiss(self, request: HttpRequest, pk: int, user: int) -> HttpResponse:
        """Close an evaluator off."""
        evaluation = self._changed(request, pk)
        evaluator = get_object_or_404(evaluation.evaluators, pk=user)
        return self._done(request, pk, lambda: evaluation.dismiss(evaluator, by=signed_in(request)), _("Kontot kommer inte längre åt utvärderingen."))

    def show(self, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        """Show a comment to everybody."""
        found = get_object_or_404(EvaluationComment, pk=comment, evaluation=self._changed(request, pk))
        return self._done(request, pk, lambda: found.show(by=signed_in(request)), _("Synpunkten visas nu för alla."))

    def hold_back(self, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        """Keep a comment without showing it."""
        found = get_object_or_404(EvaluationComment, pk=comment, evaluation=self._changed(request, pk))
        return self._done(request, pk, lambda: found.hold_back(by=signed_in(request)), _("Synpunkten visas inte. Den finns kvar här."))

    def ledger(self, request: HttpRequest, pk: int, recommendation: int, step: str) -> HttpResponse:
        """Write a line in a recommendation's ledger."""
        evaluation = self._changed(request, pk)
        found = get_object_or_404(Recommendation.objects.select_related("finding", "party"), pk=recommendation, finding__evaluation=evaluation)
        if step not in FORMS:
            raise Http404
        form_of, write, title = FORMS[step]
        form = form_of(request.POST if request.method == "POST" else None, initial={"on": today()})
        if form.is_valid():
            return self._done(request, pk, lambda: write(found, **form.cleaned_data, by=signed_in(request)), _("Raden står nu i liggaren."))
        about = f"{found.text} ({found.addressed_to})"
        return self._form(request, evaluation, form, title % {"reference": found.reference}, _("Skriv in"), about)

    def _form(self, request: HttpRequest, evaluation: Evaluation, form: forms.Form, title: str, button: str, about: str = "") -> HttpResponse:
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context = {**everywhere, "evaluation": evaluation, "form": form, "button": button, "about": about}
        return TemplateResponse(request, "admin/followup/evaluation/form.html", context)

    @staticmethod
    def _done(request: HttpRequest, pk: int, act: Callable[[], object], told: str) -> HttpResponse:
        """Do it, say so, or say why not."""
        take(request, act, told)
        return redirect("admin:followup_evaluation_change", pk)

    def _changed(self, request: HttpRequest, pk: int) -> Evaluation:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Evaluation, pk=pk)


def _standing(evaluation: Evaluation) -> dict[str, Any]:
    """What the evaluation's page tells beside its form."""
    comments = list(evaluation.comments.all())
    return {
        "evaluation": evaluation,
        "evaluators": list(evaluation.evaluators.order_by("email")),
        "comments": sorted(comments, key=lambda one: one.status != CommentStatus.WAITING),
        "findings": list(evaluation.findings.with_ledger()),
        "marked": evaluation.marks.count(),
        "takes_comments": evaluation.takes_comments(today()),
        "may_be_final": evaluation.may("make_final") and evaluation.is_writable(today()),
    }
