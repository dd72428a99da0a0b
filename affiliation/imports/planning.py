"""What a file would change, row by row. Nothing is written here."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from affiliation.forms.imports import RowForm
from affiliation.imports.known import Known, slug_of, texts
from affiliation.imports.reading import READ, Line, Sheet
from affiliation.models import Affiliation
from affiliation.models.registering import free_slugs
from agreement.models import Party
from agreement.models.parties import LegalForm
from idekom.lib.dated import today

COLUMN_OF = {
    "namn": "name",
    "slag": "kind",
    "juridisk_form": "legal_form",
    "sektor": "sector",
    "stadsomrade": "district",
    "webbplats": "website",
    "beskrivning": "description",
    "organisationsnummer": "registration_number",
}
"""The columns that are a party's own, and their fields."""
GUARDED = tuple("=+-@\t\r\n")


class Outcome(models.TextChoices):
    """What would happen to a row."""

    WRONG = "wrong", gettext_lazy("fel")
    NEW = "new", gettext_lazy("ny")
    CHANGED = "changed", gettext_lazy("ändras")
    SAME = "same", gettext_lazy("oförändrad")

    @property
    def tone(self) -> str:
        """How it is shown, in the terms of components/tag.html."""
        return {"wrong": "bad", "new": "good", "changed": "waiting"}.get(self.value, "neutral")


@dataclass(frozen=True)
class Change:
    """A cell that would read otherwise."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, and how to mend it; no column when it is the whole row."""

    column: str
    text: str


@dataclass
class Row:
    """One row of the file, and what it would do."""

    number: int
    name: str
    outcome: Outcome = Outcome.SAME
    party: Party = field(default_factory=Party)
    affiliation: Affiliation = field(default_factory=Affiliation)
    slug: str = ""
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    note: str = ""

    @property
    def is_new_party(self) -> bool:
        """Whether the register does not have the party yet."""
        return self.party._state.adding

    @property
    def is_new_affiliation(self) -> bool:
        """Whether the register does not have the affiliation yet."""
        return self.affiliation._state.adding


