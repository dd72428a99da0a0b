"""The answer to a search: its numbers, its filters, and one page of its rows."""

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Collate, Lower, Mod, RowNumber
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language

from affiliation.models import Affiliation
from affiliation.models.counting import Counted
from affiliation.register.filters import Choices, Groups, Key, facets, groups, memberships
from affiliation.register.search import FILTERS, Search, mended
from agreement.models import Membership, Party, Side
from idekom.lib.facets import Facet
from idekom.lib.kept import Kept
from idekom.lib.text import in_threes, search_key, threes

PER_PAGE = 50
ROW = ("party__name", "party__slug", "party__kind", "party__sector", "party__district", "period", "unconfirmed_since")
_kept: Kept[Any] = Kept(64, times=60)
_changes: Kept[tuple[int, ...]] = Kept(1)


class Register:
    """The affiliated parties that a search finds. The number of queries is the same however many there are.

    What is the same for all readers of a list without words – the filters' choices and counts, and where its pages begin – may be kept in
    this process's memory until something in the register changes, which is looked for once a second (settings.PUBLIC_PAGE_SECONDS), and
    for a minute at most: so long it may take until a change is counted whose transaction ended after that of a later one.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.choices: Choices = self._keep("choices", lambda: Choices.on(search.day), get_language())
        for name, values in search.chosen.items():
            known = {choice.value for choice in self.choices.of[name]}
            search.chosen[name] = [value for value in values if value in known]
        self.words = search.words
        self.mended = ""
        if self.words and not self._groups:
            self._mend()

    @cached_property
    def _groups(self) -> Groups:
        def count() -> Groups:
            return groups(self._searched(), self.search.day, with_umbrellas=bool(self.choices.of["paraply"]))

        return count() if self.words else self._keep("groups", count)

    @cached_property
    def _facets(self) -> tuple[list[Facet], int]:
        def count() -> tuple[list[Facet], int]:
            return facets(self.choices, self._groups, self.search.chosen)

        return count() if self.search.is_narrowed else self._keep("facets", count, get_language())

    @property
    def facets(self) -> list[Facet]:
        """The filters."""
        return self._facets[0]

    @property
    def total(self) -> int:
        """How many parties the search finds."""
        return self._facets[1]

    def by_side(self, name: str) -> Counter[tuple[Key, Side]]:
        """How many of what is found, whatever is chosen, have each sector (or each "stadsdel"), on each side."""
        counts: Counter[tuple[Key, Side]] = Counter()
        for (sector, kind, district, _umbrellas), number in self._groups:
            side = Side.CITY if kind == Party.Kind.CITY_BODY else Side.CIVIL_SOCIETY
            counts[sector if name == "sektor" else district, side] += number
        return counts

    @cached_property
    def counted(self) -> Counted:
        """The whole register on that day in numbers, whatever is searched for."""
        found: Counted = self._keep("counted", lambda: Counted.on(self.search.day))
        return found

    def page(self, number: int) -> list[dict[str, object]]:
        """The rows of page `number` (from 1), as the list shows them."""
        return [self._row(found) for found in self.page_rows(number)] if self.total else []

    def page_rows(self, number: int) -> "QuerySet[Affiliation, tuple[Any, ...]]":
        """The values of ROW on a page. It begins at the page's first name, so that the last page is as near as the first one."""
        found = self.found()
        if number > 1:
            starts = self._starts
            name, party = starts[min(number, len(starts)) - 1] if starts else ("", 0)
            found = found.filter(Q(party__sort_name__gt=name) | Q(party__gte=party), party__sort_name__gte=name)
        return found.values_list(*ROW)[:PER_PAGE]

    def found(self) -> "QuerySet[Affiliation]":
        """What the search finds, in Swedish order."""
        found = self._searched()
        wanted = {name: self.choices.keys(name, self.search.chosen[name]) for name in FILTERS if self.search.chosen[name]}
        for name, lookup in (("sektor", "party__sector__in"), ("form", "party__kind__in"), ("stadsdel", "party__district__in")):
            if name in wanted:
                found = found.filter(**{lookup: wanted[name]})
        if "paraply" in wanted:
            members = memberships(self.search.day).order_by().filter(umbrella__slug__in=self.search.chosen["paraply"])
            found = found.filter(party__in=members.values("member"))
        return found.order_by("party__sort_name", "party_id")

    def chosen(self) -> list[tuple[str, str]]:
        """(label, query without it) of everything that narrows the list."""
        search, removable = self.search, []
        if search.q:
            removable.append((f"”{search.q}”", search.query_string(without=("q", search.q))))
        for facet in self.facets:
            removable += [(option.label, search.query_string(without=(facet.name, option.value))) for option in facet.options if option.is_chosen]
        if search.is_dated:
            removable.append((date_format(search.day, "j F Y"), search.query_string(without=("datum", search.day.isoformat()))))
        return removable

    @cached_property
    def _labels(self) -> dict[str, dict[Any, str]]:
        return {name: {choice.key: capfirst(choice.label) for choice in choices} for name, choices in self.choices.of.items()}

    def _row(self, found: tuple[Any, ...]) -> dict[str, object]:
        name, slug, kind, sector, district, period, unconfirmed_since = found
        labels = self._labels
        return {
            "name": name,
            "slug": slug,
            "side": "city" if kind == Party.Kind.CITY_BODY else "civil_society",
            "kind": labels["form"][kind],
            "sector": labels["sektor"].get(sector, ""),
            "district": labels["stadsdel"].get(district, ""),
            "year": str(period.lower.year),
            "is_unconfirmed": unconfirmed_since is not None and unconfirmed_since <= self.search.day,
        }

    def _searched(self) -> "QuerySet[Affiliation]":
        found = Affiliation.objects.on(self.search.day)
        letters = sorted({three for word in self.words for three in threes(word)})
        if letters:  # the index knows letters in threes; shorter words are looked for without it
            found = found.alias(letters=in_threes("party__search_text")).filter(letters__contains=Value(letters, ArrayField(TextField())))
        for word in self.words:
            found = found.filter(party__search_text__contains=word)
        return found

    def _mend(self) -> None:
        """Nothing found: look for the closest words that there are instead."""
        known: dict[str, str] = self._keep("words", self._known_words)
        words = mended(self.words, known)
        if not words:
            return
        typed, self.words = self.words, tuple(search_key(word) for word in words)
        del self._groups
        if self._groups:
            self.mended = " ".join(words)
        else:
            self.words = typed

    def _known_words(self) -> dict[str, str]:
        """The words of the affiliated parties' names, {plain: as it is written}."""
        lower = Lower(Collate("party__name", "pg_c_utf8"))
        word = Func(lower, Value("[^[:alnum:]]+"), function="regexp_split_to_table", output_field=TextField())
        found = Affiliation.objects.on(self.search.day).order_by().annotate(word=word).values_list("word", flat=True).distinct()
        return {search_key(written): written for written in sorted(found) if written}

    @cached_property
    def _starts(self) -> list[tuple[str, int]]:
        """The first name and key of each page."""

        def find() -> list[tuple[str, int]]:
            place = Window(RowNumber(), order_by=[F("party__sort_name"), F("party_id")])
            first = self.found().order_by().annotate(place=place).alias(rest=Mod(F("place"), PER_PAGE)).filter(rest=1)
            return list(first.order_by("place").values_list("party__sort_name", "party_id"))

        return find() if self.words else self._keep("starts", find, *(tuple(values) for values in self.search.chosen.values()))

    def _keep(self, what: str, make: Any, *more: object) -> Any:
        return _kept.or_make((what, self.search.day, self._newest_change, *more), make) if _kept.is_on else make()

    @cached_property
    def _newest_change(self) -> tuple[int, ...]:
        return _changes.or_make("newest", newest_change)


def newest_change() -> tuple[int, ...]:
    """Another value as soon as a party, an affiliation or a membership has changed: the number of the newest row of each one's history."""
    histories: tuple[Any, ...] = (Party, Affiliation, Membership)
    newest = ", ".join(f'(SELECT max(pgh_id) FROM "{model.pgh_event_model._meta.db_table}")' for model in histories)  # noqa: S608 - our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        found: tuple[int, ...] = cursor.fetchone()
    return found


def of_day(search: Search) -> Register:
    """The whole register on the search's day."""
    return Register(replace(search, q="", chosen={name: [] for name in FILTERS}))
