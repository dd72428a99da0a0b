"""Whom a proposal binds on a day, what each party decides on, and the question about what is in the way."""

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from council import bonds
from council.forms import DayForm
from council.forms.decisions import HinderForm
from council.models import Binding, Hinder, PartyDecision, Proposal
from council.pdf.papers import DecisionPaper
from council.pdf.proposals import paper_file
from council.pdf.word import word
from council.views.proposals import attached, shown
from idekom.lib.dated import today
from idekom.lib.downloads import as_download
from idekom.lib.limits import at_most
from idekom.lib.office import take
from idekom.lib.secret_pages import secret

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _asked(request: HttpRequest) -> DayForm:
    form = DayForm(request.GET if "datum" in request.GET else None, initial={"datum": today()})
    form.fields["datum"].label = _("Visa vem som var bunden den dag")
    form.fields["datum"].error_messages |= dict.fromkeys(
        ("invalid", "required"), _("Skriv datumet som år-månad-dag, till exempel 2026-03-12. Sidan visar hur det står i dag.")
    )
    return form


@require_safe
def binding(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom it binds, from when, and whom not; today or on ?datum=."""
    found, form = shown(slug), _asked(request)
    told = Binding.on(found, form.day)
    context = {"proposal": found, "form": form, "binding": told, "is_today": form.day == today(), "chart": bonds.picture(told)}
    return render(request, "council/proposals/binding.html", context)


@require_safe
def binding_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as rows."""
    found, form = shown(slug), _asked(request)
    content = bonds.as_csv(Binding.on(found, form.day))
    return attached(content, "text/csv; charset=utf-8", f"bundna-{found.slug}-{form.day.isoformat()}.csv")


@require_safe
def binding_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as data, for programs on other sites too."""
    found, form = shown(slug), _asked(request)
    response = JsonResponse(bonds.as_json(found, Binding.on(found, form.day)), json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers to decide on, one for each party that has been given the proposal."""
    found = get_object_or_404(Proposal.objects.adopted(), slug=slug)
    rows = found.decisions.select_related("party").order_by("party__sort_name", "party_id")
    return render(request, "council/proposals/papers.html", {"proposal": found, "rows": rows})


def paper_of(row: PartyDecision, ending: str) -> HttpResponse:
    """A party's paper as a file."""
    paper = DecisionPaper.of(row.proposal, row.party)
    name = f"underlag-{row.proposal.slug}-{row.party.slug}.{ending}"
    if ending == "docx":
        return attached(word(paper, row.proposal), WORD, name)
    return attached(paper_file(paper, row.proposal, today()), "application/pdf", name)


@require_safe
def decision_paper(request: HttpRequest, slug: str, party: str, ending: str) -> HttpResponse:
    """A party's paper, to be filled in and decided on."""
    rows = PartyDecision.objects.filter(proposal__in=Proposal.objects.adopted()).select_related("party", "proposal__item__meeting__body")
    return paper_of(get_object_or_404(rows, proposal__slug=slug, party__slug=party), ending)


@require_safe
def document(request: HttpRequest, slug: str, party: str) -> FileResponse:
    """The decision that holds now, where the party lets everybody read it."""
    rows = PartyDecision.objects.filter(proposal__in=Proposal.objects.shown(), shows_document=True).exclude(document="")
    row = get_object_or_404(rows, proposal__slug=slug, party__slug=party)
    return as_download(row.document, f"beslut-{party}.pdf")


@secret
@at_most(30, minutes=60)
@require_http_methods(["GET", "HEAD", "POST"])
def hinder(request: HttpRequest, token: str) -> HttpResponse:
    """One sentence about what is in the way of handling a proposal."""
    found = get_object_or_404(Hinder.objects.select_related("decision__party", "decision__proposal"), token=token)
    form = HinderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take(request, lambda: found.tell(form.cleaned_data["answer"]), _("Tack. Kansliet läser det."))
        return redirect("council:hinder", token)
    return render(request, "council/proposals/hinder.html", {"hinder": found, "row": found.decision, "form": form})
