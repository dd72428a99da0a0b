"""An uploaded CSV as rows of cells, by the names of its columns."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ROWS = 4000
"""So many are read well within the time that a web server waits for an answer."""
LARGEST = 5 * 1024 * 1024
READ = (
    "namn",
    "slag",
    "juridisk_form",
    "sektor",
    "stadsomrade",
    "ansluten_sedan",
    "version",
    "webbplats",
    "beskrivning",
    "adress",
    "organisationsnummer",
)
"""The columns that an import reads; the others that a file has are told."""


@dataclass(frozen=True)
class Line:
    """One row of the file, as a spreadsheet numbers it; `problem` when its cells cannot be told apart."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file that could be read."""

    columns: list[str]
    unread: list[str]
    lines: list[Line]


def read(data: bytes) -> Sheet:
    """The rows of the file; raises ValidationError, with how to mend it, when it is no such file."""
    if len(data) > LARGEST:
        raise ValidationError(_("Filen är större än 5 MB. Dela upp den i flera."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Filen är inte sparad som UTF-8. Välj ”CSV UTF-8” när ni sparar kalkylbladet.")) from error
    try:
        records = list(_records(text))
    except csv.Error as error:
        raise ValidationError(_("Filen går inte att läsa som CSV. Spara kalkylbladet som ”CSV UTF-8” och välj den filen.")) from error
    columns = _columns(records[0] if records else [])
    lines = [_line(number, columns, cells) for number, cells in enumerate(records[1:], start=2) if any(cells)]
    if not lines:
        raise ValidationError(_("Filen har inga rader under rubrikraden."))
    if len(lines) > MOST_ROWS:
        raise ValidationError(_("Filen har fler än %(most)d rader. Dela upp den i flera.") % {"most": MOST_ROWS})
    return Sheet(columns, [name for name in columns if name not in READ], lines)


def _records(text: str) -> Iterator[list[str]]:
    """With the separator that gives most headings: a comma from us, a semicolon or a tab from spreadsheets."""
    heads = {mark: next(csv.reader(StringIO(text, newline=""), delimiter=mark), []) for mark in (",", ";", "\t")}
    return csv.reader(StringIO(text, newline=""), delimiter=max(heads, key=lambda mark: len(heads[mark])), strict=True)


def _columns(head: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in head]
    if "namn" not in columns:
        raise ValidationError(
            _("Filen har ingen kolumn som heter namn. Första raden ska ha samma rubriker som filen ni kan hämta från förteckningen.")
        )
    double = sorted({name for name in columns if columns.count(name) > 1 and name in READ})
    if double:
        raise ValidationError(_("Kolumnen %(column)s finns flera gånger. Ta bort alla utom en.") % {"column": double[0]})
    return columns


def _line(number: int, columns: list[str], cells: list[str]) -> Line:
    if len(cells) == len(columns):
        return Line(number, dict(zip(columns, cells, strict=True)))
    told = _("Raden har %(cells)d celler men rubrikraden har %(columns)d. Se efter om ett citattecken eller skiljetecken fattas.")
    return Line(number, dict(zip(columns, cells, strict=False)), told % {"cells": len(cells), "columns": len(columns)})
