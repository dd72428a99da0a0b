"""How a day is written in an address: 2026-03-12."""

from datetime import date


class DayConverter:
    """A day in an address; what is no day leads nowhere."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day; raises ValueError, which Django takes as no match."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As it is written."""
        return value.isoformat()
