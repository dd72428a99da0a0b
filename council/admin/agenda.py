"""The agenda of a meeting: its items, their order and their papers; and the items that a body's agendas begin with."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms import ItemForm, OrderForm
from council.models import AgendaItem, Body, Meeting, Paper, RunningOrder, StandingItem
from idekom.lib.downloads import as_download

if TYPE_CHECKING:
    from council.admin.meetings import MeetingAdmin


class StandingItemForm(forms.ModelForm[StandingItem]):
    """Two items may change places: whether two have the same place is looked for in the whole list, not in each row."""

    class Meta:
        model = StandingItem
        fields = ("position", "title", "kind", "minutes")

    def validate_constraints(self) -> None:
        """The list does."""


class StandingItemInline(admin.StackedInline[StandingItem, Body]):
    """What each new agenda of a body begins with. A change concerns meetings that are planned from then on."""

    model = StandingItem
    form = StandingItemForm
    fields = ("position", "title", "kind", "minutes")
    extra = 0
    verbose_name_plural = gettext_lazy("stående punkter på dagordningen")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is lost: the agendas that began with it keep it."""
        return self.has_change_permission(request, obj)


def show(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, to be put in order."""
    meeting = model_admin.seen(request, pk)
    moved, _dash, way = request.GET.get("flyttad", "").partition("-")
    context = {"title": _("Dagordning"), "meeting": meeting, "order": _order(meeting), "moved": moved, "way": way, "may_write": meeting.is_recordable}
    return model_admin.page(request, "agenda", context)


def sheet(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda with its papers, to be printed."""
    meeting = model_admin.seen(request, pk)
    return model_admin.page(request, "agenda_sheet", {"title": _("Dagordning"), "meeting": meeting, "order": _order(meeting)})


def order(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Move one item a step, or put all of them in an order."""
    meeting = model_admin.changed(request, pk)
    back, form = reverse("admin:council_meeting_agenda", args=[pk]), OrderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ordningen gick inte att läsa. Läs om sidan."))
        return redirect(back)
    item = meeting.items.filter(pk=form.cleaned_data["item"] or 0).first()
    try:
        with Meeting.objects.being_recorded(pk):
            if item and form.cleaned_data["way"]:
                AgendaItem.objects.shift(item, -1 if form.cleaned_data["way"] == "upp" else 1)
                return redirect(f"{back}?flyttad={item.pk}-{form.cleaned_data['way']}")
            if form.cleaned_data["ids"]:
                AgendaItem.objects.order(meeting, form.cleaned_data["ids"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(back)


def add(model_admin: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """A new item, or a part of one (?del-av=)."""
    meeting, whole = model_admin.changed(request, pk), request.GET.get("del-av", "")
    parent = meeting.items.filter(pk=int(whole), parent=None).first() if whole.isascii() and whole.isdecimal() and len(whole) < 19 else None
    return _written(model_admin, request, AgendaItem(meeting=meeting, parent=parent), _("Ny punkt"))


def edit(model_admin: "MeetingAdmin", request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """An item and its papers."""
    found = get_object_or_404(model_admin.changed(request, pk).items.select_related("meeting__body", "tabled_from__meeting"), pk=item)
    return _written(model_admin, request, found, str(found))


def _written(model_admin: "MeetingAdmin", request: HttpRequest, item: AgendaItem, title: str) -> HttpResponse:
    if not item.meeting.is_recordable:
        messages.warning(request, _("Dagordningen ändras inte längre: mötet är inställt, eller så är protokollet hos justerarna."))
        return redirect("admin:council_meeting_agenda", item.meeting_id)
    form = ItemForm(request.POST if request.method == "POST" else None, request.FILES or None, instance=item)
    if form.is_valid():
        try:
            kept = form.store()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(title)s är sparad.") % {"title": kept.title})
            if "kvar" in request.POST:
                return redirect("admin:council_meeting_item", kept.meeting_id, kept.pk)
            return redirect(f"{reverse('admin:council_meeting_agenda', args=[kept.meeting_id])}#punkt-{kept.pk}")
    return model_admin.page(request, "item", {"title": title, "meeting": item.meeting, "item": item, "form": form})


def remove(model_admin: "MeetingAdmin", request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = get_object_or_404(model_admin.changed(request, pk).items.all(), pk=item)
    try:
        found.remove()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("admin:council_meeting_item", pk, item)
    messages.success(request, _("%(title)s är borttagen.") % {"title": found.title})
    return redirect("admin:council_meeting_agenda", pk)


def paper(model_admin: "MeetingAdmin", request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A paper, to be saved."""
    found = get_object_or_404(Paper.objects.filter(item__meeting=model_admin.seen(request, pk)), pk=paper)
    return as_download(found.file, f"{found.name}.pdf")


def remove_paper(model_admin: "MeetingAdmin", request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a paper away."""
    found = get_object_or_404(Paper.objects.filter(item__meeting=model_admin.changed(request, pk)), pk=paper)
    try:
        found.remove()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Underlaget %(name)s är borttaget.") % {"name": found.name})
    return redirect("admin:council_meeting_item", pk, found.item_id)


def _order(meeting: Meeting) -> RunningOrder:
    return RunningOrder.of(meeting, meeting.items.prefetch_related("papers").numbered())
