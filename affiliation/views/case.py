"""The case that a draft becomes, in the applicant's hands: where it stands, and the steps that the applicant takes."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from affiliation.models import Application
from affiliation.models.answers import FILES
from affiliation.models.applications import Incomplete
from affiliation.models.sections import FILE_NAMES
from affiliation.views.secrets import secret
from council.models import Meeting
from idekom.lib.downloads import as_download
from idekom.lib.history import WrongStatus


@secret
@require_safe
def case(request: HttpRequest, token: str) -> HttpResponse:
    """Where the case stands, what has happened and who acts next."""
    application = get_object_or_404(Application.objects.select_related("meeting", "affiliation__party"), token=token)
    if application.status == Application.Status.DRAFT:
        return redirect("affiliation:check", token)
    events = [event for event in application.events.all() if event.is_public]
    context = {
        "application": application,
        "timeline": [{"at": event.at, "title": event.title, "text": event.note} for event in reversed(events)],  # not by whom
        "reason": next((event.note for event in events if event.action == "decline"), ""),
        "meeting": application.meeting or Meeting.objects.coming(timezone.now()).first(),
        "is_open": application.may("withdraw"),
        "sections": [] if application.anonymised_on else application.answers(),
    }
    return render(request, "affiliation/case.html", context)


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
@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A PDF that the applicant has uploaded."""
    application = get_object_or_404(Application, token=token)
    kept = getattr(application, name) if name in FILES else None
    if not kept or not kept.storage.exists(kept.name):
        raise Http404
    return as_download(kept, "-".join(filter(None, [application.number, FILE_NAMES[name]])))


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
