"""The agreement as it is founded."""

import pytest

from agreement import founding
from agreement.models import Version


@pytest.fixture
def founded(db: None) -> Version:
    """The founding data, and the version in force."""
    founding.load()
    return Version.objects.get(status=Version.Status.IN_FORCE)
