"""The filters of the register: their choices on a day, and how many parties each choice would show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from affiliation.models import Affiliation
from affiliation.register.search import FILTERS
from agreement.models import District, Membership, Party, Sector
from idekom.lib.facets import Facet, Option

Key = str | int | None
Values = tuple[Key, Key, Key, frozenset[int]]
"""A party's value in each of FILTERS: the keys of its sector, its kind and its district, and those of its umbrellas."""
Groups = list[tuple[Values, int]]
"""How many parties there are of each combination of values."""


@dataclass(frozen=True)
class Choice:
    """A value that a filter may have: in the address, in the database, and in the reader's language."""

    value: str
    key: Key
    label: str


@dataclass(frozen=True)
class Choices:
    """The choices of each filter on a day."""

    of: dict[str, list[Choice]]

    @classmethod
    def on(cls, day: date) -> "Choices":
        """Three queries, however many parties there are."""
        umbrellas = Affiliation.objects.in_force(day).filter(party__kind=Party.Kind.UMBRELLA).select_related(None)
        named = umbrellas.values_list("party__slug", "party_id", "party__name")
        return cls(
            {
                "sektor": [Choice(sector.slug, sector.pk, str(sector)) for sector in Sector.objects.all()],
                "form": [Choice(kind.value, kind.value, str(kind.label)) for kind in Party.Kind],
                "stadsdel": [Choice(district.slug, district.pk, str(district)) for district in District.objects.all()],
                "paraply": [Choice(*found) for found in named],
            }
        )

    def keys(self, name: str, values: list[str]) -> set[Key]:
        """The keys of the chosen values."""
        return {choice.key for choice in self.of[name] if choice.value in values}

    def label(self, name: str, key: Key) -> str:
        """What a key is called, "" when it is none of the choices."""
        return next((choice.label for choice in self.of[name] if choice.key == key), "")


def memberships(day: date) -> "QuerySet[Membership]":
    """The memberships that the register shows: standing on `day`, in an umbrella that is affiliated itself."""
    return Membership.objects.standing(day).filter(umbrella__in=Affiliation.objects.on(day).values("party"))


def groups(found: "QuerySet[Affiliation]", day: date, *, with_umbrellas: bool) -> Groups:
    """Count the affiliations by what the filters ask for; at most two queries, however many there are."""
    columns = ("party__sector", "party__kind", "party__district")
    counts: Counter[Values] = Counter()
    for *plain, number in found.order_by().values_list(*columns).annotate(number=Count("pk")):
        counts[*plain, frozenset()] += number
    if not counts or not with_umbrellas:
        return list(counts.items())
    umbrellas: dict[int, set[int]] = {}
    values: dict[int, tuple[Any, Any, Any]] = {}
    named = memberships(day).filter(member__in=found.order_by().values("party")).order_by()
    for umbrella, member, *keys in named.values_list("umbrella", "member", "member__sector", "member__kind", "member__district"):
        umbrellas.setdefault(member, set()).add(umbrella)
        values[member] = (keys[0], keys[1], keys[2])
    for member, its in umbrellas.items():
        counts[*values[member], frozenset()] -= 1
        counts[*values[member], frozenset(its)] += 1
    return [(combination, number) for combination, number in counts.items() if number]


def facets(choices: Choices, groups: Groups, chosen: Mapping[str, list[str]]) -> tuple[list[Facet], int]:
    """The filters, with the number that each choice would show beside the other filters; and how many pass them all."""
    headings = (_("Sektor"), _("Slag av part"), _("Stadsområde"), _("Medlem i paraply"))
    wanted = [(place, choices.keys(name, chosen[name])) for place, name in enumerate(FILTERS) if chosen[name]]
    counts: list[Counter[Key]] = [Counter() for _name in FILTERS]
    total = 0
    for values, number in groups:
        misses = [place for place, keys in wanted if keys.isdisjoint(_keys(values[place]))]
        total += 0 if misses else number
        for place in range(len(FILTERS)) if not misses else misses if len(misses) == 1 else ():
            for key in _keys(values[place]):
                counts[place][key] += number
    found = []
    for name, label, counted in zip(FILTERS, headings, counts, strict=True):
        options = [Option(choice.value, choice.label, counted[choice.key], choice.value in chosen[name]) for choice in choices.of[name]]
        found.append(Facet(name, label, [option for option in options if option.count or option.is_chosen]))
    return found, total


def _keys(value: "Key | frozenset[int]") -> "tuple[Key] | frozenset[int]":
    return value if isinstance(value, frozenset) else (value,)
