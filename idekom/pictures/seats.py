"""The seats of the council in a half circle: the City to the left, civil society to the right."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from agreement.models import Side
from council import charts
from council.models import Body, Seat


@dataclass(frozen=True)
class GroupRow:
    """One line of the table."""

    side: str
    side_name: str
    name: str
    seats: int
    held: int


@dataclass(frozen=True)
class SeatMap:
    """The half circle and its table."""

    body: Body
    day: date
    places: list[charts.Place]
    rows: list[GroupRow]

    @property
    def total(self) -> int:
        """All the seats."""
        return len(self.places)

    @property
    def held(self) -> int:
        """The seats that somebody holds."""
        return sum(place.seat.holder is not None for place in self.places)

    def of(self, side: str) -> int:
        """The seats of one side."""
        return sum(place.seat.group.side == side for place in self.places)

    @property
    def city(self) -> int:
        """The City's seats."""
        return self.of(Side.CITY)

    @property
    def civil_society(self) -> int:
        """Civil society's seats."""
        return self.of(Side.CIVIL_SOCIETY)


def seat_map(day: date) -> SeatMap | None:
    """The council on `day`, or as it last was; None when there has never been a seat."""
    day = _day_with_seats(day)
    seats = list(Seat.objects.on(day).with_holders(day).select_related("body", "group").order_by("body__period", "group__number", "number"))
    if not seats:
        return None
    councils = [seat.body for seat in seats if seat.body.kind == Body.Kind.COUNCIL] or [seat.body for seat in seats]
    body = councils[-1]  # of several, the one that began last
    seats = [seat for seat in seats if seat.body_id == body.pk]
    return SeatMap(body, day, charts.seat_map(seats), _rows(seats))


def _day_with_seats(day: date) -> date:
    """`day`, or the last day on which there were seats."""
    if Seat.objects.on(day).exists():
        return day
    ended = [seat.until_on for seat in Seat.objects.filter(period__fully_lt=(day, None), period__upper_inf=False)]
    return max((until for until in ended if until), default=day)


def _rows(seats: list[Seat]) -> list[GroupRow]:
    total, taken = Counter(seat.group_id for seat in seats), Counter(seat.group_id for seat in seats if seat.holder)
    groups = {seat.group_id: seat.group for seat in seats}
    return [GroupRow(group.side, str(Side(group.side).label), group.name, total[pk], taken[pk]) for pk, group in groups.items()]
