"""The register in pictures: how many parties were affiliated at the end of each year, and the share of each sector and district."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from affiliation.models import Affiliation
from affiliation.register import Register
from affiliation.register.filters import Key
from agreement.models import Party, Side
from idekom.lib.charts import Chart, Row, Series, bar_chart, percent
from idekom.lib.dated import today

WIDTH, HEIGHT = 400, 250
TOP, FLOOR = 26, 222
SIDES = 8
"""Kept free at both ends, so that the first and last year can be read."""
LABEL_EVERY = 5


@dataclass(frozen=True)
class Year:
    """How many were affiliated when the year ended; this year, how many are today."""

    year: int
    city: int
    civil_society: int

    @property
    def total(self) -> int:
        """Both sides."""
        return self.city + self.civil_society


@dataclass(frozen=True)
class Column:
    """A year's column: civil society from the floor, the City on top of it."""

    year: Year
    x: float
    width: float
    civil_y: float
    civil_height: float
    city_y: float
    city_height: float
    is_labelled: bool

    @property
    def middle(self) -> float:
        """Where its labels are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        """The foot of its number."""
        return round(self.city_y - 7, 1)


@dataclass(frozen=True)
class Growth:
    """The columns and their table."""

    day: date
    columns: list[Column]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR

    @property
    def is_today(self) -> bool:
        """Whether it shows how things are now."""
        return self.day == today()

    @property
    def years(self) -> list[Year]:
        """The table's rows, the newest first."""
        return [column.year for column in reversed(self.columns)]

    @property
    def first(self) -> Year:
        """The first year with somebody affiliated."""
        return self.columns[0].year

    @property
    def last(self) -> Year:
        """This year."""
        return self.columns[-1].year


def columns_of(years: list[Year]) -> list[Column]:
    """Place one column per year; the highest fills the height."""
    unit = (FLOOR - TOP) / max([1, *[year.total for year in years]])
    step = (WIDTH - 2 * SIDES) / len(years)
    width = round(min(step * 0.7, 60), 1)
    columns = []
    for place, year in enumerate(years):
        civil, city = round(year.civil_society * unit, 1), round(year.city * unit, 1)
        is_labelled = place == len(years) - 1 or (place % LABEL_EVERY == 0 and place < len(years) - 2)
        x = round(SIDES + place * step + (step - width) / 2, 1)
        columns.append(Column(year, x, width, round(FLOOR - civil, 1), civil, round(FLOOR - civil - city, 1), city, is_labelled))
    return columns


def growth(day: date) -> Growth | None:
    """The register from its first year to `day`; None when nobody has been affiliated."""
    years = counted(day)
    return Growth(day, columns_of(years)) if years else None


def counted(day: date) -> list[Year]:
    """How many were affiliated at the end of each year, and on `day` in its year. Two queries, however long the register is."""
    joined = _per_year("period__startswith", Q(period__startswith__lte=day))
    left = _per_year("period__endswith", Q(period__endswith__lte=day))
    if not joined:
        return []
    counts = {True: 0, False: 0}
    years = []
    for year in range(min(key[0] for key in joined), day.year + 1):
        for is_city in counts:
            counts[is_city] += joined[year, is_city] - left[year, is_city]
        years.append(Year(year, counts[True], counts[False]))
    return years


def _per_year(moment: str, condition: Q) -> Counter[tuple[int, bool]]:
    """{(year, whether a City body): how many} of the affiliations that the condition holds for."""
    rows = (
        Affiliation.objects.filter(condition).order_by().annotate(year=ExtractYear(moment)).values_list("year", "party__kind").annotate(n=Count("pk"))
    )
    found: Counter[tuple[int, bool]] = Counter()
    for year, kind, n in rows:
        found[year, kind == Party.Kind.CITY_BODY] += n
    return found


def by_sector(register: Register) -> Chart | None:
    """How civil society's parties are spread over its sectors; None when there are none."""
    title, series = _("Civilsamhällets parter, efter sektor"), Series(Side.CIVIL_SOCIETY, str(Side.CIVIL_SOCIETY.label))
    counts = {key: number for (key, side), number in register.by_side("sektor").items() if side == Side.CIVIL_SOCIETY}
    return _spread(register, "sektor", counts, _("Ingen sektor angiven"), key="sektorer", title=title, series=[series])


def by_district(register: Register) -> Chart | None:
    """How the parties of both sides are spread over the city."""
    counts: Counter[Key] = Counter()
    for (key, _side), number in register.by_side("stadsdel").items():
        counts[key] += number
    title, series = _("Alla parter, efter stadsområde"), Series("both", _("Parter"))
    return _spread(register, "stadsdel", counts, _("Inget stadsområde angivet"), key="stadsomraden", title=title, series=[series])


def _spread(register: Register, name: str, counts: Mapping[Key, int], nowhere: str, **chart: Any) -> Chart | None:
    """A bar for each choice of the filter that somebody has, the longest first, and those without any last."""
    labels = {choice.key: choice.label for choice in register.choices.of[name]} | {None: nowhere}
    found = sorted(((key, label, counts.get(key, 0)) for key, label in labels.items()), key=lambda line: (line[0] is None, -line[2]))
    whole = sum(counts.values())
    rows = [Row(label, (number,), share=percent(number, whole)) for _key, label, number in found if number]
    heading = next(facet.label for facet in register.facets if facet.name == name)
    return bar_chart(rows=rows, first_column=heading, **chart) if rows else None
