"""An umbrella that reports for its members, and a member that would rather report itself."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreement.models import Party
from followup.forms.reports import MembersForm
from followup.views.report import may_write, visible, writable
from idekom.lib.office import take
from idekom.lib.reader import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Choose the members that the umbrella reports for."""
    report = visible(request, year, party)
    if report.party.kind != Party.Kind.UMBRELLA:
        raise Http404
    if not may_write(request, report):
        return redirect(report)
    reports = report.coverable()
    form = MembersForm(request.POST if request.method == "POST" else None, reports=reports, report=report)
    if request.method == "POST" and form.is_valid():
        take(request, lambda: report.report_for(form.cleaned_data["members"], by=signed_in(request)), _("Valet av medlemmar är sparat."))
        return redirect(report)
    return render(request, "followup/members.html", {"report": report, "form": form, "reports": reports})


@login_required
@require_POST
def stand_alone(request: HttpRequest, year: int, party: str) -> HttpResponse:
    """Report for oneself instead."""
    report = writable(request, year, party)
    take(request, lambda: report.stand_alone(by=signed_in(request)), _("Ni rapporterar själva i år."))
    return redirect(report)
