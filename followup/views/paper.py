"""The report as a paper form."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from agreement.models import Side
from followup import paper
from followup.models import Round
from followup.views.report import visible

SIDES = {"staden": Side.CITY, "civilsamhallet": Side.CIVIL_SOCIETY}
"""{in the address: the side}"""


@login_required
@require_safe
def paper_form(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """A party's own form."""
    report = visible(request, year, party)
    return HttpResponse(**paper.attached(paper.form(report), paper.file_name(report)))


@require_safe
def blank_form(request: HttpRequest, year: int, side: str) -> HttpResponse:
    """The form of a side, for whoever wants to see what is asked or to write on it."""
    if side not in SIDES:
        raise Http404
    round = get_object_or_404(Round.objects.public().select_related("version", "questions"), year=year)
    return HttpResponse(**paper.attached(paper.blank(round, SIDES[side]), f"blankett-{year}-{side}.pdf"))
