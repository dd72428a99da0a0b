"""What came on paper, typed in by the secretary: all questions on one page, saved on the way and handed in once.

The party's own draft is never shown here, and goes only when the secretary says that the paper replaces it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from followup.models import Report, Transcript
from followup.models.answers import Stored
from followup.models.reports import Unanswered
from followup.models.transcripts import BegunOnline, TypedMeanwhile, as_answers, is_begun_online, may_be_typed_in
from followup.transcribing import ArrivalForm, PartForm, entries, part_forms, typed
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from followup.admin.reports import ReportAdmin


@dataclass
class Sheet:
    """The page: when the paper came, what it says, and what was saved when the page was shown."""

    report: Report
    arrival: ArrivalForm
    parts: list[PartForm]
    transcript: Transcript | None
    seen: str
    told: str = ""

    @property
    def commitments(self) -> list[PartForm]:
        """The parts about commitments."""
        return [part for part in self.parts if part.commitment]

    @property
    def years(self) -> list[PartForm]:
        """The part about the year as a whole, if there is one."""
        return [part for part in self.parts if not part.commitment]

    @property
    def is_valid(self) -> bool:
        """Whether everything can be kept; every form tells its errors."""
        return all([form.is_valid() for form in (self.arrival, *self.parts)])  # noqa: C419

    @property
    def wrong(self) -> list[BoundField]:
        """What has to be mended, in the page's order."""
        return [field for form in (self.arrival, *self.parts) if form.is_bound for field in form if field.errors]


def type_in(model_admin: "ReportAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The page; sent in it is saved as it is, finished or not."""
    report = model_admin.report(request, pk)
    if not may_be_typed_in(report):
        return _too_late(request, report)
    sheet = _sheet(request, report)
    if request.method == "POST" and sheet.is_valid:
        try:
            Transcript.keep(report, entries(sheet.parts), by=request.user, arrived_on=sheet.arrival.cleaned_data["arrived_on"], seen=sheet.seen)  # type: ignore[arg-type]
        except TypedMeanwhile as error:
            return _page(model_admin, request, _again(sheet, error))
        except WrongStatus:
            return _too_late(request, report)
        messages.success(request, _("Det ni har skrivit är sparat. Ni kan fortsätta en annan gång."))
        return redirect("admin:followup_report_type_in", report.pk)
    return _page(model_admin, request, sheet)


def hand_in(model_admin: "ReportAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what is typed in. Sent twice it is one version."""
    report = model_admin.report(request, pk)
    if not may_be_typed_in(report):
        return _too_late(request, report)
    sheet = _sheet(request, report, hands_in=True)
    if not sheet.is_valid:
        return _page(model_admin, request, sheet)
    told = sheet.arrival.cleaned_data
    try:
        replaces = bool(told.get("replaces"))
        Transcript.hand_in(report, entries(sheet.parts), by=request.user, arrived_on=told["arrived_on"], seen=sheet.seen, replaces=replaces)  # type: ignore[arg-type]
    except WrongStatus:
        return _too_late(request, report)
    except (BegunOnline, TypedMeanwhile, Unanswered) as error:
        return _page(model_admin, request, _again(sheet, error))
    messages.success(request, _("Rapporten är inlämnad. De som företräder parten får ett kvitto med svaren."))
    return redirect("admin:followup_report_change", report.pk)


def throw_away(model_admin: "ReportAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what is typed in and not handed in."""
    report = model_admin.report(request, pk)
    Transcript.objects.filter(report=report).delete()
    messages.success(request, _("Det som var inskrivet från papper är borttaget."))
    return redirect("admin:followup_report_change", report.pk)


def _sheet(request: HttpRequest, report: Report, *, hands_in: bool = False) -> Sheet:
    """The forms with what has been typed in so far; for a report that is open again, with what was handed in last."""
    transcript, latest = Transcript.of(report), report.latest
    data = typed(request.POST) if request.method == "POST" else None
    content = transcript.content if transcript else latest.content if latest else []
    stored: Stored = as_answers(report, content)
    initial = {"arrived_on": transcript.arrived_on if transcript else None}
    arrival = ArrivalForm(data, report=report, is_begun=is_begun_online(report), hands_in=hands_in, initial=initial)
    seen = str(data.get("seen", "")) if data is not None else transcript.seen if transcript else ""
    return Sheet(report, arrival, part_forms(report, data, stored, hands_in=hands_in), transcript, seen)


def _again(sheet: Sheet, error: ValidationError) -> Sheet:
    """The page once more, with what was typed; the next press of the button means it."""
    now = Transcript.of(sheet.report)
    sheet.told, sheet.transcript, sheet.seen = error.messages[0], now, now.seen if now else ""
    if isinstance(error, BegunOnline):
        sheet.arrival = ArrivalForm(sheet.arrival.data, report=sheet.report, is_begun=True, hands_in=True)
    return sheet


def _too_late(request: HttpRequest, report: Report) -> HttpResponse:
    messages.warning(request, _("Rapporten kan inte skrivas in: den har kommit in redan, eller så är omgången inte öppen."))
    return redirect("admin:followup_report_change", report.pk)


def _page(model_admin: "ReportAdmin", request: HttpRequest, sheet: Sheet) -> HttpResponse:
    title = _("Skriv in från papper: %(party)s, %(year)s") % {"party": sheet.report.party, "year": sheet.report.round.year}
    is_sent: dict[str, Any] = {"is_sent": request.method == "POST"}
    return model_admin.page(request, "type_in", {"title": title, "report": sheet.report, "sheet": sheet, **is_sent})
