"""Searching agendas, adjusted minutes and papers: only what everybody may read is looked through, whoever asks.

Whole words are found in any form ("möten" finds "mötet"), and parts of words as they are written ("måltid" finds "skolmåltider").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from council.models import AgendaItem, Assignment, Paper
from council.models.agenda import anchor
from council.models.papertexts import IN_NAME, PaperText
from council.models.words import IN_AGENDA, IN_MINUTES, SWEDISH, Words
from idekom.lib.text import SEARCHED, cleaned, in_threes, search_key, threes

LONGEST_QUERY = 200
START, STOP = "\ue000", "\ue001"
"""Around a hit as the database marks it: private characters, that no text has."""
MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
AROUND = 90
DOING = Words(("what",))
Parts = list[tuple[str, bool]]
"""A piece of text in parts: each with whether it is what was searched for."""


@dataclass
class Hit:
    """An item that was found, with the words around what was searched for."""

    item: Any
    number: str
    snippet: Parts
    papers: list[tuple[Paper, Parts]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"{self.item.meeting.get_absolute_url()}#{anchor(self.number)}"


@dataclass(frozen=True)
class Search:
    """What somebody searches for."""

    q: str

    @classmethod
    def read(cls, typed: str) -> "Search":
        """What is typed, cleaned; what is too long is cut."""
        return cls(cleaned(typed)[:LONGEST_QUERY].strip())

    @property
    def words(self) -> list[str]:
        """The words in lower case and without accents."""
        return search_key(self.q).split()

    @property
    def query(self) -> SearchQuery:
        """As the database's full-text search asks for it."""
        return SearchQuery(self.q, config=SWEDISH, search_type="websearch")

    def items(self) -> "QuerySet[AgendaItem]":
        """The public items in which it is found, those of the latest meetings first."""
        if not self.words:
            return AgendaItem.objects.none()
        papers = Paper.objects.public()
        texts = self._in_texts(PaperText.objects.filter(paper__in=papers.order_by().values("pk")))
        found = set[int]()
        for rows in (
            self._in(AgendaItem.objects.shown(), IN_AGENDA, F("agenda_letters")).values_list("pk", flat=True),
            self._in(AgendaItem.objects.told(), IN_MINUTES, F("outcome_letters")).values_list("pk", flat=True),
            self._in(papers, IN_NAME).values_list("item", flat=True),
            self._in(Assignment.objects.public(), DOING).values_list("item", flat=True),
            texts.values_list("paper__item", flat=True),
        ):
            found |= set(rows.order_by())
        shown = AgendaItem.objects.shown().filter(pk__in=found).select_related("meeting__body")
        return shown.order_by("-meeting__starts_at", "meeting", "position")

    def hits(self, items: Sequence[AgendaItem]) -> list[Hit]:
        """The items of a page, each with its number, the words around the hit, and its papers in which it is found."""
        pks = [item.pk for item in items]
        snippets = self._snippets(AgendaItem.objects.filter(pk__in=pks))
        numbers = AgendaItem.objects.filter(meeting__in={item.meeting_id for item in items}).numbers()
        papers: dict[int, list[tuple[Paper, Parts]]] = {}
        for paper, parts in self._papers(pks):
            papers.setdefault(paper.item_id, []).append((paper, parts))
        return [Hit(item, numbers[item.pk], snippets.get(item.pk, []), papers.get(item.pk, [])) for item in items]

    def _in(self, rows: "QuerySet[Any]", words: Words, plain: Any = None) -> "QuerySet[Any]":
        """The rows whose fields have the words, or parts of them; `plain`: the column of their letters, where there is one."""
        whole = rows.alias(vector=words.vector).filter(vector=self.query)
        return rows.filter(pk__in=whole.order_by().values("pk").union(self._lettered(rows, plain or words.plain).order_by().values("pk")))

    def _in_texts(self, rows: "QuerySet[PaperText]") -> "QuerySet[PaperText]":
        whole = rows.filter(vector=self.query)
        return rows.filter(pk__in=whole.values("pk").union(self._lettered(rows, F("plain")).values("pk")))

    def _lettered(self, rows: "QuerySet[Any]", plain: Any) -> "QuerySet[Any]":
        """The rows in whose letters each of the words stands somewhere."""
        found = rows.alias(letters=in_threes(plain), plain_letters=plain)
        for word in self.words:
            if threes(word):
                found = found.filter(letters__contains=threes(word))
            found = found.filter(plain_letters__contains=word)
        return found  # type: ignore[no-any-return]

    def _snippets(self, items: "QuerySet[AgendaItem]") -> dict[int, Parts]:
        """{item: the words around the hit}, out of what is public of it."""
        told = AgendaItem.objects.told().order_by().values("pk")
        after = Concat(*[part for name in IN_MINUTES.fields for part in (F(name), Value(" "))], output_field=TextField())
        outcome = Case(When(pk__in=told, then=after), default=Value(""), output_field=TextField())
        rows = items.annotate(whole=Concat("description", Value(" "), outcome, output_field=TextField()))
        marked = rows.annotate(marked=self._headline("whole")).values_list("pk", "whole", "marked")
        return {pk: self._parts(whole, found) for pk, whole, found in marked.order_by()}

    def _papers(self, pks: list[int]) -> list[tuple[Paper, Parts]]:
        """The public papers of the items in which it is found, by name or in the text."""
        papers = Paper.objects.public().filter(item__in=pks)
        texts = self._in_texts(PaperText.objects.filter(paper__in=papers.order_by().values("pk")))
        inside = {
            pk: self._parts(text, marked) for pk, text, marked in texts.annotate(marked=self._headline("text")).values_list("paper", "text", "marked")
        }
        named = set(self._in(papers, IN_NAME).values_list("pk", flat=True))
        return [(paper, inside.get(paper.pk, [])) for paper in papers if paper.pk in named or paper.pk in inside]

    def _headline(self, text: str) -> SearchHeadline:
        return SearchHeadline(
            text, self.query, config=SWEDISH, start_sel=START, stop_sel=STOP, max_words=30, min_words=12, max_fragments=2, fragment_delimiter=" … "
        )

    def _parts(self, whole: str, marked: str) -> Parts:
        """The text around the hits. What the database found no whole word in is looked through by letters."""
        if START in marked and START not in whole:
            split = MARKED.split(marked)
            return [(text.replace(START, "").replace(STOP, ""), place % 2 == 1) for place, text in enumerate(split) if text]
        lowered = "".join(c if len(c) == 1 else "?" for c in (letter.lower() for letter in whole)).translate(str.maketrans(*SEARCHED))
        places = [(lowered.find(word), word) for word in self.words if word in lowered]
        if not places:
            return []
        at, word = min(places)
        first, end = max(0, at - AROUND), at + len(word)
        before = ("… " if first else "") + whole[first:at]
        after = whole[end : end + AROUND] + (" …" if end + AROUND < len(whole) else "")
        return [(before, False), (whole[at:end], True), (after, False)]
