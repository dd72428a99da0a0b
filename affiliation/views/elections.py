"""Elections of a sector's representatives: the public pages, the parties' own page to name people and to vote, and the candidate's yes."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView

from affiliation.forms.elections import CandidateForm, VoteForm
from affiliation.models import Candidate, Election
from affiliation.models.elections import voting_parties
from affiliation.pdf import elections as pdf
from affiliation.views.secrets import secret
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.lib.limits import at_most
from idekom.lib.office import take
from idekom.lib.reader import signed_in


class ElectionsView(ListView[Election]):
    """All elections, the newest first."""

    template_name = "affiliation/elections/elections.html"
    context_object_name = "elections"
    queryset = Election.objects.select_related("sector")


@require_safe
def election(request: HttpRequest, slug: str) -> HttpResponse:
    """What is elected, who stands, when, and after the close the result."""
    found = get_object_or_404(Election.objects.select_related("sector"), slug=slug)
    standing = found.candidates.standing().select_related("party") if found.status == Election.Status.PLANNED else found.on_ballot()
    voted, may_vote = found.turnout()
    context: dict[str, Any] = {
        "election": found,
        "places": found.places.in_order(),
        "candidates": standing,
        "voted": voted,
        "may_vote": may_vote,
        "takes_names": found.takes_names(timezone.now()),
        "takes_votes": found.takes_votes(timezone.now()),
        "cancelled": found.events.filter(action="cancel").last(),
    }
    context |= {"outcome": found.outcome, "ballots": found.published_ballots, "lots": pdf.lots(found)} if found.is_counted else {}
    return render(request, "affiliation/elections/election.html", context)


@require_safe
def protocol(request: HttpRequest, slug: str) -> HttpResponse:
    """The protocol of a settled election, as a page."""
    return render(request, "affiliation/elections/protocol.html", pdf.told(_settled(slug)))


@require_safe
def protocol_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper, with lines for the tellers to sign on."""
    response = HttpResponse(pdf.protocol(_settled(slug)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-protokoll.pdf"'
    return response


def _settled(slug: str) -> Election:
    return get_object_or_404(Election.objects.select_related("sector"), slug=slug, status=Election.Status.SETTLED)


def _own(request: HttpRequest, slug: str, **more: Any) -> dict[str, Any]:
    """What the parties' own page shows: the election, the reader's parties, whom they have named, and which have voted."""
    user = signed_in(request)
    found = get_object_or_404(Election.objects.of_interest_to(user, today()), slug=slug)
    mine = voting_parties(user, today())
    rolls = list(found.roll.filter(party__in=mine).select_related("party").order_by("party__sort_name"))
    parties = list(mine.filter(pk__in=found.electorate(today())))
    left = [roll for roll in rolls if not roll.has_voted]
    ballot = {"rolls": left, "candidates": found.on_ballot(), "places": found.places.count()}
    return {
        "election": found,
        "rolls": rolls,
        "left": left,
        "ballot": ballot,
        "parties": parties,
        "named": found.candidates.named().filter(party__in=parties),
        "takes_names": found.takes_names(timezone.now()),
        "takes_votes": found.takes_votes(timezone.now()),
        **more,
    }


@login_required
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """To name people, and to vote."""
    here = _own(request, slug)
    here["form"] = VoteForm(**here["ballot"]) if here["takes_votes"] and here["left"] else None
    here["name_form"] = CandidateForm(parties=here["parties"]) if here["takes_names"] else None
    return render(request, "affiliation/elections/own.html", here)


@login_required
@require_POST
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a person; who is named is asked."""
    here = _own(request, slug)
    form = CandidateForm(request.POST, parties=here["parties"])
    if here["takes_names"] and not form.is_valid():
        return render(request, "affiliation/elections/own.html", {**here, "name_form": form, "form": None})
    try:
        party = form.cleaned_data["party"] if here["takes_names"] else None
        told = form.told if here["takes_names"] else {}
        Candidate.objects.name_for(here["election"], party=party, moment=timezone.now(), language=get_language() or "sv", **told)
    except ValidationError as error:
        if not here["takes_names"]:
            messages.error(request, error.messages[0])
            return redirect("affiliation:own_election", slug)
        form.add_error(None, error)
        return render(request, "affiliation/elections/own.html", {**here, "name_form": form, "form": None})
    messages.success(request, _("Nomineringen är mottagen. %(name)s får ett mejl med frågan om att ställa upp.") % {"name": told["name"]})
    return redirect("affiliation:own_election", slug)


@login_required
@require_POST
def strike(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a name."""
    candidate = get_object_or_404(_own(request, slug)["named"], pk=pk)
    take(request, candidate.strike, _("Nomineringen av %(name)s är återtagen.") % {"name": candidate.name})
    return redirect("affiliation:own_election", slug)


@login_required
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Cast a party's vote. The answer shows the receipt's code, once: it is kept nowhere beside the party."""
    here = _own(request, slug)
    if not here["takes_votes"] or not here["left"]:
        messages.error(request, _("Parten har redan röstat.") if here["takes_votes"] else _("Valet tar inte emot röster nu. Rösten är inte lämnad."))
        return redirect("affiliation:own_election", slug)
    form = VoteForm(request.POST, **here["ballot"])
    if not form.is_valid():
        return render(request, "affiliation/elections/own.html", {**here, "form": form})
    roll = form.cleaned_data["roll"]
    try:
        code = roll.vote(form.chosen)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("affiliation:own_election", slug)
    return render(request, "affiliation/elections/receipt.html", {"election": here["election"], "party": roll.party, "code": code})


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy(request: HttpRequest, token: str) -> HttpResponse:
    """What one is named for, and a button: yes."""
    candidate = get_object_or_404(Candidate.objects.select_related("election__sector", "party"), token=token)
    if request.method == "POST":
        with suppress(WrongStatus):  # struck off, or the election has opened, and the page says so
            candidate.agree()
        return redirect("affiliation:candidacy", token)
    planned = candidate.election.status == Election.Status.PLANNED and candidate.election.opens_at > timezone.now()
    return render(request, "affiliation/elections/candidacy.html", {"candidate": candidate, "election": candidate.election, "may_agree": planned})
