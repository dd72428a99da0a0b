"""The steps that the secretary takes with one case: fill in, read the mail as the applicant will, then decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from affiliation.emails import applications as emails
from affiliation.forms.decisions import DELEGATED, AgendaForm, CompletionForm, DecisionForm, DeclineForm, StepForm
from affiliation.models import Application, ApplicationEvent, Decision
from idekom.lib.mail import Rendered

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin
    from idekom.users.models import User


@dataclass(frozen=True)
class Step:
    """A verb of the case: its button, its heading, what is filled in, and the call that takes it."""

    verb: str
    button: str | Promise
    done: str | Promise
    form: type[StepForm]
    call: Callable[[Application, "User", dict[str, Any]], object]

    @property
    def has_form(self) -> bool:
        """Whether something is to be filled in first."""
        return self.form is not StepForm


def decision(filled: dict[str, Any]) -> Decision:
    """When and where, of what was filled in."""
    return Decision(on=filled["decided_on"], meeting=filled["meeting"], paragraph=filled["paragraph"], is_delegated=filled["how"] == DELEGATED)


STEPS = {
    step.verb: step
    for step in (
        Step("start_review", _("Börja granska"), _("Granskningen har börjat."), StepForm, lambda case, by, filled: case.start_review(by=by)),
        Step(
            "ask_for_completion",
            _("Be om komplettering"),
            _("Den sökande har fått frågan."),
            CompletionForm,
            lambda case, by, filled: case.ask_for_completion(by=by, note=filled["note"], fields=filled["answers"]),
        ),
        Step(
            "put_on_agenda",
            _("Sätt upp på dagordningen"),
            _("Ansökan står på dagordningen."),
            AgendaForm,
            lambda case, by, filled: case.put_on_agenda(by=by, meeting=filled["meeting"]),
        ),
        Step(
            "approve", _("Godkänn"), _("Ansökan är godkänd."), DecisionForm, lambda case, by, filled: case.approve(by=by, decision=decision(filled))
        ),
        Step(
            "decline",
            _("Avslå"),
            _("Ansökan är avslagen."),
            DeclineForm,
            lambda case, by, filled: case.decline(by=by, decision=decision(filled), note=filled["note"]),
        ),
    )
}


def prepare(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Fill in what the step needs; then read the mail that it sends."""
    case, step = _found(model_admin, request, pk, verb)
    if not (case.may(verb) and step.has_form):
        messages.warning(request, _("Steget går inte att ta längre. Se hur ärendet står."))
        return redirect("admin:affiliation_application_change", case.pk)
    form = step.form(request.POST if request.method == "POST" else None, case=case)
    context = {"title": step.button, "case": case, "step": step, "form": form}
    if request.method == "POST" and form.is_valid() and "andra" not in request.POST:
        ticked = form.ticked() if isinstance(form, CompletionForm) else []
        return model_admin.page(request, "preview", context | {"mail": preview(case, verb, form.cleaned_data), "ticked": ticked})
    return model_admin.page(request, "step", context)


def take(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take the step, by POST only. Who comes second is told, and nothing happens twice."""
    case, step = _found(model_admin, request, pk, verb)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = step.form(request.POST, case=case)
    if not form.is_valid():
        return prepare(model_admin, request, pk, verb)
    try:
        step.call(case, request.user, form.cleaned_data)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, str(step.done))
    return redirect("admin:affiliation_application_change", case.pk)


def _found(model_admin: "ApplicationAdmin", request: HttpRequest, pk: int, verb: str) -> tuple[Application, Step]:
    case = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_change_permission(request, case):
        raise PermissionDenied
    if verb not in STEPS:
        raise Http404
    return case, STEPS[verb]


def preview(case: Application, verb: str, filled: dict[str, Any]) -> Rendered:
    """The mail as it will be: the case as it would stand, and an event that is not saved."""
    if "decided_on" in filled:
        for name, value in decision(filled).columns().items():
            setattr(case, name, value)
    case.meeting = filled.get("meeting", case.meeting)
    case.asked_fields = filled.get("answers", case.asked_fields)
    return emails.preview(ApplicationEvent(subject=case, action=verb, note=filled.get("note", "")))
