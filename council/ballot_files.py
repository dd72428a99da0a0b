"""The result of a dot ballot as open data. Only what its page tells everybody: nothing of any one person's."""

import csv
import io
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from agreement.models import Side
from council.models import DotBallot
from council.models.ballot_results import Line
from idekom.lib.mail import absolute

COLUMNS = ["omrade", "forslag", "prickar", "prickar_per_sektor", "staden", "civilsamhallet", "delar"]
MARK = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def as_csv(ballot: DotBallot) -> bytes:
    """One row for each proposal, those with most dots first in each area; an empty cell where nothing is noted. Raises ResultIsSecret."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for area, lines in ballot.result.areas:
        for line in lines:
            told = [area.name, line.option.title, line.person, line.sector_number, line.city, line.civil_society]
            writer.writerow([harmless(cell) for cell in [*told, line.sum_in_words if line.parts else ""]])
    return (MARK + out.getvalue()).encode()


def as_data(ballot: DotBallot) -> dict[str, Any]:
    """The same for programs, with how the vote was held. Raises ResultIsSecret."""
    with translation.override(settings.LANGUAGE_CODE):
        address = absolute(ballot.get_absolute_url())
    result = ballot.result
    return {
        "rubrik": ballot.title,
        "organ": ballot.body.name,
        "adress": address,
        "holls_pa_papper": ballot.is_on_paper,
        "fran": _moment(ballot.held_on or ballot.opens_at),
        "till": _moment(ballot.held_until or ballot.held_on or ballot.closes_at),
        "kalla": ballot.source,
        "prickar_per_person": ballot.dots,
        "ordning": ballot.weighing,
        "valdeltagande": {side or "okand": {"rostade": voted, "fick_rosta": may_vote} for side, (voted, may_vote) in result.turnout.items()},
        "omraden": [{"namn": area.name, "forslag": [_line(line) for line in lines]} for area, lines in result.areas],
        "licens": LICENCE,
    }


def _line(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {"forslag": line.option.title, "prickar": line.person, "prickar_per_sektor": line.sector_number}
    told |= {"staden": line.side(Side.CITY), "civilsamhallet": line.side(Side.CIVIL_SOCIETY)}
    return told | ({"delar": [{"forslag": one.option.title, "prickar": one.own.person} for one in (line, *line.parts)]} if line.parts else {})


def _moment(at: date | None) -> str | None:
    """A day, or a moment in the portal's time zone."""
    if isinstance(at, datetime):
        return timezone.localtime(at).isoformat(timespec="seconds")
    return at.isoformat() if at else None


def harmless(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
