"""The council as it was founded, and one that stands today."""

from datetime import date

import pytest

from agreement import founding as agreement_founding
from council import founding
from council.models import Body, SeatGroup
from idekom.lib.dated import period
from tests import builders


@pytest.fixture
def idekom(db: None) -> Body:
    """Idékom, from the 14 seats of 2010 to its last day in 2017."""
    agreement_founding.load()
    founding.load()
    return Body.objects.get(slug="idekom")


@pytest.fixture
def standing(idekom: Body) -> Body:
    """Another council, which stands today: 2 seats for the elected, 8 for civil society and 4 for officials, since 2019."""
    since = period(date(2019, 1, 1))
    body = builders.body(slug="provradet", name="Provrådet", period=since, description="Provrådet provar.")
    number = 0
    for order, (name, side, seats) in enumerate([("Valda", "city", 2), ("Föreningar", "civil_society", 8), ("Tjänstepersoner", "city", 4)], start=1):
        group = SeatGroup.objects.create(body=body, number=order, name=name, side=side)
        for _seat in range(seats):
            number += 1
            builders.seat(body, group=group, number=number, has_substitute=side == "civil_society", period=since)
    return body
