"""What full-text search looks through, said once for the index and for the question."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchVector
from django.db.models import Func

from idekom.lib.text import searchable

SWEDISH = "swedish"
"""PostgreSQL's own name of the language: "möten" finds "mötet"."""


@dataclass(frozen=True)
class Words:
    """Fields that are searched together."""

    fields: tuple[str, ...]

    @property
    def vector(self) -> SearchVector:
        """Their words, without endings."""
        return SearchVector(*self.fields, config=SWEDISH)

    @property
    def plain(self) -> Func:
        """Their letters, in lower case and without accents."""
        return searchable(*self.fields)


IN_AGENDA = Words(("title", "description"))
IN_MINUTES = Words(("outcome_words", "discussion", "working_group"))
