"""Founding data of the priorities: the votes that were held on paper at the start-up days of 2010, as ballots.toml tells.

A ballot is loaded whole or not at all, so that the secretary's later changes are left alone.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from council.models import Area, Body, DotBallot, Option

HERE = Path(__file__).parent
BODY = "idekom"


@transaction.atomic
def load() -> int:
    """Load what is missing; returns how many rows were made. The council must be loaded first."""
    told = tomllib.loads((HERE / "ballots.toml").read_text(encoding="utf-8"))
    body = Body.objects.get(slug=BODY)
    return sum(_ballot(body, row) for row in told["ballot"])


def _ballot(body: Body, row: dict[str, Any]) -> int:
    """A ballot with its areas and numbers, written in."""
    if DotBallot.objects.filter(slug=row["slug"]).exists():
        return 0
    areas = row.pop("area")
    ballot = DotBallot.objects.create(body=body, is_on_paper=True, **{**row, "text": row["text"].strip()})
    made = sum(_area(Area.objects.create(ballot=ballot, number=number, name=area["name"]), area["option"]) for number, area in enumerate(areas, 1))
    ballot.record(by=None)
    return 1 + made


def _area(area: Area, rows: list[dict[str, Any]]) -> int:
    """An area's proposals; what was merged stands after the one that it was merged into."""
    number = 0
    for row in rows:
        number += 1
        whole = _option(area, number, row)
        for part in row.get("parts", []):
            number += 1
            _option(area, number, part, merged_into=whole)
    return 1 + number


def _option(area: Area, number: int, row: dict[str, Any], **fields: Any) -> Option:
    return Option.objects.create(ballot_id=area.ballot_id, area=area, number=number, title=row["title"], noted=row.get("dots"), **fields)
