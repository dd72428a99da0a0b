"""My pages: what a signed-in representative has to do."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from agreement.models import Party, Representative
from followup.models import Report, Round
from idekom.lib.dated import today

if TYPE_CHECKING:
    from idekom.users.models import User


def signed_in(request: HttpRequest) -> "User":
    """The reader of a page that one must sign in to."""
    return cast("User", request.user)


@login_required
@require_safe
def my_pages(request: HttpRequest) -> HttpResponse:
    """What is due when, for each party that one acts for, and what has been reported before."""
    user = signed_in(request)
    roles = Representative.objects.on(today()).filter(user=user)
    parties = Party.objects.represented_by(user, today()).prefetch_related(Prefetch("representatives", roles, to_attr="mine"))
    reports = Report.objects.visible_to(user).with_progress().select_related("round__version", "party").order_by("-round__year", "party__sort_name")
    current = [report for report in reports if report.round.status == Round.Status.OPEN]
    earlier = [report for report in reports if report.round.status != Round.Status.OPEN]
    return render(request, "followup/my_pages.html", {"parties": parties, "current": current, "earlier": earlier})


@login_required
@require_safe
def reports(request: HttpRequest, year: int) -> HttpResponse:
    """The year's report; a list of them for somebody who acts for several parties."""
    round = get_object_or_404(Round.objects.public(), year=year)
    found = list(
        Report.objects.visible_to(signed_in(request))
        .filter(round=round)
        .with_progress()
        .select_related("round__version", "party")
        .order_by("party__sort_name")
    )
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "followup/reports.html", {"round": round, "reports": found})
