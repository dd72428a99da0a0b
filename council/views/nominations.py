"""Naming people for seats: the nominating body's own pages, and the page on which the named person says yes."""

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council.forms.nominations import NominationForm
from council.models import Nomination
from council.models.nominations import OwnSeat, own_seats
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most
from idekom.lib.office import take
from idekom.lib.secret_pages import secret

if TYPE_CHECKING:
    from idekom.users.models import User


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _seats(request: HttpRequest) -> list[OwnSeat]:
    """The seats that the reader names people for; whoever has none is told that there is no page."""
    seats = own_seats(_user(request), today())
    if not seats:
        raise Http404
    return seats


@login_required
@require_safe
def nominations(request: HttpRequest) -> HttpResponse:
    """The seats that one nominates for, who sits there, which are vacant; and what has been nominated."""
    made = Nomination.objects.made_by(_user(request), today()).select_related("seat", "party", "meeting")
    context = {"seats": _seats(request), "waiting": made.waiting(), "decided": made.exclude(status=Nomination.Status.PROPOSED)}
    return render(request, "council/nominations/nominations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a person for a seat."""
    seat = next((own.seat for own in _seats(request) if own.seat.pk == pk), None)
    if seat is None:
        raise Http404
    form = NominationForm(request.POST if request.method == "POST" else None, seat=seat)
    if request.method == "POST" and form.is_valid():
        form.instance.language = get_language() or "sv"
        try:
            form.instance.propose(by=_user(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Nomineringen är mottagen. %(name)s får ett mejl med frågan om att tacka ja.") % {"name": form.instance.name})
            return redirect("council:own_nominations")
    return render(request, "council/nominations/nominate.html", {"seat": seat, "form": form})


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a nomination back."""
    nomination = get_object_or_404(Nomination.objects.made_by(_user(request), today()), pk=pk)
    take(request, lambda: nomination.withdraw(by=_user(request)), _("Nomineringen av %(name)s är återtagen.") % {"name": nomination.name})
    return redirect("council:own_nominations")


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def nomination(request: HttpRequest, token: str) -> HttpResponse:
    """What one is named for, and a button: yes."""
    found = get_object_or_404(Nomination.objects.select_related("seat__body", "party", "meeting"), token=token)
    if request.method == "POST":
        with suppress(WrongStatus):  # decided or taken back meanwhile, and the page says so
            found.agree()
        return redirect("council:nomination", token)
    return render(request, "council/nominations/nomination.html", {"nomination": found, "seat": found.seat})