class Plan:
    """What the whole file would do."""

    def __init__(self, sheet: Sheet, *, lock: bool = False) -> None:
        self.unread = sheet.unread
        self.columns = [column for column in READ if column in sheet.columns]
        self._seen: set[str] = set()
        self._forms: dict[tuple[frozenset[str], bool], RowForm] = {}
        named = {slug for line in sheet.lines if (slug := _slug(line))}
        self._known = Known(named, lock=lock)
        self._taken = self._known.slugs | named
        self.rows = [self._row(line) for line in sheet.lines]

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """How many rows there are of each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def is_sound(self) -> bool:
        """Whether no row has a fault."""
        return self.counts[Outcome.WRONG] == 0

    @property
    def has_work(self) -> bool:
        """Whether anything would be written."""
        return self.is_sound and self.counts[Outcome.SAME] < len(self.rows)

    @cached_property
    def fingerprint(self) -> str:
        """Stands for all that the file would do: another one as soon as any of it differs, and once it has been done."""
        told = [[row.number, row.outcome, row.slug, [[c.column, c.old, c.new] for c in row.changes]] for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _row(self, line: Line) -> Row:
        row = Row(line.number, line.cells.get("namn", "").strip())
        if line.problem:
            row.problems.append(Problem("", line.problem))
        elif self._identify(row, line.cells.get("adress", "")):
            self._fill(row, line.cells)
        if row.problems:
            row.outcome = Outcome.WRONG
        return row

    def _identify(self, row: Row, cell: str) -> bool:
        """Find whom the row is about by its address; a row without one is a new party."""
        if not cell.strip():
            return True
        try:
            row.slug = slug_of(cell)
        except ValueError:
            row.problems.append(Problem("adress", _("Adressen är ingen som en part kan ha. Lämna cellen tom om parten är ny.")))
            return False
        if row.slug in self._seen:
            row.problems.append(Problem("adress", _("Adressen finns på en tidigare rad. Behåll en av raderna.")))
            return False
        self._seen.add(row.slug)
        row.party = self._known.parties.get(row.slug, row.party)
        return True

    def _fill(self, row: Row, cells: Mapping[str, str]) -> None:
        """Put the cells into the party and its affiliation, and note what becomes of them."""
        self._choose_affiliation(row, cells.get("ansluten_sedan", "").strip())
        is_new, needs_a_day = row.is_new_party, row.is_new_affiliation
        now = {} if is_new else texts(row.party, None if needs_a_day else row.affiliation)
        given = {name: cells.get(name, "") for name in READ if name != "adress" and (is_new or name in cells)}
        differ = {name: _unguarded(cell) for name, cell in given.items() if is_new or cell not in (now[name], _guarded(now[name]))}
        if needs_a_day:
            differ["ansluten_sedan"] = cells.get("ansluten_sedan", "")
        key = (frozenset(differ), needs_a_day)
        form = self._forms.get(key) or RowForm(differ, self._known.choices, self._known.listed, is_new=needs_a_day)
        self._forms[key] = form
        if not form.reads(differ):
            row.problems += [Problem(column, str(text)) for column, told in form.errors.items() for text in told]
            return
        self._take(row, form.cleaned_data)
        self._judge(row)
        self._conclude(row, now)

    def _choose_affiliation(self, row: Row, since: str) -> None:
        """The affiliation that began on the row's day, else the one that holds today, else a new one."""
        ones = [] if row.is_new_party else self._known.affiliations[row.party.pk]
        same = [one for one in ones if one.from_on.isoformat() == since]
        row.affiliation = next(iter([*same, *(one for one in ones if one.holds_on(today()))]), row.affiliation)

    def _others(self, row: Row) -> list[Affiliation]:
        """The party's other affiliations, earlier and later."""
        return [] if row.is_new_party else [one for one in self._known.affiliations[row.party.pk] if one is not row.affiliation]

    def _take(self, row: Row, cleaned: dict[str, Any]) -> None:
        for column, attribute in COLUMN_OF.items():
            if column in cleaned:
                setattr(row.party, attribute, cleaned[column])
        affiliation, since = row.affiliation, cleaned.get("ansluten_sedan")
        if since:
            affiliation.period = DateRange(since, None if row.is_new_affiliation else affiliation.period.upper)
        version = cleaned.get("version")
        if row.is_new_affiliation and since:
            affiliation.decided_on = since
            version = version or self._known.version_on(since)
        if version:
            affiliation.version = version

    def _judge(self, row: Row) -> None:
        """What no single cell can tell; the same words as the database's own rules have."""
        party, affiliation = row.party, row.affiliation
        if (party.kind == Party.Kind.CITY_BODY) != (party.legal_form in LegalForm.of_the_city()):
            row.problems.append(Problem("juridisk_form", _rule(Party, "city_bodies_and_only_they_have_a_form_of_the_city")))
        if party.registration_number and party.kind != Party.Kind.CITY_BODY:
            owner = self._known.owners.setdefault(party.registration_number, row.slug or f"rad {row.number}")
            if owner != (row.slug or f"rad {row.number}"):
                row.problems.append(Problem("organisationsnummer", _rule(Party, "one_party_per_registration_number")))
        if not affiliation.version_id:
            row.problems.append(Problem("version", _("Ingen version av överenskommelsen gällde den dagen. Skriv vilken version parten står bakom.")))
        upper = affiliation.period.upper
        if upper and affiliation.from_on >= upper:
            row.problems.append(Problem("ansluten_sedan", _("Dagen ligger efter partens sista dag.")))
        elif any(_overlap(affiliation.period, other.period) for other in self._others(row)):
            row.problems.append(Problem("ansluten_sedan", _rule(Affiliation, "a_party_is_affiliated_once_at_a_time")))

    def _conclude(self, row: Row, now: dict[str, str]) -> None:
        new = texts(row.party, row.affiliation if row.affiliation.version_id else None)
        row.changes = [Change(name, now.get(name, ""), text) for name, text in new.items() if text != now.get(name, "")]
        if row.is_new_party or row.is_new_affiliation:
            row.outcome = Outcome.NEW
        elif row.changes:
            row.outcome = Outcome.CHANGED
        if row.is_new_party:
            row.slug = row.slug or next(free_slugs(row.party.name, self._taken))
            self._taken.add(row.slug)
            if row.party.name.casefold() in self._known.names:
                row.note = _("Det finns redan en part med samma namn. Är det samma, skriv dess adress i kolumnen adress.")
            self._known.names.setdefault(row.party.name.casefold(), row.slug)


def _slug(line: Line) -> str:
    try:
        return slug_of(line.cells.get("adress", ""))
    except ValueError:
        return ""


def _guarded(text: str) -> str:
    """How the register's own file writes a cell that a spreadsheet would calculate."""
    return f"'{text}" if text.startswith(GUARDED) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def _rule(model: type[models.Model], name: str) -> str:
    """The sentence of a database constraint."""
    return next(str(one.violation_error_message) for one in model._meta.constraints if one.name == name)


def _overlap(one: DateRange, other: DateRange) -> bool:
    return (other.upper is None or one.lower < other.upper) and (one.upper is None or other.lower < one.upper)
