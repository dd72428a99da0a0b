"""The brief of a meeting for one's own sector, to print and to pass on; and that one has."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.members import ReportBackForm
from council.models import Minutes, ReportBack, Told
from council.models.briefs import seat_of
from council.models.reports_back import NotBefore
from council.views.members import me, mine
from idekom.lib.dated import hours_in_words, today


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """What to tell, and a form: with whom, when. For those who held a seat that day, once the minutes are adjusted."""
    meeting, person = mine(request, pk), me(request)
    seat = seat_of(meeting, person)
    if seat is None or not Minutes.objects.adjusted().filter(meeting=meeting).exists():
        raise Http404
    told = ReportBack.objects.filter(meeting=meeting, person=person).first()
    form = ReportBackForm(request.POST if request.method == "POST" else None, instance=told)
    if request.method == "POST" and form.is_valid():
        try:
            ReportBack.tell(meeting, person, day=today(), **form.cleaned_data)
        except NotBefore as wrong:
            form.add_error("on", wrong)
        else:
            messages.success(request, _("Tack. Din återkoppling är sparad."))
            return redirect("council:brief", pk)
    page = Told.of(meeting, seat)
    coming = page.next_meeting
    context = {
        "brief": page,
        "meeting": meeting,
        "form": form,
        "told": told,
        "next_when": hours_in_words(coming.starts_at, coming.ends_at) if coming else "",
    }
    return render(request, "council/members/brief.html", context)
