"""Who is in the room: one form for all of them, and the voices that are heard."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from council.forms import RoomForm
from council.models import Room

if TYPE_CHECKING:
    from council.admin.meetings import MeetingAdmin


def room(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The room as it is, and as it is noted now."""
    meeting = model_admin.changed(request, pk)
    if not meeting.is_recordable:
        messages.warning(request, _("Närvaron ändras inte längre: mötet är inställt, eller så är protokollet hos justerarna."))
        return redirect("admin:council_meeting_change", pk)
    form = RoomForm(meeting, request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and form.store():
            messages.success(request, _("Närvaron är sparad."))
            return redirect("admin:council_meeting_room", pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    context = {"title": _("Närvaro"), "meeting": meeting, "form": form, "room": Room.of(meeting)}
    return model_admin.page(request, "room", context)
