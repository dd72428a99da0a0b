"""A year's figures on pages of their own, and behind every figure the rows that it counts."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agreement.models import Side
from followup.figures import Figures, Reporter
from followup.models import Kind, Round
from followup.sheets import Line, Part, label
from followup.snapshot import in_readers_language, read

PER_PAGE = 50


@dataclass(frozen=True)
class Found:
    """An answer that a figure counts, or that is told in words."""

    party: Reporter
    part: Part
    line: Line


def figures_of(round: Round) -> Figures | None:
    """The figures of the round's newest book; None while there is none."""
    book = round.compilations.published().first()
    return Figures(in_readers_language(read(book.snapshot), round)) if book and book.snapshot else None


@require_safe
def chapter(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One commitment: the answers, the two sides, the years, and what parties want to spread."""
    round, figures = _published(year)
    found = next((one for one in figures.commitments if one.number == number), None)
    if found is None:
        raise Http404
    return render(request, "followup/chapter.html", {"round": round, "commitment": found, "commitments": figures.commitments})


@require_safe
def statements(request: HttpRequest, year: int) -> HttpResponse:
    """What has become better or worse."""
    round, figures = _published(year)
    return render(request, "followup/statements.html", {"round": round, "statements": figures.statements})


@require_safe
def answers(request: HttpRequest, year: int) -> HttpResponse:
    """The answers to a question: all, or those that a figure counts. What is asked for and does not exist is left out."""
    round, figures = _published(year)
    asked = {question["key"]: question for question in figures.questions}
    question = asked.get(request.GET.get("fraga", ""), figures.questions[0])
    wanted = _wanted(request, figures, question)
    found = [
        Found(party, part, line)
        for party in figures.parties
        for part, line in party.lines
        if line.key == question["key"] and all(value == _value(name, party, part, line) for name, value in wanted.items())
    ]
    rest = request.GET.copy()
    rest.pop("sida", None)
    context = {
        "round": round,
        "question": question,
        "commitment": next((one for one in figures.commitments if one.number == wanted.get("atagande")), None),
        "side": Side(wanted["hos"]) if "hos" in wanted else None,
        "choice": label(question["kind"], wanted["val"]) if "val" in wanted else "",
        "total": len(found),
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
        "query": rest.urlencode(),
    }
    return render(request, "followup/answers.html", context)


@require_safe
def parties(request: HttpRequest, year: int) -> HttpResponse:
    """Who was asked, and who has told their year, by themselves or through an umbrella."""
    round, figures = _published(year)
    side = Side(request.GET["hos"]) if request.GET.get("hos") in Side.values else None
    of_side = [party for party in figures.parties if side in (None, party.side)]
    context = {
        "round": round,
        "side": side,
        "reporters": [party for party in of_side if party.has_reported],
        "through": [party for party in of_side if party.through and not party.has_reported],
        "not_yet": [party for party in of_side if not party.is_in],
    }
    return render(request, "followup/parties.html", context)


def _wanted(request: HttpRequest, figures: Figures, question: dict[str, Any]) -> dict[str, Any]:
    """What the answers are to be about, as far as it makes sense."""
    wanted: dict[str, Any] = {}
    number = request.GET.get("atagande", "")
    if number in {str(one.number) for one in figures.commitments}:
        wanted["atagande"] = int(number)
    if request.GET.get("hos") in Side.values:
        wanted["hos"] = request.GET["hos"]
    if request.GET.get("val") in dict(Kind(question["kind"]).choices_of_answer):
        wanted["val"] = request.GET["val"]
    return wanted


def _value(name: str, party: Reporter, part: Part, line: Line) -> Any:
    return {"atagande": part.number, "hos": party.side.value, "val": line.choice}[name]


def _published(year: int) -> tuple[Round, Figures]:
    round = get_object_or_404(Round.objects.public().select_related("version", "questions"), year=year)
    figures = figures_of(round)
    if figures is None:
        raise Http404
    return round, figures
