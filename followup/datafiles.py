"""The data of a compiled round as open data: CSV for tables, JSON for programs. The same as in the book."""

import csv
import io
import json
from typing import Any

from followup.models import Progress

COLUMNS = [
    "ar",
    "part",
    "part_adress",
    "sida",
    "slag",
    "sektor",
    "inlamnad",
    "atagande_nr",
    "atagande",
    "framsteg",
    "framsteg_kod",
    "gjort",
    "exempel",
    "plan",
]


def as_json(snapshot: dict[str, Any]) -> bytes:
    """The whole snapshot, indented for readers."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def as_csv(snapshot: dict[str, Any]) -> bytes:
    """One row per answer, and one for each party that has not reported; UTF-8 with a mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    titles = {commitment["number"]: commitment["title"] for commitment in snapshot["commitments"]}
    for party in snapshot["parties"]:
        about = [snapshot["year"], party["name"], party["slug"], party["side"], party["kind"], party["sector"], party["submitted_at"] or ""]
        for answer in party["answers"]:
            number, progress = answer["commitment"], answer["progress"]
            said = [number, titles[number], label(progress), progress, answer["done"], answer["example"], answer["plan"]]
            writer.writerow([harmless(cell) for cell in [*about, *said]])
        if not party["answers"]:
            writer.writerow([harmless(cell) for cell in [*about, *[""] * 7]])
    return out.getvalue().encode("utf-8-sig")


def label(progress: str) -> str:
    """The value in words."""
    return str(Progress(progress).label)


def harmless(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
