"""A round's reports as they stand at one moment: plain data, from which the book, the year's page and the open data are made.

What is in it is public: answers that a party keeps from the public are left out here, and so can be in nothing that is made from it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Prefetch
from django.utils import translation
from django.utils.translation import get_language

from agreement.models import Commitment, Term
from followup.models import About, Compilation, Kind, Report, ReportVersion, Round
from followup.models.questions import PROGRESS_KEY

LANGUAGE = "sv"
"""The book's language."""
FORMAT = "idekom-uppfoljning/2"
FIRST_QUESTIONS = [
    {"key": PROGRESS_KEY, "kind": Kind.PROGRESS, "text": "Hur långt har det kommit?"},
    {"key": "done", "kind": Kind.WORDS, "text": "Vad har ni gjort under året?"},
    {"key": "example", "kind": Kind.WORDS, "text": "Ett exempel att sprida"},
    {"key": "plan", "kind": Kind.WORDS, "text": "Vad planerar ni för nästa år?"},
]
"""What was asked when snapshots did not tell it yet."""


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every query sees the database as it was at the first one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def take(round: Round, **of: Any) -> dict[str, Any]:
    """What the round's reports say, or those that match `of`. Of one that has not come in: only whose it is.

    No person is in it, and not when a party handed in: nobody is to be known for being late.
    """
    with translation.override(LANGUAGE):
        versions = Prefetch("versions", ReportVersion.objects.order_by("number"))
        members = Prefetch("reports_for", Report.objects.select_related("party").order_by("party__sort_name", "pk"))
        reports = round.reports.filter(**of).select_related("party__sector", "reported_through__party").prefetch_related(versions, members)
        latest = ReportVersion.objects.filter(report__in=round.reports.filter(**of)).aggregate(latest=Max("submitted_at"))["latest"]
        return {
            "format": FORMAT,
            "year": round.year,
            "agreement": round.version.name,
            "opens_on": round.opens_on.isoformat(),
            "due_on": round.due_on.isoformat(),
            "forum_on": round.forum_on.isoformat() if round.forum_on else None,
            "summary": round.summary,
            "question_set": round.questions.name,
            "questions": [question.as_data() for question in round.questions.questions.order_by("number")],
            "glossary": [{"word": term.word, "meaning": term.meaning} for term in Term.objects.in_order()],
            "commitments": [_commitment(commitment) for commitment in round.version.commitments.order_by("number")],
            "latest_at": latest.isoformat() if latest else None,
            "parties": [_party(report) for report in reports.order_by("party__sort_name", "party_id")],
        }


def with_earlier_years(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The same, with what the books of earlier years counted. A year without a book is not there: a gap, not a zero."""
    books: dict[int, dict[str, Any]] = {}
    published = Compilation.objects.published().filter(round__year__lt=snapshot["year"]).order_by("revision").select_related("round")
    for book in published:
        books[book.round.year] = book.snapshot or {}
    return {**snapshot, "earlier": [{"year": year, "counts": counts(read(books[year]))} for year in sorted(books)]}


def counts(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """How many of each side chose what: one row per question, commitment (None: about the year), side and choice."""
    kinds = {question["key"] for question in snapshot["questions"] if question["kind"] != Kind.WORDS}
    found: dict[tuple[Any, ...], int] = {}
    for party in snapshot["parties"]:
        for answer in party["answers"]:
            if answer["question"] in kinds:
                place = (answer["question"], answer["commitment"], party["side"], answer["choice"])
                found[place] = found.get(place, 0) + 1
    names = ("question", "commitment", "side", "choice", "count")
    rows = [dict(zip(names, (*place, count), strict=True)) for place, count in found.items()]
    return sorted(rows, key=lambda row: (row["commitment"] or 0, row["question"], row["side"], row["choice"]))


def read(snapshot: dict[str, Any]) -> dict[str, Any]:
    """A snapshot as it was kept, in today's form."""
    if snapshot.get("format") == FORMAT:
        return snapshot
    asked = [{**question, "about": About.COMMITMENT, "side": "", "is_quotable": question["key"] == "example"} for question in FIRST_QUESTIONS]
    new: dict[str, Any] = {"through": None, "reports_for": []}
    parties = [
        {**party, **new, "has_reported": bool(party["submitted_at"]), "answers": _one_by_one(party["answers"])} for party in snapshot["parties"]
    ]
    latest = max((party["submitted_at"] for party in snapshot["parties"] if party["submitted_at"]), default=None)
    return {**snapshot, "latest_at": latest, "summary": "", "question_set": "", "questions": asked, "glossary": [], "earlier": [], "parties": parties}


def in_readers_language(snapshot: dict[str, Any], round: Round) -> dict[str, Any]:
    """The same with the names of the commitments and the questions in the current language. What parties say stays as they said it."""
    if get_language() == LANGUAGE:
        return snapshot
    titles = {one.number: {"title": one.title, "summary": one.summary} for one in round.version.commitments.all()}
    texts = {question.key: {"text": question.text} for question in round.questions.questions.all()}
    return {
        **snapshot,
        "agreement": round.version.name,
        "question_set": round.questions.name,
        "commitments": [one | titles.get(one["number"], {}) for one in snapshot["commitments"]],
        "questions": [one | texts.get(one["key"], {}) for one in snapshot["questions"]],
    }


def _one_by_one(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers that were kept by commitment, one for each question."""
    return [
        {
            "commitment": answer["commitment"],
            "question": question["key"],
            "choice": answer["progress"] if question["kind"] == Kind.PROGRESS else "",
            "words": "" if question["kind"] == Kind.PROGRESS else answer[question["key"]],
            "may_be_quoted": question["key"] == "example",
        }
        for answer in answers
        for question in FIRST_QUESTIONS
        if answer[question["key"]]
    ]


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "number": commitment.number,
        "slug": commitment.slug,
        "title": commitment.title,
        "summary": commitment.summary,
        "owner": commitment.owner,
        "owner_label": str(commitment.get_owner_display()),
    }


def _party(report: Report) -> dict[str, Any]:
    party, through = report.party, report.reported_through
    versions = list(report.versions.all())
    return {
        "slug": party.slug,
        "name": party.name,
        "side": party.side.value,
        "kind": str(party.get_kind_display()),
        "legal_form": str(party.get_legal_form_display()),
        "sector": party.sector.name if party.sector else "",
        "has_reported": bool(versions),
        "through": _named(through) if through and through.status != Report.Status.DRAFT else None,
        "reports_for": [_named(other) for other in report.reports_for.all()] if versions else [],
        "answers": _public(versions[-1]) if versions else [],
    }


def _named(report: Report) -> dict[str, str]:
    return {"slug": report.party.slug, "name": report.party.name}


def _public(version: ReportVersion) -> list[dict[str, Any]]:
    """The answers that everybody may read."""
    return [{key: value for key, value in answer.items() if key != "is_private"} for answer in version.content if not answer["is_private"]]
