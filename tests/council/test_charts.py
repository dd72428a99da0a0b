"""The seat map's geometry."""

from itertools import combinations

import pytest

from council.charts import HEIGHT, WIDTH, half_circle, rows_of, seat_map, seat_size
from council.models import Body


def test_the_city_stands_to_the_left_and_civil_society_to_the_right(idekom: Body) -> None:
    places = seat_map(list(idekom.seats.filter(number__lte=14).select_related("group")))
    assert [place.seat.number for place in places] == [1, 2, 11, 12, 13, 14, *range(3, 11)]
    assert [place.x for place in places] == sorted(place.x for place in places)
    assert max(place.x for place in places[:6]) < min(place.x for place in places[6:])


def test_no_seats_make_no_places() -> None:
    assert (seat_map([]), half_circle(0)) == ([], [])


@pytest.mark.parametrize("count", [1, 2, 3, 14, 15, 16, 20, 21, 22, 31, 40])
def test_every_seat_has_room_inside_the_picture(count: int) -> None:
    size, places = seat_size(count), half_circle(count)
    assert len(places) == count == sum(rows_of(count))
    assert all(size / 2 <= x <= WIDTH - size / 2 and size / 2 <= y <= HEIGHT - size / 2 for x, y in places)
    apart = [max(abs(x - other_x), abs(y - other_y)) for (x, y), (other_x, other_y) in combinations(places, 2)]
    assert all(distance >= size for distance in apart)
