"""A party's own answers to the council's proposals: read by all who act for it, written by its administrators alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from affiliation.views.own import place
from council.forms.decisions import DecisionForm, TakeBackForm
from council.models import PartyDecision, Proposal
from council.views.binding import paper_of
from idekom.lib.dated import today
from idekom.lib.downloads import as_download
from idekom.lib.markdown import to_html
from idekom.lib.office import take
from idekom.lib.reader import signed_in


def _here(request: HttpRequest, slug: str, proposal: str, **more: Any) -> dict[str, Any]:
    """The party's place with its row for the proposal."""
    here = place(request, slug, **more)
    rows = PartyDecision.objects.filter(party=here["party"]).select_related("party", "proposal__item__meeting__body", "activity", "version")
    return here | {"row": get_object_or_404(rows, proposal__slug=proposal)}


@login_required
@require_safe
def own_proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals that the party has been given, those that wait first."""
    here = place(request, slug)
    rows = PartyDecision.objects.filter(party=here["party"]).select_related("proposal", "party").order_by("-addressed_on", "-pk")
    waiting = [row for row in rows if row.is_open]
    return render(request, "affiliation/own/proposals.html", {**here, "waiting": waiting, "answered": [row for row in rows if not row.is_open]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_proposal(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
    """A proposal, its papers, and the party's answer."""
    here = _here(request, slug, proposal)
    row: PartyDecision = here["row"]
    form = DecisionForm(request.POST if request.method == "POST" else None, request.FILES or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            row.decide(form.given, by=signed_in(request), seen=form.cleaned_data["seen"], corrects=form.corrects_old)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Svaret är infört och syns nu på förslagets sida."))
            return redirect("affiliation:own_proposal", slug, proposal)
    here |= {"form": form, "take_back": TakeBackForm(initial={"seen": row.revision}, auto_id="id_ta_bort_%s"), **_around(row)}
    return render(request, "affiliation/own/proposal.html", here)


def _around(row: PartyDecision) -> dict[str, Any]:
    return {
        "proposal": row.proposal,
        "words": to_html(row.proposal.text, under=2),
        "commitments": row.proposal.commitments.select_related("version"),
        "is_public": Proposal.objects.shown().filter(pk=row.proposal_id).exists(),
        "story": row.events.exclude(action="remind").select_related("actor").order_by("-pk"),
    }


@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
    """What stands was a mistake: the party has not handled the proposal."""
    row = _here(request, slug, proposal)["row"]
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Skriv med några ord vad som var fel."))
        return redirect("affiliation:own_proposal", slug, proposal)
    take(
        request,
        lambda: row.take_back(by=signed_in(request), **form.cleaned_data),
        _("Svaret är borttaget. Nu står det att ni inte har behandlat förslaget."),
    )
    return redirect("affiliation:own_proposal", slug, proposal)


@login_required
@require_safe
def own_paper(request: HttpRequest, slug: str, proposal: str, ending: str) -> HttpResponse:
    """The party's paper to decide on."""
    return paper_of(_here(request, slug, proposal)["row"], ending)


@login_required
@require_safe
def own_document(request: HttpRequest, slug: str, proposal: str, pk: int) -> FileResponse:
    """A document that the party has handed in, also with a decision that another has replaced."""
    row = _here(request, slug, proposal)["row"]
    event = get_object_or_404(row.events.exclude(document=""), pk=pk)
    return as_download(event.document, f"beslut-{proposal}-{event.decided_on or today()}.pdf")
