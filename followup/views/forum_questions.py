"""Questions to the forum from phones in the hall, and the big screen that shows them."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followup.forms.forums import LikeForm, QuestionForm
from followup.models import Forum, ForumLike, ForumQuestion
from followup.models.forum_questions import QuestionsClosed
from followup.views.forums import found
from idekom.lib import qr
from idekom.lib.limits import at_most
from idekom.lib.mail import absolute

COOKIE, COOKIE_DAYS = "forum", 30
REFRESH = 5
"""Seconds between two looks at the questions on the screen; sent as a header, so no script is needed."""
MOST_ON_SCREEN = 8


@require_http_methods(["GET", "HEAD", "POST"])
@at_most(600, minutes=60)  # a whole hall may share one network address
def questions(request: HttpRequest, year: int) -> HttpResponse:
    """The questions so far, and a box to ask in."""
    forum = found(year)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ForumQuestion.ask(forum, form.cleaned_data["text"])
        except QuestionsClosed as closed:
            form.add_error(None, closed)
        else:
            messages.success(request, _("Tack. Frågan visas när kansliet har läst den."))
            return redirect("followup:questions", year)
    browser = _browser(request)
    context = {
        "forum": forum,
        "round": forum.round,
        "form": form,
        "is_open": forum.takes_questions(timezone.now()),
        "questions": forum.questions.on_screen(),
        "liked": set(ForumLike.objects.filter(question__forum=forum, browser=browser).values_list("question", flat=True)) if browser else set(),
    }
    return render(request, "followup/forum/questions.html", context)


@require_POST
@at_most(4000, minutes=60)
def like(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Like a question, or take the like back. The cookie that says which browser it was is set here and nowhere else."""
    question = get_object_or_404(found(year).questions.on_screen(), pk=pk)
    browser, form = _browser(request) or uuid4(), LikeForm(request.POST)
    try:
        if form.is_valid() and form.cleaned_data["back"]:
            question.unlike(browser)
        else:
            question.like(browser)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    response = redirect(f"{reverse('followup:questions', args=[year])}#fraga-{pk}")
    age = COOKIE_DAYS * 24 * 60 * 60
    response.set_signed_cookie(COOKIE, str(browser), max_age=age, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response


@require_safe
def screen(request: HttpRequest, year: int) -> HttpResponse:
    """For the projector: the questions, the most liked first, and where to ask. Looks again by itself, unless asked to stand still."""
    forum = found(year)
    with translation.override(settings.LANGUAGE_CODE):
        page, short = absolute(reverse("followup:questions", args=[year])), absolute(reverse("followup:ask"))
    is_nearest = Forum.objects.nearest(timezone.now()) == forum
    context = {
        "forum": forum,
        "questions": forum.questions.on_screen()[:MOST_ON_SCREEN],
        "qr": qr.svg(page),
        "address": (short if is_nearest else page).partition("://")[2].rstrip("/"),
        "stands_still": "stilla" in request.GET,
    }
    response = render(request, "followup/forum/screen.html", context)
    if not context["stands_still"]:
        response.headers["Refresh"] = str(REFRESH)
    return response


@require_safe
def nearest(request: HttpRequest) -> HttpResponse:
    """The short address that one types from the screen."""
    forum = Forum.objects.nearest(timezone.now())
    if forum is None:
        raise Http404
    return redirect("followup:questions", forum.round.year)


def _browser(request: HttpRequest) -> UUID | None:
    """Which browser it is, when it has liked something before."""
    try:
        return UUID(request.get_signed_cookie(COOKIE, default=""))
    except ValueError:  # no cookie, or one that somebody has written themselves
        return None
