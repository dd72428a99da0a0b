"""The four pictures show the data's own numbers."""

from datetime import date, datetime, timedelta
from math import dist
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from affiliation import charts
from agreement.models import Owner, Party
from council.models import Body, Meeting, Person, Seat, SeatGroup
from idekom.lib.dated import period
from idekom.pictures import dates, matrix, seats

DAY = date(2026, 11, 21)


def council(city: int, civil: int, until: date | None = None) -> Body:
    body: Body = Body.objects.create(slug="radet", name="Idékom", kind="council", period=period(date(2010, 3, 5)))
    nominator = Party.objects.create(name="GSE", slug="gse", kind="umbrella", legal_form="association")
    for place, (side, n) in enumerate((("city", city), ("civil_society", civil)), start=1):
        group = SeatGroup.objects.create(body=body, number=place, name=side, side=side)
        for number in range(n):
            label = f"{side} {number}"
            Seat.objects.create(
                body=body, group=group, number=place * 50 + number, label=label, nominator=nominator, period=period(date(2010, 3, 5), until)
            )
    return body


@pytest.mark.django_db
def test_the_seat_map_counts_seats_by_side_and_who_sits() -> None:
    body = council(6, 8)
    Seat.objects.filter(body=body)[0].appoint(Person.objects.create(name="A", slug="a"), role="ordinary", from_on=date(2025, 1, 1))
    Seat.objects.filter(body=body)[1].appoint(Person.objects.create(name="B", slug="b"), role="substitute", from_on=date(2025, 1, 1))
    found = seats.seat_map(DAY)
    assert found
    assert (found.total, found.city, found.civil_society, found.held) == (14, 6, 8, 1)
    assert [place.seat.group.side for place in found.places] == ["city"] * 6 + ["civil_society"] * 8  # from left to right
    assert sum(row.seats for row in found.rows) == 14


@pytest.mark.django_db
def test_a_council_that_has_ended_is_shown_as_it_last_was() -> None:
    council(6, 8, until=date(2017, 6, 9))
    found = seats.seat_map(DAY)
    assert found
    assert (found.day, found.total) == (date(2017, 6, 9), 14)


@pytest.mark.django_db
def test_growth_counts_who_was_affiliated_when_each_year_ended(make: Any, django_assert_num_queries: Any) -> None:
    make.affiliation(from_on=date(2023, 5, 1))
    make.affiliation(from_on=date(2023, 5, 1), until_on=date(2024, 12, 30))
    make.affiliation(from_on=date(2023, 5, 1), until_on=date(2024, 12, 31))
    make.affiliation(make.party(kind="city_body"), from_on=date(2025, 1, 1))
    make.affiliation(from_on=DAY)
    make.affiliation(from_on=date(2026, 12, 1))  # not yet
    with django_assert_num_queries(2):
        years = charts.counted(DAY)
    assert [(y.year, y.city, y.civil_society) for y in years] == [(2023, 0, 3), (2024, 0, 2), (2025, 1, 1), (2026, 1, 2)]


def test_columns_stand_on_the_floor_and_inside_the_picture() -> None:
    columns = charts.columns_of([charts.Year(2012 + n, n, 3 * n) for n in range(15)])
    assert all(round(column.civil_y + column.civil_height, 1) == charts.FLOOR for column in columns)
    assert min(column.city_y for column in columns) == charts.TOP
    assert columns[0].x >= 0
    assert columns[-1].x + columns[-1].width <= charts.WIDTH
    assert columns[-1].is_labelled


@pytest.mark.django_db
def test_the_matrix_has_a_mark_where_a_commitment_rests_on_a_principle(make: Any) -> None:
    dialogue, integrity = make.principle(), make.principle()
    ours, theirs = make.commitment(Owner.CITY), make.commitment(Owner.EACH)
    with make.unfrozen():
        ours.principles.set([dialogue])
        theirs.principles.set([dialogue])
    found = matrix.matrix(make.version())
    assert found
    assert [(line.principle, [cell.owner for cell in line.cells]) for line in found.lines] == [(dialogue, ["city", "both"]), (integrity, [])]
    assert found.most.principle == dialogue
    assert found.without == [integrity]
    assert len(found.columns) == 2


def test_the_year_goes_clockwise_from_the_top() -> None:
    assert dates.point(dates.angle(date(2026, 1, 1)), 100) == (200, 100)
    x, y = dates.point(dates.angle(date(2026, 7, 2)), 100)
    assert (round(x), round(y)) == (201, 300) or (round(x), round(y)) == (200, 300)
    assert dates.point(dates.angle(date(2026, 4, 1)), 100)[0] > 290


def test_marks_do_not_cover_each_other() -> None:
    days = [dates.Day(date(2026, 1, 2), "a"), dates.Day(date(2026, 2, 1), "b"), dates.Day(date(2026, 2, 1), "c"), dates.Day(date(2026, 12, 30), "d")]
    marks = dates.placed(days)
    assert [mark.number for mark in marks] == [1, 2, 3, 4]
    assert all(dist((one.x, one.y), (other.x, other.y)) >= 2 * dates.MARK - 2 for n, one in enumerate(marks) for other in marks[n + 1 :])


@pytest.mark.django_db
def test_the_ring_and_the_next_dates_have_meetings_and_rounds(make: Any) -> None:
    start = datetime(2026, 12, 3, 13, tzinfo=timezone.get_current_timezone())
    Meeting.objects.create(body=council(1, 1), starts_at=start, ends_at=start + timedelta(hours=2), place="Dalheimers hus")
    make.round(2026, opens_on=date(2026, 10, 1), due_on=date(2026, 12, 1), forum_on=date(2027, 2, 4))
    found = dates.year_ring(DAY)
    assert found
    assert [mark.day.on for mark in found.marks] == [date(2026, 10, 1), date(2026, 12, 1), date(2026, 12, 3)]
    assert [day.on for day in dates.coming(DAY)] == [date(2026, 12, 1), date(2026, 12, 3), date(2027, 2, 4)]
    assert dates.year_ring(date(2024, 1, 1)) is None


@pytest.mark.django_db
def test_an_empty_portal_has_a_start_page_all_the_same(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "Inget datum är bestämt än" in html
    assert "<svg class" not in html
    assert "Samverkan i fyra bilder" not in html


@pytest.mark.django_db
def test_each_picture_has_a_title_a_sentence_a_table_and_the_same_numbers(client: Client, make: Any) -> None:
    council(2, 3)
    with make.unfrozen():
        make.commitment().principles.set([make.principle()])
    make.affiliation(from_on=date(2024, 1, 1))
    make.round(2026, opens_on=date(timezone.localdate().year, 1, 2), due_on=date(timezone.localdate().year, 12, 31))
    html = client.get("/").content.decode()
    figures = html.split('<figure class="figure" aria-labelledby')[1:]  # the seat map has a figure of its own inside
    assert len(figures) == 4
    for figure in figures:
        assert "Bilden visar" in figure
        assert "<title id=" in figure
        assert "<desc id=" in figure
        assert "<table" in figure
    assert "Staden har 2 och civilsamhället 3." in figures[0]
    assert figures[0].count("<circle") == 3
