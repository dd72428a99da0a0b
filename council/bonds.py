"""Whom a proposal binds, as a picture and as files."""

import csv
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from agreement.models import Side
from council.models import Binding, Bond, Proposal
from idekom.lib.charts import Chart, Row, Series, bar_chart, percent
from idekom.lib.mail import absolute

COLUMNS = ["part", "adress", "sida", "bunden", "från", "svar", "beslutat", "organ", "paragraf", "ändring", "inlagt från papper"]


def picture(binding: Binding) -> Chart:
    """How many are bound on each side, and how many are not."""
    rows = [(_("Bundna"), binding.bound), (_("Bundna längre fram"), binding.coming), (_("Inte bundna"), binding.unbound)]
    whole = len(binding.bonds)
    return bar_chart(
        key="bundna",
        title=_("Parter som är bundna av förslaget, och parter som inte är det"),
        series=[Series(side.value, str(side.label)) for side in Side],
        rows=[Row(label, _by_side(bonds), share=percent(len(bonds), whole)) for label, bonds in rows if bonds or bonds is not binding.coming],
        first_column=_("Parter"),
    )


def _by_side(bonds: list[Bond]) -> tuple[int, ...]:
    return tuple(sum(bond.side == side for bond in bonds) for side in Side)


def as_csv(binding: Binding) -> bytes:
    """A row per party, in Swedish, with a mark for spreadsheets and no cell that they would calculate."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    with translation.override(settings.LANGUAGE_CODE):
        rows.writerows([_harmless(cell) for cell in record(bond).values()] for bond in binding.bonds)
    return file.getvalue().encode("utf-8-sig")


def as_json(proposal: Proposal, binding: Binding) -> dict[str, Any]:
    """The proposal as data: that it is one, and whom it binds on the day."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "kind": "förslag",
            "title": proposal.title,
            "url": absolute(proposal.get_absolute_url()),
            "status": str(proposal.get_status_display()),
            "date": binding.day.isoformat(),
            "binding_for": [bond.party.name for bond in binding.bound],
            "parties": [dict(zip(COLUMNS, record(bond).values(), strict=True)) for bond in binding.bonds],
        }


def record(bond: Bond) -> dict[str, str]:
    """What the files say about a party."""
    said = bond.said
    return {
        "party": bond.party.name,
        "url": absolute(bond.party.get_absolute_url()),
        "side": str(bond.side.label),
        "bound": "ja" if bond.holds else "nej",
        "from": bond.from_on.isoformat() if bond.from_on else "",
        "stance": str(bond.stance.label),
        "decided_on": said.decided_on.isoformat() if said and said.decided_on else "",
        "body": said.body if said else "",
        "paragraph": said.paragraph if said else "",
        "change": said.change if said else "",
        "paper": said.paper_source if said else "",
    }


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
