"""A report as a paper form: the questions of the round and the side, boxes to tick and lines to write on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import get_language

from agreement.models import Commitment, Party, Side
from followup.models import About, Kind, Progress, Question, Report, Round
from followup.models.questions import PROGRESS_KEY
from followup.sheets import label
from idekom.lib import pdf
from idekom.lib.canonical import digest

NOON = time(12, tzinfo=UTC)
LONGEST_REMINDER = 150
"""How many characters of what was said the year before stand under a question."""


@dataclass(frozen=True)
class Asked:
    """A question on paper. `boxes` are empty where one writes; `apart` is "no opinion"; `before` is what was said the year before."""

    text: str
    hint: str
    boxes: tuple[str, ...]
    apart: str
    before: str
    is_quotable: bool


@dataclass(frozen=True)
class Subject:
    """A commitment: how far it has come, and what is asked in words."""

    number: int
    title: str
    progress: Asked | None
    choices: tuple[Asked, ...]
    words: tuple[Asked, ...]


def form(report: Report) -> bytes:
    """The form for a party, with what it said the year before. The same questions and answers give the same bytes."""
    previous = report.previous
    said = {(told["commitment"], told["question"]): told["choice"] or told["words"] for told in previous.content} if previous else {}
    return _made(report, said, last_year=previous.report.round.year if previous else None)


def blank(round: Round, side: Side) -> bytes:
    """The form for a side, without a name on it."""
    kind = Party.Kind.CITY_BODY if side == Side.CITY else Party.Kind.ORGANISATION
    return _made(Report(round=round, party=Party(kind=kind)), {}, last_year=None)


def _made(report: Report, said: dict[tuple[int | None, str], str], *, last_year: int | None) -> bytes:
    moment = datetime.combine(report.round.opens_on, NOON)
    about_year = [_asked(question, said.get((None, question.key), "")) for question in report.questions_about(About.YEAR)]
    context = {
        "report": report,
        "round": report.round,
        "party": report.party,
        "due_on": report.due_on if report.pk else report.round.due_on,
        "last_year": last_year,
        "subjects": [_subject(commitment, report.questions_about(About.COMMITMENT), said) for commitment in report.commitments],
        "statements": [asked for asked in about_year if asked.boxes],
        "open_questions": [asked for asked in about_year if not asked.boxes],
        "portal": settings.PORTAL,
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    return _rendered(render_to_string("followup/paper/form.html", context), moment)


def _subject(commitment: Commitment, questions: Iterable[Question], said: dict[tuple[int | None, str], str]) -> Subject:
    asked = [(question, _asked(question, said.get((commitment.number, question.key), ""))) for question in questions]
    return Subject(
        commitment.number,
        commitment.title,
        next((one for question, one in asked if question.key == PROGRESS_KEY), None),
        tuple(one for question, one in asked if one.boxes and question.key != PROGRESS_KEY),
        tuple(one for _question, one in asked if not one.boxes),
    )


def _asked(question: Question, before: str) -> Asked:
    choices = Kind(question.kind).choices_of_answer
    boxes = tuple(str(name) for value, name in choices if value != Progress.NO_OPINION)
    apart = next((str(name) for value, name in choices if value == Progress.NO_OPINION), "")
    reminder = label(question.kind, before) if before and choices else Truncator(" ".join(before.split())).chars(LONGEST_REMINDER)
    return Asked(question.text, question.help_text, boxes, apart, reminder, question.is_quotable)


@lru_cache(maxsize=1)
def _style() -> str:
    return render_to_string("followup/paper/form.css")


@lru_cache(maxsize=8)
def _rendered(html: str, moment: datetime) -> bytes:
    """Kept for the next who asks: a form without a name is the same for everybody."""
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment, css=_style())


def file_name(report: Report) -> str:
    """What the file is called."""
    return f"blankett-{report.round.year}-{report.party.slug}.pdf"


def attached(content: bytes, name: str) -> dict[str, Any]:
    """The arguments of the response that gives the file out."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return {"content": content, "content_type": "application/pdf", "headers": headers}
