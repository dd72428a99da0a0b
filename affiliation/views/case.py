"""The application in the applicant's hands: its pages, the check before it is sent, and the case that it becomes.

Whoever has the address of a case may see it, so these pages are kept by no cache and found by no search engine.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from affiliation.forms.application import FORMS, DecisionForm, OrganisationForm, SectionForm
from affiliation.models import SECTIONS, Application, Section
from affiliation.models.applications import Incomplete
from affiliation.models.sections import BY_SLUG, after, before
from affiliation.views.secrets import secret
from agreement.models import Version
from council.models import Meeting
from idekom.lib.history import WrongStatus


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first page. A good answer makes the draft, and the same draft when it is sent twice."""
    form = OrganisationForm(_typed(request), section=SECTIONS[0])
    if request.method == "POST" and form.is_valid():
        try:
            draft = Application.objects.begin(_draft_key(request), language=get_language() or "sv", answers=form.cleaned_data)
        except WrongStatus:
            draft = get_object_or_404(Application, draft_key=_draft_key(request))
            return redirect(draft)
        except Version.DoesNotExist:
            return redirect("affiliation:apply")
        return redirect("affiliation:section", draft.token, SECTIONS[1].slug)
    return _page(request, form, back=reverse("affiliation:apply"), draft_key=_draft_key(request))


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, token: str, section: str) -> HttpResponse:
    """One page of the application; "Fortsätt" keeps its answers."""
    application = get_object_or_404(Application, token=token)
    page = BY_SLUG.get(section)
    if page is None:
        raise Http404
    if not application.is_editable:
        return redirect(application)
    form = FORMS[section](_typed(request), request.FILES or None, instance=application, section=page)
    try:
        if request.method == "POST" and form.is_valid():
            application.save_answers(form.fields)
            return redirect(_next(request, application, page))
        _keep_files(form)
    except WrongStatus:
        return redirect(application)
    return _page(request, form, back=_back(request, application, page), application=application)


@secret
@require_GET
def check(request: HttpRequest, token: str) -> HttpResponse:
    """All answers, before they are sent in."""
    application = get_object_or_404(Application, token=token)
    if not application.is_editable:
        return redirect(application)
    sections = application.answers()
    missing = [(part.section, answer) for part in sections for answer in part.answers if answer.is_missing]
    return render(request, "affiliation/check.html", {"application": application, "sections": sections, "missing": missing})


@secret
@require_POST
def submit(request: HttpRequest, token: str) -> HttpResponse:
    """Send the application in; a second time shows the same receipt."""
    return _do(token, Application.submit)


@secret
@require_POST
def complete(request: HttpRequest, token: str) -> HttpResponse:
    """Send the completion in."""
    return _do(token, Application.complete)


@secret
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take the application back."""
    return _do(token, Application.withdraw)


@secret
@require_GET
def case(request: HttpRequest, token: str) -> HttpResponse:
    """Where the case stands, what has happened and who acts next."""
    application = get_object_or_404(Application.objects.select_related("meeting", "affiliation__party"), token=token)
    if application.status == Application.Status.DRAFT:
        return redirect("affiliation:check", token)
    events = list(application.events.all())
    context = {
        "application": application,
        "timeline": [{"at": event.at, "title": event.title, "text": event.note} for event in reversed(events)],  # not by whom
        "reason": next((event.note for event in events if event.action == "decline"), ""),
        "meeting": application.meeting or Meeting.objects.coming(timezone.now()).first(),
        "is_open": application.may("withdraw"),
    }
    return render(request, "affiliation/case.html", context)


def _do(token: str, verb: Callable[[Application], None]) -> HttpResponse:
    """Let the applicant take a step. Where it is too late for it, the case page tells how things stand."""
    application = get_object_or_404(Application, token=token)
    try:
        verb(application)
    except Incomplete:
        return redirect("affiliation:check", token)
    except WrongStatus:
        pass
    return redirect(application)


def _page(request: HttpRequest, form: SectionForm, **context: Any) -> HttpResponse:
    step = SECTIONS.index(form.section) + 1
    return render(request, "affiliation/section.html", {"form": form, "section": form.section, "step": step, "steps": len(SECTIONS), **context})


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _draft_key(request: HttpRequest) -> UUID:
    """The key that the first page carries, so that sending it twice makes one draft."""
    try:
        return UUID(request.POST.get("draft_key", ""))
    except ValueError:
        return uuid4()


def _keep_files(form: SectionForm) -> None:
    """Where other answers need mending, keep the good files: they cannot be typed again."""
    if isinstance(form, DecisionForm) and form.is_bound and form.kept():
        form.instance.save_answers(form.kept())
        form.tell_what_is_uploaded()


def _next(request: HttpRequest, application: Application, page: Section) -> str:
    following = after(page)
    if following is None or "granska" in request.GET or application.status != Application.Status.DRAFT:
        return reverse("affiliation:check", args=[application.token])
    return reverse("affiliation:section", args=[application.token, following.slug])


def _back(request: HttpRequest, application: Application, page: Section) -> str:
    previous = before(page)
    if "granska" in request.GET or application.status != Application.Status.DRAFT:
        return reverse("affiliation:check", args=[application.token])
    return reverse("affiliation:section", args=[application.token, previous.slug]) if previous else reverse("affiliation:apply")
