"""Founding data of the council: Idékom from 2010 to 2017 and what followed it, as composition.toml tells.

Only what is known is loaded: where a seat's side, sector or nominating body is not known, the seat says so. The parties must be
loaded first. The council is loaded whole or not at all, so that the secretary's later changes are left alone.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from agreement.models import Party, Sector
from council.models import Body, Seat, SeatGroup
from idekom.lib.dated import period

HERE = Path(__file__).parent


@transaction.atomic
def load() -> int:
    """Load what is missing; returns how many rows were made. A council that exists is left as it is."""
    told = tomllib.loads((HERE / "composition.toml").read_text(encoding="utf-8"))
    if Body.objects.filter(slug=told["body"]["slug"]).exists():
        return 0
    from_on, until_on = told["body"].pop("from_on"), told["body"].pop("until_on")
    body = Body.objects.create(**told["body"], period=period(from_on, until_on))
    made = sum(_group(body, row, from_on, until_on) for row in told["group"])
    return 1 + made + sum(_follower(body, row) for row in told["follower"])


def _group(body: Body, row: dict[str, Any], first: date, last: date) -> int:
    """A group and its seats, which stand for as long as the body unless the file says otherwise."""
    seats, first, last = row.pop("seat"), row.pop("from_on", first), row.pop("until_on", last)
    group = SeatGroup.objects.create(body=body, **row)
    return 1 + sum(_seats(group, seat, first, seat.pop("until_on", last)) for seat in seats)


def _seats(group: SeatGroup, row: dict[str, Any], first: date, last: date) -> int:
    """The seats of one row of the file: as many as it has numbers."""
    nominator, sector, numbers = row.pop("nominator", None), row.pop("sector", None), row.pop("numbers")
    fields = row | {
        "body": group.body,
        "group": group,
        "nominator": Party.objects.get(slug=nominator) if nominator else None,
        "sector": Sector.objects.get(slug=sector) if sector else None,
        "period": period(first, last),
    }
    return len([Seat.objects.create(number=number, **fields) for number in numbers])


def _follower(body: Body, row: dict[str, Any]) -> int:
    """A body that came after; the secretary may have made it already."""
    follower, is_new = Body.objects.get_or_create(slug=row.pop("slug"), defaults={"period": period(row.pop("from_on")), **row})
    body.successors.add(follower)
    return int(is_new)
