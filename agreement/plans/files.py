"""The activities as files: the same rows as the list, the same columns in each, and what each column means."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from agreement.models import Activity
from agreement.plans.listing import Listing, sides
from idekom.lib.mail import absolute

MARK = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""


@dataclass(frozen=True)
class Column:
    """One column of the files: its name and what stands in it."""

    name: str
    about: Promise | str
    kind: str = "string"


COLUMNS = [
    Column("vad", gettext_lazy("Vad som ska göras.")),
    Column("hur", gettext_lazy("Hur det görs.")),
    Column("plan", gettext_lazy("Den handlingsplan som aktiviteten står i.")),
    Column("vems_plan", gettext_lazy("Stadens, civilsamhällets eller en gemensam plan.")),
    Column("part", gettext_lazy("Den part som ansvarar. Tomt om aktiviteten avbröts innan någon ansvarade.")),
    Column("vem", gettext_lazy("Funktion eller grupp hos parten. Tomt om det inte är sagt.")),
    Column("borjar", gettext_lazy("Första dagen, skriven år-månad-dag. Tomt om den inte är sagd."), "date"),
    Column("klart_senast", gettext_lazy("Sista dagen, skriven år-månad-dag."), "date"),
    Column("finansiering", gettext_lazy("Hur det betalas. Tomt om det inte är sagt.")),
    Column("ataganden", gettext_lazy("De åtaganden som aktiviteten bidrar till, med semikolon emellan.")),
    Column("lage", gettext_lazy("Pågår, genomförd eller avbruten.")),
    Column("procent", gettext_lazy("Hur långt det har kommit enligt den senaste uppgiften, 0 till 100. Tomt om ingen har berättat."), "integer"),
    Column("senaste_uppgift", gettext_lazy("Den senaste uppgiften om hur det går.")),
    Column("uppgift_den", gettext_lazy("Dagen för den senaste uppgiften, skriven år-månad-dag."), "date"),
    Column("utan_ny_uppgift", gettext_lazy("Hur länge det har varit tyst, om det är 90 dagar eller mer. Annars tomt.")),
    Column("adress", gettext_lazy("Adressen till aktivitetens sida. Den ändras aldrig och kan användas för att känna igen aktiviteten.")),
]


def records(listing: Listing) -> Iterator[dict[str, str]]:
    """What the columns hold for each row of the list, in the same order."""
    whose = sides()
    for activity in listing.found:
        yield dict(zip((column.name for column in COLUMNS), _cells(activity, whose), strict=True))


def _cells(activity: Activity, whose: dict[str, str]) -> tuple[str, ...]:
    return (
        activity.title,
        activity.how,
        activity.plan.name,
        whose[activity.plan.whose],
        activity.party.name if activity.party else "",
        activity.who,
        activity.starts_on.isoformat() if activity.starts_on else "",
        activity.due_on.isoformat() if activity.due_on else "",
        activity.financing,
        "; ".join(str(commitment) for commitment in activity.commitments.all()),
        activity.get_status_display(),
        "" if activity.percent is None else str(activity.percent),
        activity.sentence or "",
        timezone.localdate(activity.told_at).isoformat() if activity.told_at else "",
        activity.stale_words,
        absolute(activity.get_absolute_url()),
    )


def as_csv(listing: Listing) -> bytes:
    """RFC 4180 in UTF-8 with a mark, so that spreadsheets read å ä ö, and with no cell that they would calculate."""
    file = StringIO(MARK)
    file.seek(0, 2)
    rows = csv.writer(file)
    rows.writerow([column.name for column in COLUMNS])
    rows.writerows([_inert(cell) for cell in record.values()] for record in records(listing))
    return file.getvalue().encode()


def as_json(listing: Listing) -> dict[str, object]:
    """The rows with the day and their number."""
    found = list(records(listing))
    return {"datum": listing.day.isoformat(), "antal": len(found), "aktiviteter": found}


def schema() -> dict[str, object]:
    """The columns for programs, as Frictionless Table Schema."""
    more = {"adress": {"format": "uri"}}
    fields = [{"name": column.name, "description": str(column.about), "type": column.kind, **more.get(column.name, {})} for column in COLUMNS]
    return {"fields": fields, "primaryKey": ["adress"], "missingValues": [""]}


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
