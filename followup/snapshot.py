"""A round's reports as they stand at one moment: plain data, from which the book and the open data are made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from agreement.models import Commitment
from followup.models import Report, Round

LANGUAGE = "sv"
"""The book's language."""


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every query sees the database as it was at the first one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def take(round: Round, **of: Any) -> dict[str, Any]:
    """What the round's reports say, or those that match `of`. Of one that has not come in: only whose it is. No person is in it."""
    with translation.override(LANGUAGE):
        reports = (
            round.reports.filter(**of)
            .select_related("party__sector")
            .prefetch_related("answers__commitment")
            .order_by("party__sort_name", "party_id")
        )
        return {
            "format": "idekom-uppfoljning/1",
            "year": round.year,
            "agreement": round.version.name,
            "opens_on": round.opens_on.isoformat(),
            "due_on": round.due_on.isoformat(),
            "forum_on": round.forum_on.isoformat() if round.forum_on else None,
            "commitments": [_commitment(commitment) for commitment in round.version.commitments.order_by("number")],
            "parties": [_party(report) for report in reports.order_by("party__sort_name", "party_id")],
        }


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
    party = report.party
    is_in = report.status == Report.Status.SUBMITTED
    return {
        "slug": party.slug,
        "name": party.name,
        "side": party.side.value,
        "kind": str(party.get_kind_display()),
        "legal_form": str(party.get_legal_form_display()),
        "sector": party.sector.name if party.sector else "",
        "submitted_at": report.submitted_at.isoformat() if is_in and report.submitted_at else None,
        "answers": _answers(report) if is_in else [],
    }


def _answers(report: Report) -> list[dict[str, Any]]:
    answers = sorted(report.answers.all(), key=lambda answer: answer.commitment.number)
    return [
        {"commitment": answer.commitment.number, "progress": answer.progress, "done": answer.done, "example": answer.example, "plan": answer.plan}
        for answer in answers
    ]
