"""A party asks for more time for its report."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followup.forms.extensions import MoreTimeForm
from followup.models import Extension, Report
from followup.models.extensions import can_be_extended, days_to_choose
from idekom.lib.dated import today
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Until which day, and why if one likes; what was asked before and what came of it."""
    user = signed_in(request)
    report = get_object_or_404(Report.objects.writable_by(user).select_related("round", "party"), round__year=year, party__slug=party)
    if not can_be_extended(report):
        return redirect(report)
    days = days_to_choose(report, today())
    form = MoreTimeForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid():
        take(
            request,
            lambda: Extension.objects.ask(report, by=user, **form.cleaned_data),
            _("Vi har tagit emot er begäran om mer tid. Ni får svar med e-post."),
        )
        return redirect(report)
    told = report.extensions.order_by("-asked_on", "-pk")
    is_waiting = any(one.may("grant") for one in told)
    context = {"report": report, "form": form, "extensions": told, "is_waiting": is_waiting, "is_possible": days[0] <= days[1]}
    return render(request, "followup/more_time.html", context)
