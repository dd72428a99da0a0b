"""A report as the secretary reads it: every version, what has changed in it, and what has happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followup import changes, sheets
from followup.models import Report, ReportVersion, Round, Transcript
from followup.models.transcripts import is_begun_online, may_be_typed_in

if TYPE_CHECKING:
    from followup.admin.reports import ReportAdmin

SAID = {
    "submit": gettext_lazy("Rapporten lämnades in"),
    "reopen": gettext_lazy("Parten öppnade rapporten igen"),
    "ask_for_clarification": gettext_lazy("Kansliet bad om ett förtydligande"),
    "go_through": gettext_lazy("Ett paraply rapporterar för parten"),
    "stand_alone": gettext_lazy("Parten rapporterar själv"),
}


@dataclass(frozen=True)
class Told:
    """Something that has happened, in words."""

    at: datetime
    title: str
    text: str
    actor: Any


def standing(report: Report) -> str:
    """Whether it has come in, in words and without blame."""
    through = report.reported_through
    if report.status == Report.Status.REOPENED:
        return _("Inkommen, öppnad igen")
    if report.status == Report.Status.SUBMITTED:
        return _("Inkommen")
    if through is not None and through.status != Report.Status.DRAFT:
        return _("Inkommen genom %(umbrella)s") % {"umbrella": through.party}
    return _("Ännu ej inkommet")


def show(model_admin: "ReportAdmin", request: HttpRequest, report: Report) -> HttpResponse:
    """The page: a version, the newest unless another is asked for, or that none has come in."""
    versions = list(report.versions.select_related("submitted_by").order_by("-number"))
    may_act = model_admin.may_act(request)
    context = {
        "title": _("Rapport för %(year)s från %(party)s") % {"year": report.round.year, "party": report.party},
        "report": report,
        "standing": standing(report),
        "may_act": may_act,
        "may_type_in": may_act and may_be_typed_in(report),
        "may_clarify": may_act and report.may("ask_for_clarification") and report.round.status == Round.Status.OPEN,
        "transcript": Transcript.of(report) if may_act else None,
        "versions": versions,
        "events": _story(report, versions),
    }
    if not versions:
        return model_admin.page(request, "waiting", context | {"is_begun": is_begun_online(report), "writers": report.writers()})
    return model_admin.page(request, "report", context | _version(report, versions, request.GET.get("version", "")))


def _version(report: Report, versions: list[ReportVersion], number: str) -> dict[str, Any]:
    """A version, and what is otherwise in it than in the one before and than the year before."""
    version = next((one for one in versions if str(one.number) == number), None) if number else versions[0]
    if version is None:
        raise Http404
    version.report = report
    parts = sheets.of_version(version)
    earlier = next((one for one in versions if one.number < version.number), None)
    last_year = report.previous
    return {
        "version": version,
        "parts": parts,
        "earlier": earlier,
        "since_earlier": changes.since(earlier.content, parts) if earlier else [],
        "last_year": last_year.report.round.year if last_year else None,
        "since_last_year": changes.since(last_year.content, parts) if last_year else [],
    }


def _story(report: Report, versions: list[ReportVersion]) -> list[Told]:
    """What has happened, the newest first. Each time it was handed in made the next version."""
    handed_in = iter(sorted(versions, key=lambda version: version.number))
    told = []
    for event in report.events.select_related("actor").order_by("at", "pk"):
        version = next(handed_in, None) if event.action == "submit" else None
        typed = _("Rapporten lämnades in. Inskriven från papper av %(name)s.") % {"name": event.actor} if version and version.is_typed_in else ""
        told.append(Told(event.at, typed or str(SAID.get(event.action, event.action)), event.note, None if typed else event.actor))
    return told[::-1]
