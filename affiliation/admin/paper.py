"""An application that came on paper: the secretary types it in on one page, and it becomes a case like the others."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from affiliation.forms.application import FORMS
from affiliation.forms.sections import SectionForm
from affiliation.models import SECTIONS, Application
from affiliation.models.answers import FILES
from affiliation.models.applications import Incomplete
from affiliation.models.sections import FIELDS
from agreement.models import Version
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin


def register(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """All questions on one page. Sent twice, it is one case."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    key = _draft_key(request)
    if sent := model_admin.get_queryset(request).filter(draft_key=key).first():
        return redirect("admin:affiliation_application_change", sent.pk)
    forms = _forms(request)
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419 - every form is to tell its errors
        try:
            case = Application.objects.register_paper(key, by=request.user, language="sv", answers=_answers(forms))  # type: ignore[arg-type]
        except WrongStatus:  # it is in already
            case = get_object_or_404(model_admin.get_queryset(request), draft_key=key)
        except (Incomplete, Version.DoesNotExist) as error:
            told = error.messages[0] if isinstance(error, Incomplete) else _("Ingen version av överenskommelsen gäller i dag.")
            return _page(model_admin, request, forms, key, told)
        messages.success(request, _("Ansökan är inskriven och har fått nummer %(number)s.") % {"number": case.number})
        return redirect("admin:affiliation_application_change", case.pk)
    return _page(model_admin, request, forms, key, _("Inget är sparat än. Rätta det som är markerat.") if request.method == "POST" else "")


def _page(model_admin: "ApplicationAdmin", request: HttpRequest, forms: list[SectionForm], key: UUID, told: str) -> HttpResponse:
    lost = [str(form.fields[name].label) for form in forms for name in request.FILES if name in form.fields]
    context = {"title": _("Registrera pappersansökan"), "forms": forms, "draft_key": key, "told": told, "lost": lost}
    return model_admin.page(request, "paper", context)


def _forms(request: HttpRequest) -> list[SectionForm]:
    """One form per section, for one organisation; an umbrella as yet, so that its members are asked for."""
    case = Application(kind="umbrella", source=Application.Source.PAPER)
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    forms = [FORMS[section.slug](*typed, instance=case, section=section) for section in SECTIONS]
    for form in forms:
        if "contact_email" in form.fields:
            form.fields["contact_email"].required = False
        if "kind" in form.fields:
            form.initial["kind"] = ""
    return forms


def _answers(forms: list[SectionForm]) -> dict[str, Any]:
    answers = {name: value for form in forms for name, value in form.cleaned_data.items() if name in FIELDS}
    unasked = {"members"} if answers.get("kind") != "umbrella" else set()
    return {name: value for name, value in answers.items() if name not in unasked and (value or name not in FILES)}


def _draft_key(request: HttpRequest) -> UUID:
    """The key that the page carries, so that sending it twice makes one case."""
    try:
        return UUID(request.POST.get("draft_key", ""))
    except ValueError:
        return uuid4()
