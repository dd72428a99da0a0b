"""A meeting's desk: how far it has come, what comes next, and the steps that concern the meeting as a whole."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from council.emails.notices import preview
from council.forms import CancelForm, DetailsForm, TimesForm
from council.models import AgendaItem, Answers, Assignment, Mandate, Meeting, Room, RunningOrder
from council.models.reading import reader
from idekom.lib.dated import today

if TYPE_CHECKING:
    from council.admin.meetings import MeetingAdmin

MOVED = ("starts_at", "ends_at", "place", "premeeting_at", "premeeting_place")


def show(model_admin: "MeetingAdmin", request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The desk."""
    items = meeting.items.prefetch_related("papers", "assignments__person").numbered()
    context = {
        "title": str(meeting),
        "meeting": meeting,
        "original": meeting,
        "stages": stages(meeting),
        "next": what_next(meeting),
        "order": RunningOrder.of(meeting, items),
        "room": Room.of(meeting),
        "assignments": Assignment.objects.filter(item__meeting=meeting).select_related("item", "person"),
        "answers": Answers.of(meeting) if meeting.status != Meeting.Status.PLANNED else None,
        "has_come": meeting.has_come(today()),
        "reason": next((event.note for event in meeting.events.filter(action="cancel")), ""),
    }
    return model_admin.page(request, "desk", context)


def stages(meeting: Meeting) -> list[tuple[str, str]]:
    """The four stages, each with how far it has come: "done", "now" or nothing yet."""
    Status = Meeting.Status  # noqa: N806 - an enumeration
    adjusted = hasattr(meeting, "protocol") and meeting.protocol.is_adjusted
    place = {Status.PLANNED: 1, Status.CALLED: 2, Status.HELD: 3, Status.CANCELLED: 0}[Status(meeting.status)] + adjusted
    names = [_("Planering"), _("Kallelse"), _("Möte"), _("Protokoll")]
    return [(name, "done" if n < place else "now" if n == place else "") for n, name in enumerate(names)]


def what_next(meeting: Meeting) -> str:
    """What the secretary does next, in a sentence or two."""
    if meeting.status == Meeting.Status.CANCELLED:
        return _("Mötet är inställt. Det som var bordlagt tas upp på nästa möte.")
    if meeting.status == Meeting.Status.HELD:
        if not meeting.is_recordable:
            if meeting.protocol.is_adjusted:
                return _("Protokollet är justerat. Inget av det som står här ändras längre.")
            return _("Protokollet är hos justerarna. Ska något ändras: ta tillbaka protokollet först.")
        return _("Mötet är hållet. Kontrollera närvaron och besluten. Gör sedan protokollet klart för justering.")
    if meeting.has_come(today()):
        return _("Fyll i närvaron och besluten. Ange sedan att mötet är hållet.")
    if meeting.status == Meeting.Status.CALLED:
        return _("Kallelsen har gått. Ändrar ni dagordningen, skicka kallelsen igen. Fyll i närvaron och besluten under mötet.")
    return _("Gör dagordningen klar. Skicka sedan kallelsen, helst tre veckor före mötet.")


