"""What a council is, told in plain Python: on which day which seat is held by whom. Slow and simple, to hold the database against."""

from dataclasses import dataclass, field

Key = tuple[int, str]
"""A seat's number and a role."""


class Refused(Exception):
    """The step is not possible."""


@dataclass
class Held:
    """One mandate: who, and on which days (all of them)."""

    person: str
    days: set[int]


@dataclass
class Oracle:
    """Seats exist on the days from 0 to `last`; each (seat, role) has mandates that share no day."""

    last: int
    seats: dict[int, set[int]]
    mandates: dict[Key, list[Held]] = field(default_factory=dict)
    is_closed: bool = False

    def on(self, day: int) -> dict[Key, str]:
        """Who holds what on the day."""
        return {key: held.person for key, rows in self.mandates.items() for held in rows if day in held.days}

    def sitting(self, key: Key, day: int) -> Held:
        """The mandate that holds on the day."""
        for held in self.mandates.get(key, []):
            if day in held.days:
                return held
        raise Refused

    def appoint(self, key: Key, person: str, first: int, last: int) -> None:
        """Somebody is seated from one day to another, when nobody is there and the seat is."""
        days = set(range(first, last + 1))
        rows = self.mandates.setdefault(key, [])
        if not days or not days <= self.seats[key[0]] or any(days & held.days for held in rows):
            raise Refused
        rows.append(Held(person, days))

    def _leave(self, key: Key, day: int) -> set[int]:
        """Whoever sits there goes before the day; returns the days that were left to them."""
        held = self.sitting(key, day)
        if min(held.days) >= day:
            raise Refused
        rest = {one for one in held.days if one >= day}
        held.days -= rest
        return rest

    def pass_on(self, key: Key, person: str, day: int) -> None:
        """The seat passes to somebody else for what is left; on an empty seat until the next one comes."""
        try:
            held = self.sitting(key, day)
        except Refused:
            later = [min(other.days) for other in self.mandates.get(key, []) if min(other.days) > day]
            self.appoint(key, person, day, min(later) - 1 if later else max(self.seats[key[0]], default=-1))
            return
        if held.person == person:
            raise Refused
        rest = self._leave(key, day)
        self.mandates[key].append(Held(person, rest))

    def vacate(self, key: Key, day: int) -> None:
        """Nobody sits there from the day until the next one comes."""
        self._leave(key, day)

    def split(self, key: Key, day: int) -> None:
        """The same person goes on by a mandate of its own."""
        person = self.sitting(key, day).person
        rest = self._leave(key, day)
        self.mandates[key].append(Held(person, rest))

    def move(self, key: Key, to: Key, day: int) -> None:
        """The holder takes another seat instead, for what is left."""
        held = self.sitting(key, day)
        rest = {one for one in held.days if one >= day}
        free = self.seats[to[0]] - {one for other in self.mandates.get(to, []) for one in other.days}
        if min(held.days) >= day or not rest <= (free | (rest if to == key else set())):
            raise Refused
        held.days -= rest
        self.mandates.setdefault(to, []).append(Held(held.person, rest))

    def correct(self, key: Key, day: int, first: int, last: int) -> None:
        """Whoever sits there on the day has other days."""
        held = self.sitting(key, day)
        days = set(range(first, last + 1))
        others = {one for other in self.mandates[key] if other is not held for one in other.days}
        if not days or not days <= self.seats[key[0]] or days & others:
            raise Refused
        held.days = days

    def void(self, key: Key, day: int) -> None:
        """Whoever sits there on the day never did."""
        wrong = self.sitting(key, day)
        self.mandates[key].remove(wrong)

    def close(self, day: int) -> None:
        """The day is the last of all seats."""
        if self.is_closed:
            raise Refused
        self.is_closed = True
        for days in self.seats.values():
            days &= set(range(day + 1))
        for rows in self.mandates.values():
            for held in rows:
                held.days &= set(range(day + 1))
            rows[:] = [held for held in rows if held.days]
