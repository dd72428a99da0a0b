"""The seat map: the council as a half circle, the City to the left and civil society to the right. Geometry only; the SVG is a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from agreement.models import Side
from council.models import Person, Seat

WIDTH, SEAT, GAP = 400.0, 34.0, 8.0
"""The picture's width, a seat's size and the least space between two seats, in SVG units."""
OUTER = (WIDTH - SEAT) / 2
HEIGHT = OUTER + SEAT


@dataclass(frozen=True)
class Place:
    """A seat's place in the picture: its middle, and what to draw there."""

    seat: Seat
    x: float
    y: float

    @property
    def side(self) -> str:
        """The side's value: a square stands for the City, a circle for civil society."""
        return self.seat.side.value

    @property
    def holder(self) -> Person | None:
        """Who sits there; a vacant seat is drawn as an outline."""
        return self.seat.holder

    @property
    def left(self) -> float:
        """The left edge of a seat drawn as a square."""
        return round(self.x - SEAT / 2, 1)

    @property
    def top(self) -> float:
        """The upper edge of a seat drawn as a square."""
        return round(self.y - SEAT / 2, 1)


def seat_map(seats: Sequence[Seat]) -> list[Place]:
    """The seats placed from left to right in as many arcs as are needed; each side keeps together."""
    ordered = sorted(seats, key=lambda seat: (seat.side != Side.CITY, seat.group.number, seat.number))
    return [Place(seat, x, y) for seat, (x, y) in zip(ordered, _places(len(ordered)), strict=True)]


def _places(count: int) -> list[tuple[float, float]]:
    """Middles of `count` seats, from the left end of the half circle to the right."""
    radii: list[float] = []
    while sum(map(_room, radii)) < count and (not radii or radii[-1] > SEAT):
        radii.append(OUTER - len(radii) * (SEAT + 2 * GAP))
    found = []
    for radius, share in zip(radii, _shares(count, radii), strict=True):
        for place in range(share):
            angle = pi * (place + 0.5) / share if share == 1 else pi * place / (share - 1)
            found.append((angle, WIDTH / 2 - radius * cos(angle), HEIGHT - SEAT / 2 - radius * sin(angle)))
    return [(round(x, 1), round(y, 1)) for _angle, x, y in sorted(found)]


def _room(radius: float) -> int:
    """How many seats an arc of that radius has room for."""
    return int(pi * radius / (SEAT + GAP)) + 1


def _shares(count: int, radii: Sequence[float]) -> list[int]:
    """How many seats go in each arc: in proportion to its length, the rest in the outermost."""
    whole = sum(radii)
    shares = [int(count * radius / whole) for radius in radii]
    if shares:
        shares[0] += count - sum(shares)
    return shares
