"""The register as files: the same rows as the list, the same columns in each, and what each column means."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from affiliation.register.filters import memberships
from affiliation.register.listing import Register
from agreement.models import Version
from agreement.models.parties import LegalForm
from idekom.lib.mail import absolute

MARK = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""


@dataclass(frozen=True)
class Column:
    """One column of the files: its name and what stands in it."""

    name: str
    about: Promise | str


COLUMNS = [
    Column("namn", gettext_lazy("Partens namn.")),
    Column("slag", gettext_lazy("Enskild organisation, paraplyorganisation eller del av staden.")),
    Column("juridisk_form", gettext_lazy("Till exempel ideell förening, stiftelse eller nämnd.")),
    Column("sektor", gettext_lazy("Det område som organisationen mest arbetar inom. Tomt för stadens delar.")),
    Column("stadsomrade", gettext_lazy("Den del av Göteborg där parten finns. Tomt om den inte har sagt det.")),
    Column("ansluten_sedan", gettext_lazy("Första dagen som ansluten, skriven år-månad-dag.")),
    Column("version", gettext_lazy("Den version av överenskommelsen som parten står bakom.")),
    Column("webbplats", gettext_lazy("Partens egen webbplats. Tomt om parten inte vill visa den.")),
    Column("beskrivning", gettext_lazy("Partens egna ord om vad den gör. Tomt om parten inte vill visa dem.")),
    Column("adress", gettext_lazy("Adressen till partens sida i portalen. Den ändras aldrig och kan användas för att känna igen parten.")),
    Column("organisationsnummer", gettext_lazy("Tio siffror utan bindestreck. Tomt för dem som saknar nummer.")),
    Column("paraplyer", gettext_lazy("De anslutna paraplyer som parten är medlem i, med semikolon emellan.")),
    Column("bekraftad", gettext_lazy("Nej om parten inte har svarat på den årliga frågan om uppgifterna stämmer. Annars ja.")),
]


def records(register: Register) -> Iterator[dict[str, str]]:
    """What the columns hold for each row of the list, in the same order; a few queries, however many rows."""
    day, choices = register.search.day, register.choices
    kinds, sectors, districts = ({choice.key: choice.label for choice in choices.of[name]} for name in ("form", "sektor", "stadsdel"))
    versions = {version.pk: str(version) for version in Version.objects.all()}
    forms = {form.value: str(form.label) for form in LegalForm}
    umbrellas = _umbrellas(day)
    yes, no = _("ja"), _("nej")
    for row in register.found().values(*_WANTED).iterator(2000):
        since = row["unconfirmed_since"]
        cells = (
            row["party__name"],
            kinds[row["party__kind"]],
            forms[row["party__legal_form"]],
            sectors.get(row["party__sector"], ""),
            districts.get(row["party__district"], ""),
            row["period"].lower.isoformat(),
            versions[row["version"]],
            row["party__website"],
            row["party__description"],
            absolute(reverse("affiliation:party", args=[row["party__slug"]])),
            row["party__registration_number"],
            "; ".join(umbrellas.get(row["party"], [])),
            no if since and since <= day else yes,
        )
        yield {column.name: cell for column, cell in zip(COLUMNS, cells, strict=True)}


def as_csv(register: Register) -> bytes:
    """RFC 4180 in UTF-8 with a mark, so that spreadsheets read å ä ö, and with no cell that they would calculate."""
    file = StringIO(MARK)
    file.seek(0, 2)
    rows = csv.writer(file)
    rows.writerow([column.name for column in COLUMNS])
    rows.writerows([_inert(cell) for cell in record.values()] for record in records(register))
    return file.getvalue().encode()


def as_json(register: Register) -> dict[str, object]:
    """The rows with the day and their number."""
    found = list(records(register))
    return {"datum": register.search.day.isoformat(), "antal": len(found), "parter": found}


def as_xlsx(register: Register) -> bytes:
    """An Excel workbook in which every cell is text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Anslutna"))
    sheet.freeze_panes = "B2"
    sheet.append([_text(sheet, column.name) for column in COLUMNS])
    for record in records(register):
        sheet.append([_text(sheet, cell) for cell in record.values()])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def schema() -> dict[str, object]:
    """The columns for programs, as Frictionless Table Schema."""
    kinds = {"ansluten_sedan": {"type": "date"}, "adress": {"type": "string", "format": "uri"}, "webbplats": {"type": "string", "format": "uri"}}
    fields = [{"name": column.name, "description": str(column.about), **kinds.get(column.name, {"type": "string"})} for column in COLUMNS]
    return {"fields": fields, "primaryKey": ["adress"], "missingValues": [""]}


_WANTED = (
    "party", "party__name", "party__slug", "party__kind", "party__legal_form", "party__sector", "party__district", "party__website",
    "party__description", "party__registration_number", "period", "version", "unconfirmed_since",
)  # fmt: skip


def _umbrellas(day: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    named = memberships(day).exclude(member=None).order_by("umbrella__sort_name", "umbrella")
    for member, name in dict.fromkeys(named.values_list("member", "umbrella__name")):
        found.setdefault(member, []).append(name)
    return found


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def _text(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", words))
    cell.data_type = "s"  # also when it begins with =
    return cell
