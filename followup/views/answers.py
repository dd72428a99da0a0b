"""The pages on which a party answers. What is typed is saved as it is, finished or not, and nobody overwrites what they have not seen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agreement.models import Commitment
from followup.forms.reports import AnswerForm, Places, ProgressForm, ReportPageForm
from followup.models import About, Overtaken, Report
from followup.models.questions import PROGRESS_KEY
from followup.views.report import may_write, visible, writable
from idekom.lib.history import WrongStatus


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """How far each commitment has come, all on one page."""
    report = visible(request, year, party)
    (question,) = (question for question in report.questions if question.key == PROGRESS_KEY)
    places: Places = {f"{PROGRESS_KEY}-{commitment.number}": (commitment, question) for commitment in report.commitments}
    form = _form(ProgressForm, request, report, places)
    following = "granska" if "granska" in request.GET else "aret"
    return _page(request, report, form, "followup/progress.html", after=f"{report.get_absolute_url()}{following}/")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, year: int, party: str, number: int) -> HttpResponse:
    """One commitment."""
    report = visible(request, year, party)
    commitment = get_object_or_404(report.commitments, number=number)
    places: Places = {question.key: (commitment, question) for question in report.questions_about(About.COMMITMENT)}
    form = _form(AnswerForm, request, report, places)
    numbers = list(report.commitments.values_list("number", flat=True))
    context = {"commitment": commitment, "step": numbers.index(number) + 1, "steps": len(numbers)}
    return _page(request, report, form, "followup/answer.html", after=_after(request, report, commitment), **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def whole_year(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """What is asked about the year as a whole."""
    report = visible(request, year, party)
    places: Places = {question.key: (None, question) for question in report.questions_about(About.YEAR)}
    if not places:
        return redirect("followup:review", year, party)
    form = _form(AnswerForm, request, report, places)
    return _page(request, report, form, "followup/whole_year.html", after=f"{report.get_absolute_url()}granska/")


@login_required
@require_POST
def confirm(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Answer as the year before, where nothing has been answered yet."""
    report = writable(request, year, party)
    try:
        count = report.confirm(report.commitments)
    except WrongStatus as error:
        messages.error(request, error.messages[0])
        return redirect(report)
    told = ngettext("%(count)d åtagande är ifyllt som förra gången.", "%(count)d åtaganden är ifyllda som förra gången.", count)
    messages.success(request, f"{told % {'count': count}} {_('Läs igenom, ändra det som har ändrats och lämna in.')}")
    return redirect("followup:review", year, party)


def _form(kind: type[ReportPageForm], request: HttpRequest, report: Report, places: Places) -> ReportPageForm:
    """The form with what is stored, and with what was said the year before where nothing is."""
    stored = report.answers.select_related("question", "commitment").by_place()
    begun = {about for about, _question in stored}
    previous = report.previous
    said = {(one["commitment"], one["question"]): one for one in previous.content} if previous else {}
    suggested = {
        name: said[commitment.number, question.key]
        for name, (commitment, question) in places.items()
        if commitment is not None and commitment.pk not in begun and (commitment.number, question.key) in said
    }
    form = kind(request.POST if request.method == "POST" else None, places=places, stored=stored, suggested=suggested)
    form.last_year = previous.report.round.year if previous and suggested else None
    return form


def _page(request: HttpRequest, report: Report, form: ReportPageForm, template: str, *, after: str, **context: Any) -> HttpResponse:
    """Show the page, or save it and go on."""
    if not may_write(request, report):
        return redirect(report)
    if request.method == "POST" and form.is_valid():
        try:
            report.write(form.entries(), seen=form.guard)
        except Overtaken as other:
            form.overtaken(other)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(report)
        else:
            return redirect(report.get_absolute_url() if request.POST.get("sedan") == "oversikt" else after)
    return render(request, template, {"report": report, "form": form, **context})


def _after(request: HttpRequest, report: Report, commitment: Commitment) -> str:
    """The next commitment, or the year as a whole; the review when one came from there."""
    following = report.commitments.filter(number__gt=commitment.number).first()
    if "granska" in request.GET or following is None:
        return f"{report.get_absolute_url()}granska/"
    return f"{report.get_absolute_url()}ataganden/{following.number}/"
