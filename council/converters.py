"""Parts of addresses."""

from datetime import date


class DayConverter:
    """A day as in 2026-03-12; one that is in no calendar is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
