"""The map: who has said yes is on it, and nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import District
from idekom.lib.dated import period
from tests.builders import EPOCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> District:
    """A part of the city with a place on the map."""
    made: District = District.objects.create(slug="norr", name="Norr", period=period(EPOCH), map_row=1, map_column=2)
    return made


def page(client: Client) -> str:
    """The map's page."""
    return client.get(reverse("affiliation:map")).content.decode()


def test_only_who_shows_its_address_is_on_the_map(client: Client, make: Any, north: District) -> None:
    make.affiliation(make.party("Syns", district=north, address="Öppna gatan 1", postal_code="411 03", city="Göteborg"))
    make.affiliation(make.party("Syns inte", district=north))
    make.party("Inte ansluten", district=north, address="Andra gatan 2")
    text = page(client)
    assert "Öppna gatan 1, 411 03 Göteborg" in text
    assert ("Syns inte" in text, "Andra gatan 2" in text) == (False, False)
    assert "1 ansluten här visar inte sin adress." in text
    assert '<text class="text-middle bold" x="233.0" y="103.0" font-size="30">1</text>' in text
    assert "Norr (1)" in text


def test_an_application_puts_its_address_on_the_map_only_when_it_says_so(client: Client, make: Any, north: District) -> None:
    make.approved(name="Med", district=north, address="Visade gatan 1", publishes_address=True)
    make.approved(name="Utan", district=north, address="Hemliga gatan 2", publishes_address=False, contact_email="annan@example.org")
    text = page(client)
    assert ("Visade gatan 1" in text, "Hemliga gatan 2" in text) == (True, False)


def test_without_places_there_is_no_map_and_no_error(client: Client, make: Any) -> None:
    District.objects.create(slug="nagonstans", name="Någonstans", period=period(EPOCH))
    make.affiliation()
    assert "Det finns ingen karta än" in page(client)


def test_queries_do_not_grow(client: Client, make: Any, north: District) -> None:
    counts, made = [], 0
    for wanted in (1, 3, 300):
        for _number in range(made, wanted):
            make.affiliation(make.party(district=north, address="Gatan 1"))
        made = wanted
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
