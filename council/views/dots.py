"""Putting dots, by one's own link: choosing, checking, leaving them, and the receipt."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council.forms.ballots import DotsForm
from council.models import Voter
from council.models.ballot_votes import NotOpen
from idekom.lib.limits import at_most
from idekom.lib.reader import signed_in
from idekom.lib.secret_pages import secret


@login_required
@require_safe
def own_ballots(request: HttpRequest) -> HttpResponse:
    """The ballots that one votes in, or has voted in."""
    voters = Voter.objects.of(signed_in(request))
    return render(request, "council/ballots/own.html", {"voters": voters, "now": timezone.now()})


@secret
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(120, minutes=60)
def dots(request: HttpRequest, token: str) -> HttpResponse:
    """The ballot, with the dots that one has put, or those that one goes back to change."""
    voter = _voter(token)
    return _page(request, voter, DotsForm(request.POST if request.method == "POST" else None, voter=voter))


@secret
@sensitive_post_parameters()
@require_POST
@at_most(120, minutes=60)
def check_dots(request: HttpRequest, token: str) -> HttpResponse:
    """What one has chosen, to look at before it counts."""
    voter = _voter(token)
    form = DotsForm(request.POST, voter=voter)
    if not voter.ballot.takes_votes(timezone.now()):
        form.add_error(None, NotOpen())
    if not form.is_valid():
        return _page(request, voter, form)
    return render(request, "council/ballots/check.html", {"voter": voter, "ballot": voter.ballot, "form": form})


@secret
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@at_most(120, minutes=60)
def put_dots(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the dots."""
    voter = _voter(token)
    form = DotsForm(request.POST, voter=voter)
    if form.is_valid():
        try:
            voter.vote(form.dots)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("council:dots_receipt", token)
    return _page(request, voter, form)


@secret
@require_safe
def dots_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What one has voted, and until when one can change it."""
    voter = _voter(token)
    votes = voter.votes.select_related("option__area").order_by("option__area__number", "option__number")
    put = [(vote.option, vote.dots) for vote in votes]
    here: dict[str, Any] = {"voter": voter, "ballot": voter.ballot, "put": put, "takes_votes": voter.ballot.takes_votes(timezone.now())}
    return render(request, "council/ballots/receipt.html", here)


def _voter(token: str) -> Voter:
    return get_object_or_404(Voter.objects.select_related("ballot__body", "person"), token=token)


def _page(request: HttpRequest, voter: Voter, form: DotsForm) -> HttpResponse:
    ballot = voter.ballot
    context: dict[str, Any] = {"voter": voter, "ballot": ballot, "form": form, "takes_votes": ballot.takes_votes(timezone.now())}
    return render(request, "council/ballots/dots.html", {**context, "cancelled": ballot.events.filter(action="cancel").last()})
