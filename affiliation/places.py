"""The map of the register: a square for each part of the city, with the parties that have said yes to show where they are."""

from dataclasses import dataclass, field
from datetime import date

from affiliation.models import Affiliation
from agreement.models import District, Party

SIDE, GAP = 150, 8


@dataclass
class Square:
    """A part of the city: where its square stands in the picture, and who is there."""

    district: District
    x: int
    y: int
    parties: list[Party] = field(default_factory=list)
    hidden: int = 0
    """How many are there but do not show where."""

    @property
    def middle(self) -> float:
        """Where its texts are centred."""
        return self.x + SIDE / 2

    @property
    def name_y(self) -> float:
        """The foot of its name."""
        return self.y + SIDE / 2 - 10

    @property
    def number_y(self) -> float:
        """The foot of its number."""
        return self.y + SIDE / 2 + 28


@dataclass(frozen=True)
class Map:
    """The picture and its lists."""

    squares: list[Square]
    width: int
    height: int
    side: int = SIDE


def map_of(day: date) -> Map:
    """The parties affiliated on `day` by part of the city. Two queries; those that do not show their address are only counted."""
    districts = District.objects.on(day).exclude(map_row=None).exclude(map_column=None).order_by("map_row", "map_column", "pk")
    step = SIDE + GAP
    squares = {district.pk: Square(district, (district.map_column - 1) * step, (district.map_row - 1) * step) for district in districts}
    for affiliation in Affiliation.objects.in_force(day).filter(party__district__in=squares):
        square = squares[affiliation.party.district_id]
        if affiliation.party.address:
            square.parties.append(affiliation.party)
        else:
            square.hidden += 1
    width = max([square.x for square in squares.values()], default=0) + SIDE
    return Map(list(squares.values()), width, max([square.y for square in squares.values()], default=0) + SIDE)
