"""The yearly report in the party's hands: what there is to do, the review, what others will see, the receipt.

A report is fetched through what the user may see (a reader too) or fill in; everybody else is told that there is none.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreement.models import Party
from followup import sheets
from followup.models import Report, Round
from followup.models.reports import Unanswered
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@login_required
@require_safe
def overview(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """What there is to do, and how far one has come; a report that is in is shown as it was handed in."""
    report = visible(request, year, party)
    parts = sheets.of_report(report)
    about_commitments = [part for part in parts if part.number is not None]
    context = {
        "report": report,
        "parts": parts,
        "commitments": about_commitments,
        "year": next((part for part in parts if part.number is None), None),
        "ready": sum(bool(part.progress and part.progress.choice) for part in about_commitments),
        "in_words": sum(bool(part.words) for part in about_commitments),
        "may_write": may_write(request, report),
        "may_reopen": _may_reopen(request, report),
        "previous": report.previous,
        "asked": report.events.filter(action="ask_for_clarification").last() if report.status == Report.Status.REOPENED else None,
        "is_umbrella": report.party.kind == Party.Kind.UMBRELLA,
    }
    return render(request, "followup/report.html" if report.is_open else "followup/report_read.html", context)


@login_required
@require_safe
def review(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Everything, before it is handed in."""
    report = visible(request, year, party)
    if not may_write(request, report):
        return redirect(report)
    return render(request, "followup/review.html", {"report": report, "parts": sheets.of_report(report), "unanswered": report.unanswered()})


@login_required
@require_safe
def preview(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """What everybody will read of it."""
    report = visible(request, year, party)
    kept = report.answers.filter(is_private=True).count()
    context = {"report": report, "parts": sheets.public(report), "kept": kept, "may_write": may_write(request, report)}
    return render(request, "followup/preview.html", context)


@login_required
@require_POST
def submit(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Hand the report in."""
    report = writable(request, year, party)
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
@require_POST
def reopen(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Open a report that is in, to change it."""
    report = writable(request, year, party)
    take(request, lambda: report.reopen(by=signed_in(request)), _("Rapporten är öppen igen. Det ni lämnade in gäller tills ni lämnar in på nytt."))
    return redirect(report)


@login_required
@require_safe
def receipt(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """The report is in: when, its checksum, what happens next. Can be visited again."""
    report = visible(request, year, party)
    latest = report.latest
    if latest is None:
        return redirect(report)
    earlier = report.versions.exclude(pk=latest.pk).order_by("-number")
    context = {
        "report": report,
        "version": latest,
        "earlier": earlier,
        "parts": sheets.of_version(latest),
        "may_reopen": _may_reopen(request, report),
    }
    return render(request, "followup/receipt.html", context)


def visible(request: HttpRequest, year: int, party: str) -> Report:
    """The report, for somebody who acts for the party."""
    return _one(Report.objects.visible_to(signed_in(request)), year, party)


def writable(request: HttpRequest, year: int, party: str) -> Report:
    """The report, for somebody who reports for the party."""
    return _one(Report.objects.writable_by(signed_in(request)), year, party)


def may_write(request: HttpRequest, report: Report) -> bool:
    """Whether the reader may fill it in now."""
    return report.is_open and Report.objects.writable_by(signed_in(request)).filter(pk=report.pk).exists()


def _may_reopen(request: HttpRequest, report: Report) -> bool:
    is_taken_in = report.may("reopen") and report.round.status == Round.Status.OPEN
    return is_taken_in and Report.objects.writable_by(signed_in(request)).filter(pk=report.pk).exists()


def _one(reports: QuerySet[Report], year: int, party: str) -> Report:
    known = reports.select_related("round__version", "round__questions", "party", "reported_through__party")
    return get_object_or_404(known, round__year=year, party__slug=party)
