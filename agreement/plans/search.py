"""What a reader asks of the activities.

The address says it all: ?atagande=, ?part= and ?plan= slugs, ?vems= city, civil_society or both (the side whose plan it is), ?lage=
published, done or cancelled, ?tyst=ja those that nobody has told anything of for long; each as often as wished. What is not known is
left out.
"""

from dataclasses import dataclass, field
from typing import Self

from django.http import QueryDict

FILTERS = ("atagande", "part", "vems", "plan", "lage", "tyst")
MOST = 50


@dataclass
class Search:
    """The chosen values of each filter."""

    chosen: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FILTERS})

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """What the address asks for."""
        return cls({name: list(dict.fromkeys(query.getlist(name)))[:MOST] for name in FILTERS})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything makes the list shorter."""
        return any(self.chosen.values())

    def query_string(self, without: tuple[str, str] | None = None) -> str:
        """The address's query for this search, without one of its choices."""
        query = QueryDict(mutable=True)
        for name, values in self.chosen.items():
            for value in values:
                if (name, value) != without:
                    query.appendlist(name, value)
        return query.urlencode()
