"""A member's own meetings: what is coming and who comes, the papers, and what one has taken on.

Only those who hold a mandate in the body on the day of the meeting find it here; what is internal is for those who sit at it.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council.forms.members import AnswerForm, FinishForm
from council.models import Assignment, Meeting, Minutes, Paper, Reply, SubstituteRequest
from council.models.reading import AGENDA_STANDS, agenda, meetings_of, ordinary_on, papers, sits_at
from council.models.replies import ANSWERS
from council.models.reports_back import ReportBack
from idekom.lib.dated import hours_in_words, today
from idekom.lib.downloads import as_download
from idekom.lib.reader import signed_in

if TYPE_CHECKING:
    from council.models import Person


def mine(request: HttpRequest, pk: int) -> Meeting:
    """One of the reader's own meetings."""
    return get_object_or_404(meetings_of(signed_in(request)), pk=pk)


def me(request: HttpRequest) -> "Person":
    """Who the reader is in the council; only for those who have a meeting."""
    return signed_in(request).person


@login_required
@require_safe
def my_meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that one has to do with, and what one has taken on."""
    user, now = signed_in(request), timezone.now()
    meetings = list(meetings_of(user).order_by("starts_at"))
    replies = {reply.meeting_id: reply for reply in Reply.objects.filter(meeting__in=meetings, person__user=user).standing()}
    told = set(ReportBack.objects.filter(person__user=user).values_list("meeting", flat=True))
    adjusted = set(Minutes.objects.adjusted().filter(meeting__in=meetings).values_list("meeting", flat=True))
    rows: list[dict[str, Any]] = [
        {
            "meeting": one,
            "when": hours_in_words(one.starts_at, one.ends_at),
            "reply": replies.get(one.pk),
            "told": one.pk in told,
            "is_adjusted": one.pk in adjusted,
        }
        for one in meetings
    ]
    context = {
        "coming": [row for row in rows if row["meeting"].ends_at > now],
        "past": [row for row in reversed(rows) if row["meeting"].ends_at <= now],
        "assignments": Assignment.objects.open().filter(person__user=user),
        "to_adjust": Minutes.objects.waiting_for(user).select_related("meeting__body"),
        "today": today(),
    }
    return render(request, "council/members/my_meetings.html", context)


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting of one's own: when, the answer, the agenda with its papers, what one has taken on."""
    found, person, now = mine(request, pk), me(request), timezone.now()
    sits = sits_at(found, person)
    mandate = ordinary_on(found).filter(person=person).first()
    reply = Reply.objects.filter(meeting=found, person=person).standing().first()
    context = {
        "meeting": found,
        "when": hours_in_words(found.starts_at, found.ends_at),
        "sits": sits,
        "lines": agenda(found, internal=sits) if found.status in AGENDA_STANDS else [],
        "is_called": mandate is not None,
        "reply": reply,
        "answers_open": found.status == Meeting.Status.CALLED and found.starts_at > now,
        "own_substitute": _own_substitute(found, mandate.seat_id) if mandate else None,
        "standing_in": SubstituteRequest.objects.accepted().filter(meeting=found, reply=reply).select_related("person").first() if reply else None,
        "request_for_me": SubstituteRequest.objects.filter(meeting=found, person=person).engaged().select_related("reply__person", "seat").first(),
        "assignments": Assignment.objects.filter(person=person, item__meeting__body=found.body_id).open(),
        "is_adjusted": mandate is not None and Minutes.objects.adjusted().filter(meeting=found).exists(),
        "to_adjust": Minutes.objects.waiting_for(signed_in(request)).filter(meeting=found).select_related("meeting__body"),
        "today": today(),
    }
    return render(request, "council/members/meeting.html", context)


def _own_substitute(meeting: Meeting, seat: int) -> "Person | None":
    return Reply(meeting=meeting, seat_id=seat).own_substitute()


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Coming, not coming, or a substitute instead."""
    found = mine(request, pk)
    reply = Reply.objects.own(found, me(request)) if found.status == Meeting.Status.CALLED else None
    if reply is None:
        raise Http404
    take(request, reply)
    return redirect("council:member_meeting", pk)


def take(request: HttpRequest, reply: Reply) -> None:
    """Give the answer of the pressed button, and say what it means."""
    form = AnswerForm(ANSWERS, request.POST)
    try:
        if form.is_valid():
            getattr(reply, form.cleaned_data["svar"])(by=signed_in(request) if request.user.is_authenticated else None)
            messages.success(request, _("Tack. Ditt svar är sparat."))
        else:
            messages.error(request, str(form.errors["svar"][0]))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])


@login_required
@require_safe
def paper(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper of a meeting of one's own."""
    found = mine(request, pk)
    readable: list[Paper] = papers(agenda(found, internal=sits_at(found, me(request)))) if found.status in AGENDA_STANDS else []
    wanted = next((one for one in readable if one.pk == paper), None)
    if wanted is None:
        raise Http404
    try:
        return as_download(wanted.file, f"underlag-{wanted.pk}.pdf")
    except FileNotFoundError as gone:
        raise Http404 from gone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that something one has taken on is done."""
    found = get_object_or_404(Assignment.objects.filter(person__user=signed_in(request)), pk=pk)
    return finished(request, found, back="council:my_meetings")


def finished(request: HttpRequest, found: Assignment, *, back: str, **arguments: str) -> HttpResponse:
    """The page on which an assignment is said to be done, and that it is."""
    form = FinishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and found.may("finish") and form.is_valid():
        try:
            found.finish(by=found.person.user if found.person else None, note=form.cleaned_data["note"])
        except ValidationError as changed:
            messages.error(request, changed.messages[0])
        else:
            messages.success(request, _("Tack. Uppdraget är klart."))
        return redirect(reverse(back, kwargs=arguments))
    return render(request, "council/members/assignment.html", {"assignment": found, "form": form, "is_open": found.may("finish")})
