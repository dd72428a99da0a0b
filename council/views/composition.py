"""What the pages tell about a body on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from agreement.models import Side
from council.charts import seat_map
from council.models import Body, Office, Seat, WorkingGroup
from council.models.changes import changes_of


@dataclass(frozen=True)
class Count:
    """How many seats one side has, and how they are held."""

    side: str
    label: str
    seats: int
    held: int
    substitutes: int
    vacant: int


def counted(seats: Sequence[Seat]) -> list[Count]:
    """The seats by side; those whose side is not known come last."""
    sides = [(side.value, str(side.label)) for side in Side] + [("", _("Uppgift saknas om sida"))]
    found = [_count(side, label, [seat for seat in seats if seat.group.side == side]) for side, label in sides]
    return [count for count in found if count.seats]


def _count(side: str, label: str, seats: Sequence[Seat]) -> Count:
    held = sum(seat.holder is not None for seat in seats)
    vacant = sum(seat.holder is None and seat.body.holders_are_known for seat in seats)
    return Count(side, label, len(seats), held, sum(seat.substitute is not None for seat in seats), vacant)


def composition(body: Body | None, day: date) -> dict[str, Any]:
    """Who sits in the body on the day, by group and side; its chair and vice chair, and its working groups."""
    seats = body.seats.all().seated(day) if body else []
    counts = counted(seats)
    return {
        "seats": seats,
        "groups": [(group, list(members)) for group, members in groupby(seats, key=lambda seat: seat.group)],
        "counts": counts,
        "totals": [sum(getattr(count, what) for count in counts) for what in ("seats", "held", "substitutes", "vacant")],
        "seat_map": seat_map(seats),
        "offices": list(Office.objects.through_time().filter(body=body).on(day).order_by("role")) if body else [],
        "working_groups": list(WorkingGroup.objects.told().filter(body=body).on(day)) if body else [],
    }


def through_time(bodies: Sequence[Body], day: date) -> dict[str, Any]:
    """The days on which the bodies changed, and the nearest on each side of `day`."""
    changes = changes_of(bodies)
    past = [change.on for change in changes.days if change.on <= day]
    return {"changes": changes.days, "before": changes.before(day), "after": changes.after(day), "current_change": past[-1] if past else None}


def history() -> list[Body]:
    """Every council of all times, each with the bodies that followed it."""
    return list(Body.objects.councils().prefetch_related("successors"))
