"""Answering by a mailed link, without an account. Opening the link changes nothing: a button does."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.members import AnswerForm
from council.models import AssignmentReminder, Reply, SubstituteRequest
from council.views.members import finished, take
from idekom.lib.dated import hours_in_words
from idekom.lib.limits import at_most
from idekom.lib.secret_pages import secret


@secret
@at_most(60, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """A member's answer to the notice. Nothing internal stands here: links are passed on."""
    replies = Reply.objects.standing().select_related("meeting__body", "person", "seat")
    found = get_object_or_404(replies, token=token)
    if request.method == "POST":
        take(request, found)
        return redirect(found)
    meeting = found.meeting
    context = {
        "reply": found,
        "meeting": meeting,
        "when": hours_in_words(meeting.starts_at, meeting.ends_at),
        "answers_open": meeting.is_open and meeting.starts_at > timezone.now(),
        "own_substitute": found.own_substitute(),
        "standing_in": found.requests.filter(status=SubstituteRequest.Status.ACCEPTED).select_related("person").first(),
    }
    return render(request, "council/members/reply.html", context)


@secret
@at_most(60, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def substitute(request: HttpRequest, token: str) -> HttpResponse:
    """A substitute's yes or no."""
    requests = SubstituteRequest.objects.select_related("meeting__body", "person", "seat", "reply__person")
    found = get_object_or_404(requests, token=token)
    if request.method == "POST":
        return _decide(request, found)
    meeting = found.meeting
    context = {
        "question": found,
        "meeting": meeting,
        "when": hours_in_words(meeting.starts_at, meeting.ends_at),
        "answers_open": meeting.is_open and meeting.starts_at > timezone.now() and found.stands(),
        "is_needed": found.is_needed(),
    }
    return render(request, "council/members/substitute.html", context)


def _decide(request: HttpRequest, found: SubstituteRequest) -> HttpResponse:
    form = AnswerForm(("accept", "decline"), request.POST)
    try:
        if form.is_valid():
            getattr(found, form.cleaned_data["svar"])(by=found.person.user)
            messages.success(request, _("Tack. Ditt svar är sparat."))
        else:
            messages.error(request, str(form.errors["svar"][0]))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect(found)


@secret
@at_most(60, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, token: str) -> HttpResponse:
    """Say that something one has taken on is done."""
    found = get_object_or_404(AssignmentReminder.objects.select_related("assignment__person__user"), token=token)
    return finished(request, found.assignment, back="council:assignment", token=token)
