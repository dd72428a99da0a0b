"""The council as it was founded."""

import pytest

from agreement import founding as agreement_founding
from council import founding
from council.models import Body


@pytest.fixture
def idekom(db: None) -> Body:
    """The council, with the 14 seats of 2010."""
    agreement_founding.load()
    founding.load()
    return Body.objects.get(slug="idekom")