def details(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads it, and the link."""
    meeting = model_admin.changed(request, pk)
    form = DetailsForm(request.POST if request.method == "POST" else None, instance=meeting)
    if form.is_valid():
        meeting.save(update_fields=list(form.cleaned_data))
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect("admin:council_meeting_change", pk)
    return model_admin.page(request, "form", {"title": _("Ledning och länk"), "meeting": meeting, "form": form, "button": _("Spara")})


def told(meeting: Meeting) -> str:
    """Who gets a mail about a change, in words."""
    if meeting.status != Meeting.Status.CALLED:
        return _("Kallelsen har inte gått än. Ingen får något mejl.")
    mandates = Mandate.objects.valid().on(meeting.on).filter(seat__body=meeting.body)
    names = list(mandates.order_by("person__name").values_list("person__name", flat=True).distinct())
    if not names:
        return _("Mötet är kallat, men ingen har en plats den dagen. Ingen får något mejl.")
    return _("Mötet är kallat. De här %(count)d får ett mejl: %(names)s.") % {"count": len(names), "names": ", ".join(names)}


def call(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice, for the first time or again; before that, who gets it and what it says."""
    meeting = model_admin.changed(request, pk)
    if not meeting.is_open:
        return _too_late(request, pk)
    if request.method == "POST":
        return _done(request, pk, lambda: meeting.call(by=request.user), _("Kallelsen är på väg."))  # type: ignore[arg-type]
    rows = Answers.of(meeting).rows
    context = {
        "title": _("Skicka kallelsen igen") if meeting.status == Meeting.Status.CALLED else _("Skicka kallelsen"),
        "meeting": meeting,
        "reached": [row.person for row in rows if row.person and reader(row.person)],
        "unreached": [row.person for row in rows if row.person and not reader(row.person)],
        "mail": preview(meeting),
    }
    return model_admin.page(request, "call", context)


def move(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or place: fill in, then see who will be told."""
    meeting = model_admin.changed(request, pk)
    if not meeting.is_open:
        return _too_late(request, pk)
    form = TimesForm(request.POST if request.method == "POST" else None, instance=meeting)
    if request.method == "POST" and form.is_valid() and "andra" not in request.POST:
        before = model_admin.changed(request, pk)
        context = {"title": _("Kontrollera ändringen"), "meeting": before, "after": meeting, "form": form, "told": told(before)}
        return model_admin.page(request, "move_check", context)
    return model_admin.page(request, "form", {"title": _("Flytta mötet"), "meeting": meeting, "form": form, "button": _("Kontrollera ändringen")})


def move_take(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Move it."""
    meeting = model_admin.changed(request, pk)
    form = TimesForm(request.POST, instance=model_admin.changed(request, pk))
    if not meeting.is_open:
        return _too_late(request, pk)
    if not form.is_valid():
        return move(model_admin, request, pk)
    try:
        meeting.move(by=request.user, **{name: form.cleaned_data[name] for name in MOVED})  # type: ignore[arg-type]
    except IntegrityError:  # somebody planned another meeting that day a moment ago: the form sees it now
        return move(model_admin, request, pk)
    messages.success(request, _("Mötet har den nya tiden och lokalen."))
    return redirect("admin:council_meeting_change", pk)


def cancel(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be held: why, and who will be told."""
    meeting = model_admin.changed(request, pk)
    if not meeting.may("cancel"):
        return _too_late(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _done(request, pk, lambda: meeting.cancel(by=request.user, note=form.cleaned_data["note"]), _("Mötet är inställt."))  # type: ignore[arg-type]
    context: dict[str, Any] = {"title": _("Ställ in mötet"), "meeting": meeting, "form": form, "button": _("Ställ in mötet"), "told": told(meeting)}
    return model_admin.page(request, "form", context)


def hold(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """It has been held; before that, a list of what is not filled in."""
    meeting = model_admin.changed(request, pk)
    if not meeting.may("hold"):
        return _too_late(request, pk)
    if not meeting.has_come(today()):
        messages.warning(request, _("Mötet har inte varit än. Det går att ange som hållet från mötets dag."))
        return redirect("admin:council_meeting_change", pk)
    if request.method == "POST":
        return _done(request, pk, lambda: meeting.hold(by=request.user), _("Mötet är hållet. Det som bordlades står på nästa dagordning."))  # type: ignore[arg-type]
    return model_admin.page(request, "hold", {"title": _("Ange att mötet är hållet"), "meeting": meeting, "gaps": gaps(meeting)})


def gaps(meeting: Meeting) -> list[str]:
    """What is not filled in."""
    found = [] if meeting.attendances.serving().exists() else [_("Ingen är antecknad som närvarande på någon plats.")]
    found += [] if meeting.chair else [_("Mötesordföranden är inte angiven.")]
    for one in meeting.items.prefetch_related("assignments").numbered():
        for part in [one, *one.parts]:
            named = {"number": part.number, "title": part.item.title}
            if not part.item.outcome and not part.parts:
                found.append(_("§ %(number)s %(title)s har inget utfall.") % named)
            if part.item.outcome == AgendaItem.Outcome.ASSIGNED and not part.item.assignments.all():
                found.append(_("§ %(number)s %(title)s gavs i uppdrag, men inget uppdrag är skrivet.") % named)
    return found


def _done(request: HttpRequest, pk: int, step: Any, said: str) -> HttpResponse:
    try:
        step()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("admin:council_meeting_change", pk)


def _too_late(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("Mötet är redan hållet eller inställt. Det går inte att ändra så."))
    return redirect("admin:council_meeting_change", pk)
