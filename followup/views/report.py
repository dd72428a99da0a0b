"""The yearly report in the party's hands: the list of commitments, a page for each, the review, the receipt.

A report is fetched through what the user may see (a reader too) or fill in; everybody else is told that there is none.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from affiliation.views.own import signed_in
from agreement.models import Commitment
from followup.forms import AnswerForm
from followup.models import Answer, Report
from followup.models.reports import Unanswered


@login_required
@require_safe
def overview(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """One row per commitment, with how it stands; a report that is in is shown as it was handed in."""
    report = _visible(request, year, party)
    rows = rows_of(report)
    ready = sum(row["answer"] is not None and row["answer"].progress != "" for row in rows)
    context = {"report": report, "rows": rows, "ready": ready, "may_write": _may_write(request, report)}
    return render(request, "followup/report.html" if report.is_open else "followup/report_read.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, year: int, party: str, number: int) -> HttpResponse:
    """One commitment: what is typed is saved as it is, finished or not."""
    report = _visible(request, year, party)
    commitment = get_object_or_404(report.commitments, number=number)
    if not _may_write(request, report):
        return redirect(report)
    kept = report.answers.filter(commitment=commitment).first()
    form = AnswerForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            report.answer(commitment, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(report)
        return redirect(_after(request, report, commitment))
    return render(request, "followup/answer.html", {"report": report, "commitment": commitment, "form": form, **_beside(report, commitment)})


@login_required
@require_safe
def review(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Everything, before it is handed in."""
    report = _visible(request, year, party)
    if not _may_write(request, report):
        return redirect(report)
    return render(request, "followup/review.html", {"report": report, "rows": rows_of(report), "unanswered": report.unanswered()})


@login_required
@require_POST
def submit(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Hand the report in."""
    report = get_object_or_404(
        Report.objects.writable_by(signed_in(request)).select_related("round__version", "party"), round__year=year, party__slug=party
    )
    try:
        report.submit(by=signed_in(request))
    except Unanswered as error:
        messages.error(request, error.messages[0])
        return redirect("followup:review", year, party)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(report)
    return redirect("followup:receipt", year, party)


@login_required
@require_safe
def receipt(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """The report is in: when, its checksum, what happens next. Can be visited again."""
    report = _visible(request, year, party)
    if report.status != Report.Status.SUBMITTED:
        return redirect(report)
    return render(request, "followup/receipt.html", {"report": report, "rows": rows_of(report)})


def rows_of(report: Report) -> list[dict[str, Any]]:
    """Each commitment with the party's answer, None where there is none."""
    answers = {answer.commitment_id: answer for answer in report.answers.all()}
    return [{"commitment": commitment, "answer": answers.get(commitment.pk)} for commitment in report.commitments]


def _visible(request: HttpRequest, year: int, party: str) -> Report:
    return get_object_or_404(
        Report.objects.visible_to(signed_in(request)).select_related("round__version", "party"), round__year=year, party__slug=party
    )


def _may_write(request: HttpRequest, report: Report) -> bool:
    return report.is_open and Report.objects.writable_by(signed_in(request)).filter(pk=report.pk).exists()


def _after(request: HttpRequest, report: Report, commitment: Commitment) -> str:
    """The next commitment, or the list; the review when one came from there."""
    if "granska" in request.GET:
        return f"{report.get_absolute_url()}granska/"
    following = report.commitments.filter(number__gt=commitment.number).first()
    if request.POST.get("sedan") == "oversikt":
        return report.get_absolute_url()
    return f"{report.get_absolute_url()}ataganden/{following.number}/" if following else f"{report.get_absolute_url()}granska/"


def _beside(report: Report, commitment: Commitment) -> dict[str, Any]:
    """What helps to answer: where one is, and what the party said the last time."""
    numbers = list(report.commitments.values_list("number", flat=True))
    earlier = Report.objects.submitted().filter(party=report.party, round__year__lt=report.round.year)
    said = (
        Answer.objects.filter(report__in=earlier, commitment__number=commitment.number)
        .select_related("report__round")
        .order_by("-report__round__year")
        .first()
    )
    return {"step": numbers.index(commitment.number) + 1, "steps": len(numbers), "last_time": said}
