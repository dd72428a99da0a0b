"""The four pictures of the start page: plain numbers for the templates in templates/pictures/ to draw, each with its table."""

from datetime import date
from typing import Any

from affiliation import charts
from agreement.models import Version
from idekom.pictures import dates, matrix, seats


def of(day: date) -> dict[str, Any]:
    """What the start page shows on `day`. A picture without anything to show is None."""
    version = Version.objects.in_force(day)
    return {
        "version": version,
        "coming": dates.coming(day)[:3],
        "seat_map": seats.seat_map(day),
        "growth": charts.growth(day),
        "matrix": matrix.matrix(version) if version else None,
        "year_ring": dates.year_ring(day),
    }
