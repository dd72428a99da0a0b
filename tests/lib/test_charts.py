"""Bars and where they stand."""

from itertools import pairwise

from idekom.lib.charts import LABELS, NUMBERS, WIDTH, Row, Series, bar_chart, percent

CITY, SOCIETY = Series("city", "Staden"), Series("civil_society", "Civilsamhället")


def test_the_longest_bar_fills_the_width_and_the_others_follow() -> None:
    chart = bar_chart(key="x", title="X", series=[CITY], rows=[Row("a", (4,)), Row("b", (1,)), Row("c", (0,))])
    assert [group.bars[0].width for group in chart.groups] == [WIDTH - LABELS - NUMBERS, round((WIDTH - LABELS - NUMBERS) / 4, 2), 0]
    assert not chart.has_several_series
    assert chart.rule is None


def test_bars_do_not_overlap_and_stay_inside() -> None:
    rows = [Row("a", (4, 2)), Row("b", (1, 3)), Row("c", (5, 5), apart=True)]
    chart = bar_chart(key="x", title="X", series=[CITY, SOCIETY], rows=rows)
    places = [(bar.y, bar.y + bar.height) for group in chart.groups for bar in group.bars]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert places[-1][1] <= chart.height
    assert chart.groups[1].bars[-1].y < (chart.rule or 0) < chart.groups[2].y
    assert chart.rows[2].total == 10


def test_nothing_to_show_is_drawn_as_nothing() -> None:
    chart = bar_chart(key="x", title="X", series=[CITY], rows=[Row("a", (0,))])
    assert chart.groups[0].bars[0].width == 0
    assert chart.groups[0].bars[0].stripes == []


def test_percent_is_whole_and_of_nothing_a_dash() -> None:
    assert [percent(1, 3), percent(2, 3), percent(0, 5), percent(0, 0)] == ["33 %", "67 %", "0 %", "–"]
