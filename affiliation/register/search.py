"""What a reader asks of the register.

The address says it all: ?q= words, ?sektor=, ?stadsdel= and ?paraply= slugs, ?form= kinds of party (organisation, umbrella, city_body),
each as often as wished, and ?datum= the day. What cannot be understood is left out, and told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date
from rapidfuzz import fuzz, process

from idekom.lib.text import cleaned, search_key

LONGEST_QUERY = 200
FILTERS = ("sektor", "form", "stadsdel", "paraply")
SHORTEST_SLIP = 4
"""A word of fewer letters is taken as it is: too many words are near it."""
CLOSE = 75
"""How alike two words must be, from 0 to 100, for one to be a slip of the finger for the other."""


@dataclass
class Search:
    """Words, choices and a day."""

    day: date
    q: str = ""
    chosen: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FILTERS})
    bad_day: str = ""
    is_dated: bool = False

    @classmethod
    def read(cls, query: QueryDict, today: date) -> "Search":
        """What the address asks for; `today` when it names no day that exists."""
        typed = cleaned(query.get("datum", ""))[:LONGEST_QUERY].strip()
        day = _day(typed)
        chosen = {name: list(dict.fromkeys(query.getlist(name)))[:50] for name in FILTERS}
        return cls(day or today, cleaned(query.get("q", ""))[:LONGEST_QUERY].strip(), chosen, "" if day else typed, day is not None)

    @property
    def words(self) -> tuple[str, ...]:
        """The words to find, in lower case and without accents."""
        return tuple(dict.fromkeys(search_key(self.q).split()))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the day makes the list shorter."""
        return bool(self.words) or any(self.chosen.values())

    def query_string(self, without: tuple[str, str] | None = None, *, dated: bool = False) -> str:
        """The address's query for this search, without one of its choices; `dated`: with the day, also when it is today."""
        query = QueryDict(mutable=True)
        pairs = [("q", self.q), *((name, value) for name, values in self.chosen.items() for value in values)]
        for name, value in [*pairs, ("datum", self.day.isoformat() if self.is_dated or dated else "")]:
            if value and (name, value) != without:
                query.appendlist(name, value)
        return query.urlencode()


def mended(words: Iterable[str], known: dict[str, str]) -> tuple[str, ...]:
    """The words with each unknown one changed to the closest known one; empty when nothing is close.

    `known`: the words of the register, {plain: as it is written}.
    """
    found = tuple(_closest(word, known) for word in words)
    return found if all(found) else ()


def _closest(word: str, known: dict[str, str]) -> str:
    if any(word in other for other in known):
        return word
    match = process.extractOne(word, known.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE) if len(word) >= SHORTEST_SLIP else None
    return known[match[0]] if match else ""


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:  # well formed, and in no calendar
        return None
