"""The data of a compiled round as open data: CSV for tables, JSON for programs. The same as in the book."""

import csv
import io
import json
from typing import Any

from followup import snapshot as snapshots
from followup.sheets import label
from idekom.lib.text import harmless

COLUMNS = [
    "ar",
    "part",
    "part_adress",
    "sida",
    "slag",
    "sektor",
    "har_rapporterat",
    "rapporterad_genom",
    "atagande_nr",
    "atagande",
    "fraga_nyckel",
    "fraga",
    "val_kod",
    "val",
    "ord",
    "far_citeras",
]


def as_json(snapshot: dict[str, Any]) -> bytes:
    """The whole snapshot; each party, commitment and question on a line of its own."""
    return ("{\n" + ",\n".join(f"{_json(key)}: {_lines(value)}" for key, value in sorted(snapshot.items())) + "\n}\n").encode()


def _lines(value: Any) -> str:
    return "[\n" + ",\n".join(_json(one) for one in value) + "\n]" if isinstance(value, list) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def as_csv(snapshot: dict[str, Any]) -> bytes:
    """One row per answer, and one for each party without any; UTF-8 with a mark for spreadsheets."""
    told = snapshots.read(snapshot)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    titles = {commitment["number"]: commitment["title"] for commitment in told["commitments"]}
    asked = {question["key"]: question for question in told["questions"]}
    for party in told["parties"]:
        through = party["through"]["slug"] if party["through"] else ""
        about = [
            told["year"],
            party["name"],
            party["slug"],
            party["side"],
            party["kind"],
            party["sector"],
            "ja" if party["has_reported"] else "nej",
            through,
        ]
        for answer in party["answers"]:
            question, number, choice = asked[answer["question"]], answer["commitment"], answer["choice"]
            said = [number, titles.get(number), question["key"], question["text"], choice, label(question["kind"], choice) if choice else ""]
            writer.writerow([harmless(cell) for cell in [*about, *said, answer["words"], "ja" if answer["may_be_quoted"] else ""]])
        if not party["answers"]:
            writer.writerow([harmless(cell) for cell in [*about, *[""] * 8]])
    return out.getvalue().encode("utf-8-sig")
