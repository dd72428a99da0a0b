"""Founding data of the council: the seats it started with on 5 March 2010, as composition.toml tells them.

Only what is known seat by seat is loaded. The council grew to 21 seats in October 2013, had 20 in 2014–15 and 22 before June 2017;
which seats came and went is not known here, so they are for the secretary to enter. The parties must be loaded first.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from agreement.models import Party
from council.models import Body, Seat, SeatGroup
from idekom.lib.dated import period

HERE = Path(__file__).parent


@transaction.atomic
def load() -> int:
    """Load what is missing; returns how many rows were made. A row that exists is left as it is."""
    told = tomllib.loads((HERE / "composition.toml").read_text(encoding="utf-8"))
    from_on = told["body"].pop("from_on")
    body, is_new = Body.objects.get_or_create(slug=told["body"].pop("slug"), defaults=told["body"] | {"period": period(from_on)})
    made = int(is_new)
    for row in told["group"]:
        seats = row.pop("seat")
        group, is_new = SeatGroup.objects.get_or_create(body=body, number=row.pop("number"), defaults=row)
        made += is_new + sum(_add_seat(group, seat, from_on) for seat in seats)
    return made


def _add_seat(group: SeatGroup, row: dict[str, Any], from_on: Any) -> int:
    """The seats of one row of the file: as many as it has numbers."""
    nominator = Party.objects.get(slug=row.pop("nominator"))
    made = 0
    for number in row.pop("numbers"):
        fields = row | {"group": group, "nominator": nominator, "period": period(from_on)}
        made += Seat.objects.get_or_create(body=group.body, number=number, defaults=fields)[1]
    return made
