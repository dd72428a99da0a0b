"""Saying which times one can: signed in, or by the link that was mailed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.polls import TimesForm
from council.models import Asked, TimePoll
from council.models.polls import PollClosed
from idekom.lib.dated import today
from idekom.lib.limits import at_most


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, pk: int) -> HttpResponse:
    """The times, for a member who is signed in."""
    asked = Asked.objects.exclude(poll__status=TimePoll.Status.DRAFT).select_related("poll__body", "poll__meeting__body", "person")
    return _answered(request, get_object_or_404(asked, poll=pk, person__user=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@at_most(60, minutes=60)
def times_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The times, for whoever has the member's own link."""
    asked = get_object_or_404(Asked.objects.select_related("poll__body", "poll__meeting__body", "person"), token=token)
    response = _answered(request, asked)
    response.is_private = True  # type: ignore[attr-defined]
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answered(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The page, or what came of the answer."""
    form = TimesForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            asked.answer(form.answers)
        except PollClosed as closed:
            form.add_error(None, closed)
        else:
            messages.success(request, _("Tack. Ditt svar är sparat."))
            return redirect(request.path)
    is_open = asked.poll.takes_answers(today())
    context = {"asked": asked, "poll": asked.poll, "form": form, "is_open": is_open, "options": asked.poll.options.with_counts()}
    return render(request, "council/polls/times.html", context)
