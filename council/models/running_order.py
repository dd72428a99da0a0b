"""When each item of an agenda is taken up, and whether the meeting is long enough for all of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from council.models.agenda import AgendaItem, Numbered
from council.models.meetings import Meeting


@dataclass(frozen=True)
class Slot:
    """An item with its number and its time on the clock; one that nobody has given minutes has no end."""

    number: str
    item: AgendaItem
    starts_at: datetime
    ends_at: datetime | None
    parts: "list[Slot]"


@dataclass(frozen=True)
class RunningOrder:
    """The whole agenda with its times."""

    slots: list[Slot]
    minutes: int
    length: int

    @classmethod
    def of(cls, meeting: Meeting, numbered: list[Numbered] | None = None) -> "RunningOrder":
        """The agenda of a meeting, from when it starts."""
        items = meeting.items.numbered() if numbered is None else numbered
        slots = _timed(items, meeting.starts_at)
        length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        return cls(slots, sum(_minutes(one) for one in items), length)

    @property
    def over(self) -> int:
        """How many minutes too long it is; 0 when the meeting has room for it."""
        return max(0, self.minutes - self.length)


def _minutes(numbered: Numbered) -> int:
    """How long an item takes: as long as it says, or as its parts together."""
    own = numbered.item.minutes
    return sum(_minutes(part) for part in numbered.parts) if own is None else own


def _timed(items: list[Numbered], start: datetime) -> list[Slot]:
    slots = []
    for one in items:
        took = timedelta(minutes=_minutes(one))
        slots.append(Slot(one.number, one.item, start, start + took if took else None, _timed(one.parts, start)))
        start += took
    return slots
