from datetime import date
from typing import Any


def of(day: date) -> dict[str, Any]:
    return {}
