"""The public register: who is affiliated on a day, searched and filtered, as rows for the page, the CSV and the JSON file.

The address says it all: ?q= words, ?sektor= and ?stadsdel= slugs, ?form= kinds of party (organisation, umbrella, city_body), each as
often as wished, and ?datum= the day. What cannot be understood is left out, and told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from affiliation.models import Affiliation
from agreement.models import District, Party, Sector, Version
from agreement.models.parties import LegalForm
from idekom.lib.mail import absolute
from idekom.lib.text import cleaned, search_key

LONGEST_QUERY = 200


@dataclass(frozen=True)
class Option:
    """One choice of a filter, and how many parties it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, its heading, its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_used(self) -> bool:
        """Whether any of its choices is chosen."""
        return any(option.is_chosen for option in self.options)


@dataclass
class Search:
    """What a reader asks of the register."""

    day: date
    q: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    bad_day: str = ""
    is_dated: bool = False

    @classmethod
    def read(cls, query: QueryDict, today: date) -> "Search":
        """What the address asks for; `today` when it names no day that exists."""
        typed = cleaned(query.get("datum", ""))[:LONGEST_QUERY].strip()
        day = _day(typed)
        chosen = {name: list(dict.fromkeys(query.getlist(name)))[:50] for name in ("sektor", "form", "stadsdel")}
        return cls(day or today, cleaned(query.get("q", ""))[:LONGEST_QUERY].strip(), chosen, "" if day else typed, day is not None)

    def query_string(self, without: tuple[str, str] | None = None) -> str:
        """The address's query for this search, without one of its choices."""
        query = QueryDict(mutable=True)
        pairs = [("q", self.q), *((name, value) for name, values in self.chosen.items() for value in values)]
        for name, value in [*pairs, ("datum", self.day.isoformat() if self.is_dated else "")]:
            if value and (name, value) != without:
                query.appendlist(name, value)
        return query.urlencode()


class Register:
    """The answer to a search: rows, counts and filters, in four queries however many parties there are."""

    def __init__(self, search: Search) -> None:
        self.search = search
        sectors, districts = list(Sector.objects.all()), list(District.objects.all())
        self.sectors, self.districts = ({thing.pk: str(thing) for thing in things} for things in (sectors, districts))
        self.kinds = {kind.value: str(kind.label) for kind in Party.Kind}  # in the reader's language, once for all rows
        self._labels = {
            "sektor": {sector.slug: str(sector) for sector in sectors},
            "form": self.kinds,
            "stadsdel": {district.slug: str(district) for district in districts},
        }
        slugs = {"sektor": {sector.slug: sector.pk for sector in sectors}, "stadsdel": {district.slug: district.pk for district in districts}}
        self._keys = slugs | {"form": {str(kind): str(kind) for kind in Party.Kind.values}}
        search.chosen = {name: [value for value in values if value in self._keys[name]] for name, values in search.chosen.items()}

    @cached_property
    def _groups(self) -> list[tuple[dict[str, object], int]]:
        """How many parties there are of each combination of the filters' values."""
        found = self._searched().order_by().values_list("party__sector", "party__kind", "party__district").annotate(number=Count("pk"))
        return [({"sektor": sector, "form": kind, "stadsdel": district}, number) for sector, kind, district, number in found]

    @property
    def total(self) -> int:
        """How many parties the search finds."""
        return sum(number for values, number in self._groups if self._passes(values))

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters, with the number that each choice would show beside the other filters."""
        headings = {"sektor": _("Sektor"), "form": _("Slag av part"), "stadsdel": _("Stadsområde")}
        return [Facet(name, label, self._options(name, self._labels[name])) for name, label in headings.items()]

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

    def rows(self) -> "QuerySet[Affiliation, tuple[object, ...]]":
        """The values of ROW for each party, in Swedish order."""
        return self._filtered().values_list(*ROW)

    def row(self, found: tuple[object, ...]) -> dict[str, object]:
        """A found row as the list shows it."""
        name, slug, kind, sector, district, period = found
        return {
            "name": name,
            "slug": slug,
            "is_city": kind == Party.Kind.CITY_BODY,
            "kind": capfirst(self.kinds[str(kind)]),
            "sector": self.sectors.get(sector, ""),
            "district": self.districts.get(district, ""),
            "year": period.lower.year,  # type: ignore[attr-defined]
        }

    def records(self) -> Iterator[dict[str, str]]:
        """The same rows for the files, with all that is public about each party."""
        versions = {version.pk: str(version) for version in Version.objects.all()}
        wide = ("party__legal_form", "party__website", "party__description", "version")
        for *found, form, website, description, version in self._filtered().values_list(*ROW, *wide).iterator(2000):
            name, slug, kind, sector, district, period = found
            yield {
                "namn": name,
                "slag": self.kinds[kind],
                "juridisk_form": str(LegalForm(form).label),
                "sektor": self.sectors.get(sector, ""),
                "stadsomrade": self.districts.get(district, ""),
                "ansluten_sedan": period.lower.isoformat(),
                "version": versions[version],
                "webbplats": website,
                "beskrivning": description,
                "adress": absolute(reverse("affiliation:party", args=[slug])),
            }

    def _searched(self) -> QuerySet[Affiliation]:
        found = Affiliation.objects.on(self.search.day)
        for word in search_key(self.search.q).split():
            found = found.filter(party__search_text__contains=word)
        return found

    def _filtered(self) -> QuerySet[Affiliation]:
        found = self._searched()
        for name, lookup in (("sektor", "party__sector__in"), ("form", "party__kind__in"), ("stadsdel", "party__district__in")):
            if self.search.chosen[name]:
                found = found.filter(**{lookup: [self._keys[name][value] for value in self.search.chosen[name]]})
        return found.order_by("party__sort_name", "party_id")

    def _passes(self, values: dict[str, object], but: str = "") -> bool:
        chosen = self.search.chosen
        return all(name == but or not chosen[name] or value in {self._keys[name][slug] for slug in chosen[name]} for name, value in values.items())

    def _options(self, name: str, labels: dict[str, str]) -> list[Option]:
        counts: Counter[object] = Counter()
        for values, number in self._groups:
            if self._passes(values, but=name):
                counts[values[name]] += number
        chosen = self.search.chosen[name]
        options = [Option(value, label, counts[self._keys[name][value]], value in chosen) for value, label in labels.items()]
        return [option for option in options if option.count or option.is_chosen]


ROW = ("party__name", "party__slug", "party__kind", "party__sector", "party__district", "period")


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:  # well formed, and in no calendar
        return None
