"""The dialogue forum as everybody sees it, and saying that one comes, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from affiliation.views.secrets import secret
from followup.calendars import FILE_NAME, calendar
from followup.forms.forums import NeedsForm, RegistrationForm
from followup.models import Forum, ForumQuestion, ForumRegistration, Round
from followup.models.forums import RegistrationClosed
from idekom.lib.dated import today
from idekom.lib.limits import at_most
from idekom.lib.office import take


def found(year: int) -> Forum:
    """The forum of a year that everybody may know of."""
    return get_object_or_404(Forum.objects.public(), round__year=year)


@require_safe
def forum(request: HttpRequest, year: int) -> HttpResponse:
    """When and where, the programme, and what became of the questions."""
    round = get_object_or_404(Round.objects.public(), year=year)
    planned = Forum.objects.public().filter(round=round).prefetch_related("programme").first()
    now = timezone.now()
    context = {
        "round": round,
        "forum": planned,
        "today": today(),
        "is_over": planned is not None and planned.is_over(now),
        "takes_registrations": planned is not None and planned.takes_registrations(now),
        "takes_questions": planned is not None and planned.takes_questions(now),
        "places_left": planned.places_left() if planned else None,
        "has_book": round.compilations.published().exists(),
        "earlier": ForumQuestion.objects.waiting_before(year),
        "own": planned.questions.in_the_ledger() if planned else [],
    }
    return render(request, "followup/forum/forum.html", context)


@require_safe
def calendar_file(request: HttpRequest, year: int) -> HttpResponse:
    """The forum for one's own calendar."""
    content = calendar(found(year))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'})


@require_http_methods(["GET", "HEAD", "POST"])
@at_most(30, minutes=60)
def register(request: HttpRequest, year: int) -> HttpResponse:
    """Say that one comes. The answer is the same whether the address is on the list already or not."""
    forum = found(year)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    is_sent = False
    if forum.takes_registrations(timezone.now()) and form.is_valid():
        try:
            forum.register(**form.cleaned_data, language=get_language() or "sv")
            is_sent = True
        except RegistrationClosed as closed:
            form.add_error(None, closed)
    is_open = forum.takes_registrations(timezone.now())
    context = {"forum": forum, "round": forum.round, "form": form, "is_sent": is_sent, "is_open": is_open, "places_left": forum.places_left()}
    return render(request, "followup/forum/register.html", context)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, year: int, token: str) -> HttpResponse:
    """How one's registration stands, and what one eats."""
    mine = _mine(year, token)
    form = NeedsForm(request.POST if request.method == "POST" else None, instance=mine)
    if request.method == "POST" and form.is_valid():
        take(request, lambda: mine.tell_needs(**form.cleaned_data), _("Uppgifterna är sparade."))
        return redirect(mine)
    is_open = mine.is_open(timezone.now())
    context = {"registration": mine, "forum": mine.forum, "round": mine.forum.round, "form": form, "is_open": is_open}
    return render(request, "followup/forum/registration.html", context)


@secret
@require_POST
def cancel(request: HttpRequest, year: int, token: str) -> HttpResponse:
    """Say that one does not come."""
    mine = _mine(year, token)
    take(request, mine.cancel, _("Ni är avanmälda."))
    return redirect(mine)


def _mine(year: int, token: str) -> ForumRegistration:
    return get_object_or_404(ForumRegistration.objects.select_related("forum__round", "party"), forum__round__year=year, token=token)
