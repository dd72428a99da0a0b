"""The seats of the council in a half circle: the City to the left, civil society to the right."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import cos, pi, radians, sin

from agreement.models import Side
from council.models import Body, Mandate, Seat

WIDTH, HEIGHT = 400, 232
OUTER, ROW_GAP = 172, 54
PER_ROW = 15
"""About how many seats one row takes before another is begun inside it."""
SLOPE = radians(6)
"""The half circle begins and ends this much above the floor."""


@dataclass(frozen=True)
class Place:
    """Where a seat stands, and whether somebody sits there."""

    x: float
    y: float
    side: str
    label: str
    is_held: bool


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
    places: list[Place]
    rows: list[GroupRow]
    size: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def half(self) -> float:
        """From a seat's middle to its edge."""
        return round(self.size / 2, 2)

    @property
    def total(self) -> int:
        """All the seats."""
        return len(self.places)

    @property
    def held(self) -> int:
        """The seats that somebody holds."""
        return sum(place.is_held for place in self.places)

    def of(self, side: str) -> int:
        """The seats of one side."""
        return sum(place.side == side for place in self.places)

    @property
    def city(self) -> int:
        """The City's seats."""
        return self.of(Side.CITY)

    @property
    def civil_society(self) -> int:
        """Civil society's seats."""
        return self.of(Side.CIVIL_SOCIETY)


def rows_of(count: int) -> list[int]:
    """How many of `count` seats stand in each row, from the outermost: in proportion to the rows' lengths."""
    rows = max(1, min(4, -(-count // PER_ROW)))
    lengths = [OUTER - ROW_GAP * row for row in range(rows)]
    shares = [count * length // sum(lengths) for length in lengths]
    for extra in range(count - sum(shares)):
        shares[extra % rows] += 1
    return [share for share in shares if share]


def half_circle(count: int) -> list[tuple[float, float]]:
    """The places of `count` seats, from the left end of the half circle to the right."""
    places: list[tuple[float, int, int]] = []
    for row, seats in enumerate(rows_of(count)):
        step = (pi - 2 * SLOPE) / max(1, seats - 1)
        places += [(SLOPE + step * seat if seats > 1 else pi / 2, -row, row) for seat in range(seats)]
    middle, floor = WIDTH / 2, HEIGHT - 24
    return [
        (round(middle - _radius(row) * cos(angle), 1), round(floor - _radius(row) * sin(angle), 1)) for angle, _outer_first, row in sorted(places)
    ]


def seat_size(count: int) -> float:
    """How wide a seat is drawn so that neighbours keep apart."""
    rows = rows_of(count) if count else [1]
    return round(min([32.0, *[0.66 * pi * _radius(row) / seats for row, seats in enumerate(rows)]]), 1)


def seat_map(day: date) -> SeatMap | None:
    """The council on `day`, or as it last was; None when there has never been a seat."""
    day = _day_with_seats(day)
    seats = list(Seat.objects.on(day).select_related("body", "group").order_by("body__period", "group__number", "number"))
    if not seats:
        return None
    councils = [seat.body for seat in seats if seat.body.kind == Body.Kind.COUNCIL] or [seat.body for seat in seats]
    body = councils[-1]  # of several, the one that began last
    seats = [seat for seat in seats if seat.body_id == body.pk]
    held = set(Mandate.objects.valid().on(day).filter(seat__body=body, role=Mandate.Role.ORDINARY).values_list("seat_id", flat=True))
    seats.sort(key=lambda seat: (seat.group.side != Side.CITY, seat.group.number, seat.number))
    places = [Place(x, y, seat.group.side, str(seat), seat.pk in held) for (x, y), seat in zip(half_circle(len(seats)), seats, strict=True)]
    return SeatMap(body, day, places, _rows(seats, held), seat_size(len(seats)))


def _radius(row: int) -> int:
    return OUTER - ROW_GAP * row


def _day_with_seats(day: date) -> date:
    """`day`, or the last day on which there were seats."""
    if Seat.objects.on(day).exists():
        return day
    ended = [seat.until_on for seat in Seat.objects.filter(period__fully_lt=(day, None), period__upper_inf=False)]
    return max((until for until in ended if until), default=day)


def _rows(seats: list[Seat], held: set[int]) -> list[GroupRow]:
    total, taken = Counter(seat.group_id for seat in seats), Counter(seat.group_id for seat in seats if seat.pk in held)
    groups = {seat.group_id: seat.group for seat in seats}
    return [GroupRow(group.side, str(Side(group.side).label), group.name, total[pk], taken[pk]) for pk, group in groups.items()]
