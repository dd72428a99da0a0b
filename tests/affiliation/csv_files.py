"""Files to read in, as they come from the register, a spreadsheet or somebody's own hand; and the register that they are about."""

import csv
import re
from datetime import date
from io import StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from affiliation.imports.planning import Plan
from affiliation.imports.reading import read
from affiliation.imports.writing import write
from agreement.models import District, Party
from idekom.lib.dated import period
from tests import builders

ADDRESS = "/admin/affiliation/affiliation/las-in/"


def exported(client: Client | None = None, path: str = "/anslutna.csv") -> bytes:
    """The register's own file as it is now."""
    return bytes((client or Client()).get(path).content)


def sheet(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """A file with these cells under the register's columns."""
    columns = list(dict.fromkeys([name for row in rows for name in row]))
    file = StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def plan(data: bytes) -> Plan:
    """What the file would do."""
    return Plan(read(data))


def read_in(data: bytes) -> Plan:
    """Check and confirm."""
    return write(read(data), fingerprint=plan(data).fingerprint)


def outcomes(data: bytes) -> list[str]:
    """What would happen to each row."""
    return [row.outcome.value for row in plan(data).rows]


def check(client: Client, data: bytes) -> str:
    """The page that shows what a file would do."""
    html: str = client.post(ADDRESS, {"file": SimpleUploadedFile("x.csv", data)}).content.decode()
    return html


def token(html: str) -> str:
    """The token of the page's button."""
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found
    return found.group(1)


def new(**cells: str) -> dict[str, str]:
    """A row for a party that the register does not have."""
    row = {"namn": "Bryggan", "slag": "enskild organisation", "juridisk_form": "ideell förening", "ansluten_sedan": "2020-05-01"}
    return row | {"version": "Överenskommelsen"} | cells


def register() -> list[Party]:
    """A register as there are."""
    sector = builders.sector("Socialt arbete")
    district = District.objects.create(slug="ost", name="Nordost", period=period(date(2010, 1, 1)))
    rows = [
        ("Räddningen vid Ån", sector, district, "https://ran.example.org"),
        ("Öbergs vänner", None, None, ""),
        ("Aktiva, inte bara lata", sector, None, ""),
    ]
    made = [
        builders.party(name, sector=one, district=other, website=site, slug=f"p-{number}", description="Vi gör.\n\nMycket, och \"bra\".")
        for number, (name, one, other, site) in enumerate(rows)
    ]  # fmt: skip
    made.append(builders.party("Grundskoleförvaltningen", kind="city_body", slug="grund"))
    for number, party in enumerate(made):
        builders.affiliation(party, from_on=date(2015 + number, 3, 2))
    return made
