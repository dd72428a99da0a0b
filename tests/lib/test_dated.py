"""Periods: half-open in the database, with a last day for people."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agreement.models import Sector
from idekom.lib.dated import PeriodField, period

pytestmark = pytest.mark.django_db


def test_on_holds_from_the_first_to_the_last_day(make: Any) -> None:
    sector = make.sector(period=period(date(2010, 3, 5), date(2017, 6, 9)))
    days = [date(2010, 3, 4), date(2010, 3, 5), date(2017, 6, 9), date(2017, 6, 10)]
    assert [Sector.objects.on(day).exists() for day in days] == [False, True, True, False]
    assert [sector.holds_on(day) for day in days] == [False, True, True, False]
    sector.refresh_from_db()
    assert (sector.from_on, sector.until_on) == (date(2010, 3, 5), date(2017, 6, 9))


def test_a_period_without_end_goes_on(make: Any) -> None:
    sector = make.sector()
    assert sector.until_on is None
    assert Sector.objects.on(date(2999, 1, 1)).get() == sector


def test_an_empty_period_is_refused_by_the_database(make: Any) -> None:
    with pytest.raises(IntegrityError, match="agreement_sector_period_has_a_start_and_a_day"), transaction.atomic():
        make.sector(period=period(date(2012, 1, 1), date(2011, 12, 31)))


@pytest.mark.parametrize(
    ("start", "end", "message"), [("2012-01-01", "2011-01-01", "Sista dagen är före den första"), ("", "x", "giltigt"), ("2012-13-01", "", "giltigt")]
)
def test_a_wrong_period_in_a_form_is_told_and_never_a_crash(start: str, end: str, message: str) -> None:
    field = PeriodField().formfield()
    assert field is not None
    with pytest.raises(Exception, match=message):
        field.clean([start, end])
