"""What came of each item: a page for each, one after the other as the meeting goes."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from council.forms import AssignmentFormSet, OutcomeForm
from council.models import AgendaItem, Meeting
from council.models.agenda import Numbered
from idekom.lib.dated import today

if TYPE_CHECKING:
    from council.admin.meetings import MeetingAdmin


def first(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the first item that has no outcome yet."""
    row = _in_a_row(model_admin.changed(request, pk))
    if not row:
        messages.warning(request, _("Dagordningen är tom. Lägg först till punkter."))
        return redirect("admin:council_meeting_agenda", pk)
    next_one = next((one for one in row if not one.item.outcome and not one.parts), row[0])
    return redirect("admin:council_meeting_outcome", pk, next_one.item.pk)


def outcome(model_admin: "MeetingAdmin", request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The outcome of one item, with what somebody takes on."""
    meeting = model_admin.changed(request, pk)
    row = _in_a_row(meeting)
    place = next((place for place, one in enumerate(row) if one.item.pk == item), None)
    if place is None:
        raise Http404
    if refused := _refused(meeting):
        messages.warning(request, refused)
        return redirect("admin:council_meeting_change", pk)
    typed, current = request.POST if request.method == "POST" else None, row[place].item
    form, tasks = OutcomeForm.of(current, typed), AssignmentFormSet(typed, queryset=current.assignments.all(), prefix="uppdrag")
    later = row[place + 1] if place + 1 < len(row) else None
    if typed is not None and form.is_valid() and tasks.is_valid() and _stored(request, current, form, tasks):
        to = later.item.pk if later and "nasta" in request.POST else item
        return redirect("admin:council_meeting_change", pk) if "klar" in request.POST else redirect("admin:council_meeting_outcome", pk, to)
    context = {"title": f"§ {row[place].number} {current}", "form": form, "tasks": tasks, "one": row[place]}
    around = {"meeting": meeting, "row": row, "earlier": row[place - 1] if place else None, "later": later}
    return model_admin.page(request, "outcome", context | around)


def _stored(request: HttpRequest, item: AgendaItem, form: OutcomeForm, tasks: Any) -> bool:
    """Keep it all, or nothing."""
    filled = form.cleaned_data
    words = {name: filled[name] for name in ("words", "working_group", "convener")}
    try:
        with transaction.atomic(), Meeting.objects.being_recorded(item.meeting_id):
            item.discussion = filled["discussion"]
            item.save(update_fields=["discussion"])
            item.conclude(filled["outcome"], by=request.user, **words)  # type: ignore[arg-type]
            for assignment in tasks.save(commit=False):
                assignment.item = item
                assignment.save()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("§ %(title)s är sparad.") % {"title": item.title})
    return True


def _in_a_row(meeting: Meeting) -> list[Numbered]:
    """All items and parts, one after the other."""
    return [one for whole in meeting.items.prefetch_related("papers").numbered() for one in (whole, *whole.parts)]


def _refused(meeting: Meeting) -> str:
    """Why nothing can be written about the meeting; nothing when it can."""
    if not meeting.is_recordable:
        return _("Besluten ändras inte längre: mötet är inställt, eller så är protokollet hos justerarna.")
    return "" if meeting.has_come(today()) else _("Mötet har inte varit än. Besluten fylls i från mötets dag.")
