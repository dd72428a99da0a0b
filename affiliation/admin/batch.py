"""Several applications decided at one sitting: fill in, check every decision with its mail, decide; one transaction, one list for the minutes."""

from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from affiliation.admin.steps import STEPS
from affiliation.emails.applications import preview
from affiliation.forms.decisions import CommonForm, RowForm
from affiliation.models import Application, WaitingDecision
from affiliation.models.status import Status
from council.models import AgendaItem, Meeting
from idekom.lib.mail import Rendered

if TYPE_CHECKING:
    from affiliation.admin.applications import ApplicationAdmin
    from idekom.users.models import User

MOST = 200
Rows = list[tuple[Application, RowForm]]


def decide(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """Fill in one row per application; what is good leads to the check page."""
    cases = _to_decide(model_admin, request)
    if not cases:
        messages.warning(request, _("Välj först en eller flera ansökningar i listan."))
        return redirect("admin:affiliation_application_changelist")
    common, rows = _forms(cases, request.POST if request.method == "POST" else None)
    if request.method == "POST" and "andra" not in request.POST and _is_good(common, rows):
        common, rows = _forms(cases, _numbered(request.POST, common, rows))
        mails = _decided(common, rows, request.user, for_real=False)  # type: ignore[arg-type]
        if mails is not None:
            checked = [(case, row, mails.get(case.pk)) for case, row in rows]
            context = {"title": _("Kontrollera besluten"), "common": common, "rows": checked, "ids": ids_of(cases), "some": bool(mails)}
            return model_admin.page(request, "check", context)
    return _filling_in(model_admin, request, common, rows)


def take(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """Take the decisions that the check page showed: all of them, or none when one is not possible any more."""
    cases = _to_decide(model_admin, request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    common, rows = _forms(cases, request.POST)
    if cases and _is_good(common, rows) and _decided(common, rows, request.user, for_real=True) is not None:  # type: ignore[arg-type]
        if common.waits:
            messages.success(request, _("Besluten är sparade. De fattas när protokollet är justerat."))
            return redirect("admin:council_meeting_change", common.cleaned_data["meeting"].pk)
        return redirect(f"{reverse('admin:affiliation_application_decided')}?{ids_of(cases)}")
    return _filling_in(model_admin, request, common, rows) if cases else redirect("admin:affiliation_application_changelist")


def decided(model_admin: "ApplicationAdmin", request: HttpRequest) -> HttpResponse:
    """What was decided, to be put in the minutes."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    cases = _chosen(model_admin, request, Status.APPROVED, Status.DECLINED)
    return model_admin.page(request, "decided", {"cases": cases, "title": _("Beslutslista")})


def ids_of(cases: "list[Application] | QuerySet[Application]") -> str:
    """The cases as a part of an address."""
    return "ids=" + ",".join(str(case.pk) for case in cases[:MOST])


def chosen_ids(request: HttpRequest) -> list[int]:
    """The numbers that an address names; what is none is passed over."""
    return [int(part) for part in request.GET.get("ids", "").split(",")[:MOST] if part.isdecimal() and len(part) < 19]


def _forms(cases: list[Application], typed: QueryDict | None) -> tuple[CommonForm, Rows]:
    common = CommonForm(typed, initial={"meeting": next((case.meeting for case in cases if case.meeting), None)})
    kept = {one.case_id: one for one in WaitingDecision.objects.waiting().filter(case__in=cases)}
    numbers = {meeting: AgendaItem.objects.cases_number(meeting) for meeting in {case.meeting for case in cases if case.meeting}}
    return common, [(case, RowForm(typed, prefix=str(case.pk), initial=_known(case, kept.get(case.pk), numbers))) for case in cases]


def _known(case: Application, kept: WaitingDecision | None, numbers: dict[Meeting, str]) -> dict[str, str]:
    """What a row says before anything is typed: the decision that waits, else the number that the cases have on the agenda."""
    if kept:
        return {"choice": kept.choice, "paragraph": kept.paragraph, "note": kept.note}
    return {"paragraph": case.paragraph or (numbers[case.meeting] if case.meeting else "")}


def _is_good(common: CommonForm, rows: Rows) -> bool:
    return all([common.is_valid(), *(row.is_valid() for _case, row in rows)])


def _numbered(typed: QueryDict, common: CommonForm, rows: Rows) -> QueryDict:
    """What was typed, with running paragraphs where a decided row has none."""
    first = common.cleaned_data["first_paragraph"]
    if first is None:
        return typed
    filled = typed.copy()
    taken = {row.cleaned_data["paragraph"] for _case, row in rows if row.is_decided}
    free = (str(number) for number in count(first) if str(number) not in taken)
    for case, row in rows:
        if row.is_decided and not row.cleaned_data["paragraph"]:
            filled[f"{case.pk}-paragraph"] = next(free)
    return filled


def _decided(common: CommonForm, rows: Rows, by: "User", *, for_real: bool) -> dict[int, Rendered] | None:
    """Take all the decisions, and give their mails by case. None when one is not possible: its row tells why, and none is taken.

    Not `for_real`, everything is done and undone again: so the check page shows what is possible, and the mails as they will be.
    """
    if not _is_good(common, rows):
        return None
    mails = {}
    with transaction.atomic():
        for shown, row in rows:
            if for_real:
                WaitingDecision.objects.let_go([shown])
            if not row.is_decided:
                continue
            case = copy(shown)  # the page goes on showing how it stands
            try:
                if for_real and common.waits:
                    _keep(case, common, row, by)
                    continue
                STEPS[row.cleaned_data["choice"]].call(case, by, _filled(common, row))
                mails[case.pk] = preview(case.events.latest("pk"))
            except ValidationError as error:
                row.add_error(None, error)
        succeeded = not any(row.errors for _case, row in rows)
        transaction.set_rollback(not (succeeded and for_real))
    return mails if succeeded else None


def _filled(common: CommonForm, row: RowForm) -> dict[str, Any]:
    """What was filled in; a decision that waits for the minutes is of the day of its meeting."""
    filled = common.cleaned_data | row.cleaned_data
    return filled | {"decided_on": filled["meeting"].on} if common.waits else filled


def _keep(case: Application, common: CommonForm, row: RowForm, by: "User") -> None:
    words = {name: row.cleaned_data[name] for name in ("note", "paragraph")}
    WaitingDecision.objects.keep(case, common.cleaned_data["meeting"], row.cleaned_data["choice"], by=by, **words)


def _to_decide(model_admin: "ApplicationAdmin", request: HttpRequest) -> list[Application]:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return _chosen(model_admin, request, Status.ON_AGENDA)


def _chosen(model_admin: "ApplicationAdmin", request: HttpRequest, *statuses: Status) -> list[Application]:
    """The applications that the address names, one by one or by a meeting and how they stand."""
    cases = model_admin.get_queryset(request).select_related("sector", "meeting__body").order_by("submitted_at", "pk")
    meeting = request.GET.get("mote", "")
    if meeting.isdecimal() and len(meeting) < 19:
        return list(cases.filter(meeting=int(meeting), status__in=statuses)[:MOST])
    return list(cases.filter(pk__in=chosen_ids(request)))


def _filling_in(model_admin: "ApplicationAdmin", request: HttpRequest, common: CommonForm, rows: Rows) -> HttpResponse:
    failed = common.is_bound and not (common.is_valid() and all(row.is_valid() for _case, row in rows))
    context = {"title": _("Besluta om valda ärenden"), "common": common, "rows": rows, "ids": ids_of([case for case, _row in rows]), "failed": failed}
    return model_admin.page(request, "decide", context)
