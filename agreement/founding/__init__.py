"""Founding data of the agreement: its two versions, the areas of the action plans, and the sectors, districts and parties that it starts from.

The texts are in the TOML files beside this one. A row that exists is left as it is, so loading twice changes nothing and never
undoes the secretary's work; a version is loaded whole or not at all, since a text in force never changes.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from agreement.models import Commitment, CommitmentArea, District, Goal, Party, Placement, Principle, Sector, Term, Version
from idekom.lib.dated import period

HERE = Path(__file__).parent


@transaction.atomic
def load() -> int:
    """Load what is missing; returns how many rows were made."""
    parties = _read("parties.toml")
    made = sum(_add(Sector, row, period=period(row.pop("from_on"))) for row in parties["sector"])
    made += sum(_add(District, row, period=period(row.pop("from_on"))) for row in parties["district"])
    made += sum(_add(Party, row) for row in parties["party"])
    made += sum(_add(Term, row) for row in _read("terms.toml")["term"])
    text = _read("text.toml")
    made += sum(_load_version(row, text) for row in text["version"])
    return made + _load_areas()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _add(model: type[Any], row: dict[str, Any], **fields: Any) -> int:
    _found, is_new = model.objects.get_or_create(slug=row.pop("slug"), defaults=row | fields)
    return int(is_new)


def _load_version(row: dict[str, Any], text: dict[str, Any]) -> int:
    """A version with all that belongs to it. It is written as a draft, and then enters into force."""
    if Version.objects.filter(slug=row["slug"]).exists():
        return 0
    in_force_on = row.pop("in_force_on")
    own = {f"text_{language}": text[f"text_{language}"].strip() + "\n\n" + row.pop(f"closing_{language}").strip() for language in ("sv", "en")}
    version = Version.objects.create(**text["shared"], **own, **row)
    Goal.objects.bulk_create(Goal(version=version, **goal) for goal in text["goal"])
    principles = {row["slug"]: Principle.objects.create(version=version, **row) for row in _read("principles.toml")["principle"]}
    for commitment in _read("commitments.toml")["commitment"]:
        tags = [principles[slug] for slug in commitment.pop("principles")]
        Commitment.objects.create(version=version, **commitment).principles.set(tags)
    version.put_in_force(in_force_on)
    return 1 + version.goals.count() + len(principles) + version.commitments.count()


def _load_areas() -> int:
    """The areas of the action plans, and the commitments of every version in them."""
    made = 0
    for row in _read("areas.toml")["area"]:
        numbers, since = row.pop("commitments"), period(row.pop("from_on"))
        made += _add(CommitmentArea, dict(row), period=since)
        area = CommitmentArea.objects.get(slug=row["slug"])
        for commitment in Commitment.objects.filter(version__slug__in=["2012", "2017"], number__in=numbers, placements=None):
            Placement.objects.create(area=area, commitment=commitment, period=since)
            made += 1
    return made
