"""What the register holds already, fetched once for a whole file."""

import re
from collections import defaultdict
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils import translation

from affiliation.models import Affiliation
from affiliation.models.registering import RESERVED
from agreement.models import District, Party, Sector, Version
from agreement.models.parties import LegalForm
from idekom.lib.dated import today

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")


class Known:
    """The parties that a file speaks of with their affiliations, and all that its cells may name. Eight queries, however long the file is."""

    def __init__(self, slugs: set[str], *, lock: bool = False) -> None:
        parties = Party.objects.filter(slug__in=slugs).select_related("sector", "district")
        self.parties = {party.slug: party for party in (parties.select_for_update(of=("self",)) if lock else parties)}
        self.affiliations: dict[int, list[Affiliation]] = defaultdict(list)
        affiliations = Affiliation.objects.filter(party__slug__in=slugs).select_related("version")
        for affiliation in affiliations.select_for_update(of=("self",)) if lock else affiliations:
            self.affiliations[affiliation.party_id].append(affiliation)
        self.slugs: set[str] = set()
        self.names: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        for slug, name, number, kind in Party.objects.values_list("slug", "name", "registration_number", "kind"):
            self.slugs.add(slug)
            self.names[name.casefold()] = slug
            if number and kind != Party.Kind.CITY_BODY:
                self.owners[number] = slug
        self._choices()
        self._in_force: dict[date, Version | None] = {}

    def _choices(self) -> None:
        """What each column may name, by its name in either language; of those with the same name the one that exists today comes last."""
        versions = Version.objects.exclude(status=Version.Status.DRAFT).order_by("in_force_on", "pk")
        rows: dict[str, list[Any]] = {
            "sektor": sorted(Sector.objects.all(), key=lambda one: (one.holds_on(today()), one.pk)),
            "stadsomrade": sorted(District.objects.all(), key=lambda one: (one.holds_on(today()), one.pk)),
            "version": list(versions),
        }
        self.choices = {
            column: {name.casefold(): one for one in ones for name in (one.name_en, one.name_sv) if name} for column, ones in rows.items()
        }
        self.listed = {column: [str(one.name_sv) for one in ones] for column, ones in rows.items()}
        for column, kinds in {"slag": Party.Kind, "juridisk_form": LegalForm}.items():
            self.choices[column] = {label.casefold(): value for language in ("en", "sv") for value, label in _labels(kinds, language)}
            self.listed[column] = [label for _value, label in _labels(kinds, "sv")]

    def version_on(self, day: date) -> Version | None:
        """The version in force on the day."""
        if day not in self._in_force:
            self._in_force[day] = Version.objects.in_force(day)
        return self._in_force[day]


def slug_of(cell: str) -> str:
    """The slug of a party's address, whole or in part; raises ValueError when it is none that a party can have."""
    slug = unquote(urlsplit(cell.strip()).path).rstrip("/").rpartition("/")[2]
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise ValueError
    return slug


def texts(party: Party, affiliation: Affiliation | None) -> dict[str, str]:
    """The entry as the register's own file writes it, cell by cell, in Swedish."""
    with translation.override("sv"):
        return {
            "namn": party.name,
            "slag": str(party.get_kind_display()),
            "juridisk_form": str(party.get_legal_form_display()),
            "sektor": str(party.sector or ""),
            "stadsomrade": str(party.district or ""),
            "ansluten_sedan": affiliation.from_on.isoformat() if affiliation else "",
            "version": str(affiliation.version) if affiliation else "",
            "webbplats": party.website,
            "beskrivning": party.description,
            "organisationsnummer": party.registration_number,
        }


def _labels(kinds: Any, language: str) -> list[tuple[str, str]]:
    with translation.override(language):
        return [(str(value), str(label)) for value, label in kinds.choices]
