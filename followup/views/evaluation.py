"""The external evaluations as everybody sees them: the cycle, an evaluation, comments on a draft, and the package to keep."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from followup.beside import beside, gaps, summing_up
from followup.forms.evaluations import CommentForm
from followup.models import Evaluation, EvaluationComment, Recommendation, Tally
from followup.package import Package
from followup.ring import ring, turns
from idekom.lib.dated import today
from idekom.lib.limits import at_most


@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    """When the agreement is evaluated, and what the evaluations have said."""
    day, known = today(), list(Evaluation.objects.order_by("-year"))
    public = [one for one in known if one.is_public]
    tallies = Tally.by_evaluation(public)
    context = {"ring": ring(day), "turns": turns(day, known), "public": [(one, tallies[one.pk]) for one in public]}
    return render(request, "followup/evaluation/evaluations.html", context)


@require_safe
def evaluation(request: HttpRequest, year: int) -> HttpResponse:
    """An evaluation: what was found, what ought to be done, what has come of it, and the marks beside the parties' own view."""
    found = _public(year)
    return render(request, "followup/evaluation/evaluation.html", {**contents(found), "takes_comments": found.takes_comments(today())})


@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, year: int) -> HttpResponse:
    """Say something about the draft; when none is asked for, the page says so."""
    found, day = _public(year), today()
    form = CommentForm(request.POST if request.method == "POST" else None)
    if found.takes_comments(day) and form.is_valid():
        try:
            EvaluationComment.leave(found, **form.cleaned_data, day=day)
        except ValidationError:  # closed this very moment
            return redirect(found)
        return redirect("followup:evaluation_commented", year)
    is_open = found.takes_comments(day)
    context = {"evaluation": found, "form": form, "is_open": is_open, "is_early": bool(found.comments_from and day < found.comments_from)}
    return render(request, "followup/evaluation/comment.html", context, status=409 if request.method == "POST" and not is_open else 200)


@require_safe
def commented(request: HttpRequest, year: int) -> HttpResponse:
    """The comment has come in."""
    return render(request, "followup/evaluation/commented.html", {"evaluation": _public(year)})


@require_safe
def package(request: HttpRequest, year: int) -> HttpResponseBase:
    """The evaluation, the period's books and their data, and the agreement's text in one file."""
    packed = Package(_public(year), contents)
    etag = f'"{packed.digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = FileResponse(packed.file().open("rb"), as_attachment=True, filename=packed.name, content_type="application/zip")
    response.headers["ETag"] = etag
    return response


def contents(found: Evaluation) -> dict[str, Any]:
    """Everything that an evaluation's page tells."""
    findings = list(found.findings.with_ledger())
    rows = beside(found)
    recommendations: list[Recommendation] = [one for finding in findings for one in finding.recommendations.all()]
    return {
        "evaluation": found,
        "findings": findings,
        "tally": Tally.of(recommendations),
        "rows": rows,
        "gaps": gaps(rows),
        "summing_up": summing_up(rows),
        "comments": list(found.comments.shown()),
    }


def _public(year: int) -> Evaluation:
    return get_object_or_404(Evaluation.objects.public().select_related("version"), year=year)
