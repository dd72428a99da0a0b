"""The board of a body: every seat with who holds it, until when, and what can be done. Each step is checked before it is done."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from council.admin.steps import CLOSE, END_OFFICE, SEAT_STEPS, VOID, Step, rehearse
from council.models import Body, Mandate, Office, Seat
from idekom.lib.dated import today


def board(site: admin.AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Seats × holders, substitutes, vacancies, last days and the next change."""
    if not request.user.has_perm("council.view_body"):
        raise PermissionDenied
    body = get_object_or_404(Body, pk=pk)
    day = min(day for day in (today(), body.until_on) if day)
    seats = body.seats.all().seated(day)
    coming = _coming(body, day)
    rows = [(seat, _serving(seat, "ordinary"), _serving(seat, "substitute"), coming.get(seat.pk, [])) for seat in seats]
    context = {
        **site.each_context(request),
        "opts": Body._meta,
        "title": body.name,
        "body": body,
        "day": day,
        "rows": rows,
        "offices": list(Office.objects.through_time().filter(body=body)),
        "may_change": request.user.has_perm("council.change_mandate"),
    }
    return TemplateResponse(request, "admin/council/body/board.html", context)


def _serving(seat: Seat, role: str) -> Mandate | None:
    return next((mandate for mandate in seat.serving if mandate.role == role), None)


def _coming(body: Body, day: date) -> dict[int, list[Mandate]]:
    """{seat: the mandates that begin after the day, the first first}"""
    found: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.valid().filter(seat__body=body, period__startswith__gt=day).select_related("person").order_by("period"):
        found.setdefault(mandate.seat_id, []).append(mandate)
    return found


def take(site: admin.AdminSite, request: HttpRequest, step: Step, subject: Any, body: Body) -> HttpResponse:
    """Ask, say what will happen, do it: a page each."""
    form = step.form(subject, request.POST if request.method == "POST" else None, initial={"on": today()})
    said: list[str] = []
    if form.is_valid():
        try:
            if "confirmed" in request.POST:
                step.do(subject, form.cleaned_data, request.user)  # type: ignore[arg-type]
                messages.success(request, str(step.done))
                return redirect("admin:council_body_board", body.pk)
            if "again" not in request.POST:
                said = step.words(subject, form.cleaned_data)
                rehearse(step, subject, form.cleaned_data, request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            said = []
            form.add_error(None, error)
    context = {"opts": Body._meta, "title": step.title, "step": step, "subject": subject, "body": body, "form": form, "said": said}
    return TemplateResponse(request, "admin/council/step.html", site.each_context(request) | context)


def seat_step(site: admin.AdminSite, request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A step with a seat."""
    _needs_change(request, "mandate")
    seat = get_object_or_404(Seat.objects.select_related("body", "group"), pk=pk)
    return take(site, request, SEAT_STEPS[step], seat, seat.body)


def void(site: admin.AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a mandate void."""
    _needs_change(request, "mandate")
    mandate = get_object_or_404(Mandate.objects.valid().select_related("seat__body", "person"), pk=pk)
    return take(site, request, VOID, mandate, mandate.seat.body)


def end_office(site: admin.AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Give an office its last day."""
    _needs_change(request, "mandate")
    office = get_object_or_404(Office.objects.valid().select_related("body", "mandate__person"), pk=pk)
    return take(site, request, END_OFFICE, office, office.body)


def close_body(site: admin.AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Close a body."""
    _needs_change(request, "body")
    body = get_object_or_404(Body, pk=pk)
    return take(site, request, CLOSE, body, body)


def _needs_change(request: HttpRequest, model: str) -> None:
    if not request.user.has_perm(f"council.change_{model}"):
        raise PermissionDenied
