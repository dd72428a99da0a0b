"""The evaluators' own pages: everything from the period to read, and the evaluation to write. No contact data of anybody stands here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from followup import sheets
from followup.forms.evaluations import FindingForm, IntroductionForm, MarkForm, RecommendationForm
from followup.models import CommitmentMark, Evaluation, Finding, Recommendation, Report
from followup.views.evaluation import contents
from idekom.lib.dated import today
from idekom.lib.reader import signed_in

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def desk(request: HttpRequest, year: int) -> HttpResponse:
    """What there is to read, and what has been written."""
    found = _own(request, year)
    books = {book.round_id: book for book in found.books().defer("snapshot")}
    rounds = [(round, books.get(round.pk)) for round in found.rounds]
    context = {**contents(found), "rounds": rounds, "is_writable": found.is_writable(today()), "waiting": found.comments.waiting().count()}
    return render(request, "followup/evaluator/desk.html", context)


@login_required
@require_safe
def reports(request: HttpRequest, year: int, of: int) -> HttpResponse:
    """The reports that came in during one of the period's years."""
    evaluation = _own(request, year)
    round = get_object_or_404(evaluation.rounds, year=of)
    found = Report.objects.submitted().filter(round=round).select_related("party", "round").order_by("party__sort_name", "party_id")
    context = {"evaluation": evaluation, "round": round, "reports": found, "not_yet": round.reports.not_yet_in().select_related("party").count()}
    return render(request, "followup/evaluator/reports.html", context)


@login_required
@require_safe
def report(request: HttpRequest, year: int, of: int, party: str) -> HttpResponse:
    """A report as it was handed in, with what is kept from the public."""
    evaluation = _own(request, year)
    submitted = Report.objects.submitted().filter(round__in=evaluation.rounds).select_related("round__version", "party")
    found = get_object_or_404(submitted, round__year=of, party__slug=party)
    version = found.latest
    if version is None:
        raise Http404
    context = {"evaluation": evaluation, "report": found, "version": version, "parts": sheets.of_version(version)}
    return render(request, "followup/evaluator/report.html", context)


@login_required
@require_http_methods(READ_AND_WRITE)
def introduction(request: HttpRequest, year: int) -> HttpResponse:
    """Write the summary and the introduction."""
    found = _own(request, year)
    form = IntroductionForm(request.POST if request.method == "POST" else None, instance=_own(request, year))
    if form.is_valid() and _kept(request, lambda: found.write(**form.cleaned_data, day=today())):
        return redirect("followup:evaluator", year)
    return _form(request, found, form, _("Sammanfattning och inledning"))


@login_required
@require_http_methods(READ_AND_WRITE)
def finding(request: HttpRequest, year: int, number: int = 0) -> HttpResponse:
    """Write a finding, a new one or one that there is."""
    evaluation = _own(request, year)
    found = get_object_or_404(evaluation.findings, number=number) if number else None
    form = FindingForm(request.POST if request.method == "POST" else None, instance=found, evaluation=evaluation)
    if form.is_valid():
        told = form.cleaned_data
        if _kept(request, lambda: found.rewrite(**told, day=today()) if found else Finding.add(evaluation, **told, day=today())):
            return redirect("followup:evaluator", year)
    return _form(request, evaluation, form, _("Iakttagelse %(number)d") % {"number": number} if found else _("Ny iakttagelse"))


@login_required
@require_http_methods(READ_AND_WRITE)
def recommendation(request: HttpRequest, year: int, number: int, which: int = 0) -> HttpResponse:
    """Write a recommendation under a finding."""
    evaluation = _own(request, year)
    under = get_object_or_404(evaluation.findings.select_related("evaluation"), number=number)
    found = get_object_or_404(under.recommendations.select_related("finding__evaluation"), number=which) if which else None
    form = RecommendationForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        told = form.cleaned_data
        if _kept(request, lambda: found.rewrite(**told, day=today()) if found else Recommendation.add(under, **told, day=today())):
            return redirect("followup:evaluator", year)
    title = _("Rekommendation %(number)d.%(which)d") % {"number": number, "which": which} if found else _("Ny rekommendation")
    return _form(request, evaluation, form, title, about=str(under))


@login_required
@require_http_methods(READ_AND_WRITE)
def mark(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Mark a commitment."""
    evaluation = _own(request, year)
    commitment = get_object_or_404(evaluation.version.commitments, number=number)
    given = CommitmentMark.objects.filter(evaluation=evaluation, commitment=commitment).first()
    form = MarkForm(request.POST if request.method == "POST" else None, instance=given)
    if form.is_valid() and _kept(request, lambda: CommitmentMark.give(evaluation, commitment, **form.cleaned_data, day=today())):
        return redirect("followup:evaluator", year)
    return _form(request, evaluation, form, f"{commitment.number}. {commitment.title}", about=commitment.summary)


def _own(request: HttpRequest, year: int) -> Evaluation:
    return get_object_or_404(Evaluation.objects.written_by(signed_in(request)).select_related("version"), year=year)


def _kept(request: HttpRequest, write: Callable[[], object]) -> bool:
    """Whether it could be written; if not, the reader is told why."""
    try:
        write()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, _("Texten är sparad."))
    return True


def _form(request: HttpRequest, evaluation: Evaluation, form: "ModelForm[Any]", title: str, about: str = "") -> HttpResponse:
    context: dict[str, Any] = {"evaluation": evaluation, "form": form, "title": title, "about": about, "is_writable": evaluation.is_writable(today())}
    if not context["is_writable"] and not form.is_bound:
        for field in form.fields.values():
            field.disabled = True
    return render(request, "followup/evaluator/form.html", context)
