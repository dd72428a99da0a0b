"""Dot ballots for everybody: what is voted on and when, and after the close the result."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from agreement.models import Side
from council import ballot_files
from council.charts import dots_chart
from council.models import DotBallot
from idekom.lib.downloads import as_download


class BallotsView(ListView[DotBallot]):
    """All of them, the newest first."""

    template_name = "council/ballots/ballots.html"
    context_object_name = "ballots"

    def get_queryset(self) -> Any:
        return DotBallot.objects.shown().newest_first()


@require_safe
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about and when; while it is open how many have voted; after the close the result."""
    found = get_object_or_404(DotBallot.objects.shown(), slug=slug)
    context: dict[str, Any] = {
        "ballot": found,
        "takes_votes": found.takes_votes(timezone.now()),
        "cancelled": found.events.filter(action="cancel").last(),
    }
    if found.is_counted:
        result = found.result
        context |= {"result": result, "areas": [(area, lines, dots_chart(area, lines, result)) for area, lines in result.areas]}
    if found.status == DotBallot.Status.OPEN:
        context["on_ballot"] = found.options.votable()
    if not found.is_on_paper and found.status in {DotBallot.Status.OPEN, DotBallot.Status.CLOSED}:
        context["turnout"] = [(Side(side).label if side else "", side, *numbers) for side, numbers in sorted(found.voters.turnout().items())]
    return render(request, "council/ballots/ballot.html", context)


@require_safe
def ballot_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The result as a table, after the close."""
    found = _counted(slug)
    response = HttpResponse(ballot_files.as_csv(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


@require_safe
def ballot_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The result as data, after the close."""
    return JsonResponse(ballot_files.as_data(_counted(slug)), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def ballot_source(request: HttpRequest, slug: str) -> FileResponse:
    """The document that the numbers of a vote on paper come from."""
    found = _counted(slug)
    if not found.source_file:
        raise Http404
    return as_download(found.source_file, f"{found.slug}-kalla.pdf")


def _counted(slug: str) -> DotBallot:
    return get_object_or_404(DotBallot.objects.counted().select_related("body"), slug=slug)
