"""The rows and the choices of the register as HTML.

Fifty rows of template variables cost more than everything else on the page together (benchmarks/pages.py), so these two pieces are put
together here, where escaping one value is one call. Nothing is decided here.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from idekom.lib.facets import Facet

register = template.Library()

ROW = (
    '<tr><th scope="row"><a href="{here}{slug}/">{name}</a>{mark}</th>'
    '<td data-label="{kind_label}"><span class="side side--{side}">{kind}</span></td><td data-label="{sector_label}">{sector}</td>'
    '<td data-label="{district_label}">{district}</td><td data-label="{since_label}">{year}</td></tr>\n'
)
CHOICE = (
    '<div class="form-check"><input class="form-check-input" type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}>'
    '<label class="form-check-label" for="{0}-{1}">{3} ({4})</label></div>\n'
)


@register.simple_tag
def party_rows(rows: Sequence[dict[str, Any]], **labels: str) -> SafeString:
    """The table's rows. `labels`: kind_label, sector_label, district_label, since_label."""
    mark = f' <small class="unconfirmed">{escape(_("uppgift ej bekräftad"))}</small>'
    plain = {name: escape(label) for name, label in labels.items()} | {"here": escape(reverse("affiliation:register"))}
    return SafeString("".join([ROW.format(mark=mark if row["is_unconfirmed"] else "", **plain, **_escaped(row)) for row in rows]))


@register.simple_tag
def filter_choices(facet: Facet) -> SafeString:
    """The check boxes of a filter."""
    name = escape(facet.name)
    lines = [(escape(o.value), " checked" if o.is_chosen else "", escape(capfirst(o.label)), o.count) for o in facet.options]
    return SafeString("".join([CHOICE.format(name, *line) for line in lines]))


def _escaped(row: dict[str, Any]) -> dict[str, str]:
    return {name: escape(str(value)) for name, value in row.items()}
