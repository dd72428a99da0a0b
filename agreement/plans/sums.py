"""How many activities there are by commitment, by area, by party and by side.

An activity that serves several commitments, or several areas, counts whole in each of them, and once in the total. Those that are
cancelled are not counted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from agreement.models import Activity, Placement
from agreement.plans.listing import counted, sides
from idekom.lib.charts import Chart, Row, Series, bar_chart, percent

STATUSES = (("lage", "published"), ("lage", "done"))


@dataclass(frozen=True)
class Sums:
    """The counted activities, once each, and charts of them."""

    total: int
    going: int
    done: int
    cancelled: int
    stale: int
    charts: tuple[Chart, ...]


def sums(activities: Sequence[Activity], placements: Iterable[Placement] = ()) -> Sums:
    """The sums of public activities as `readable` gives them; `placements`: in which area each commitment is, with its commitment."""
    those = counted(activities)
    going = [activity for activity in those if activity.goes_on]
    areas = _by_area(those, list(placements))
    charts = (_by_commitment(those), *areas, _by_party(those), _by_side(those)) if those else ()
    stale = sum(1 for activity in those if activity.stale_words)
    return Sums(len(those), len(going), len(those) - len(going), len(activities) - len(those), stale, charts)


def _by_commitment(those: list[Activity]) -> Chart:
    named, counts = {}, Counter[str]()
    for activity in those:
        served = {commitment.slug: commitment for commitment in activity.commitments.all()}
        named.update(served)
        counts.update(served.keys())
    rows = [(str(named[slug]), "atagande", slug, counts[slug]) for slug in sorted(named, key=lambda slug: named[slug].number)]
    unserving = sum(1 for activity in those if not activity.commitments.all())
    if unserving:
        rows.append((_("Inget åtagande"), "", "", unserving))
    note = _("En aktivitet som bidrar till flera åtaganden räknas i vart och ett av dem, så raderna blir fler än aktiviteterna.")
    return _chart("ataganden", _("Aktiviteter per åtagande"), _("Åtagande"), rows, len(those), note)


def _by_area(those: list[Activity], placements: list[Placement]) -> tuple[Chart, ...]:
    """None while the commitments are in no areas."""
    area_of = {placement.commitment.slug: placement.area for placement in placements}
    if not area_of:
        return ()
    areas = [{area_of[one.slug] for one in activity.commitments.all() if one.slug in area_of} for activity in those]
    counts = Counter(area for found in areas for area in found)
    rows = [(area.name, "", "", counts[area]) for area in sorted(set(area_of.values()), key=lambda area: (area.number, area.pk))]
    if outside := sum(1 for found in areas if not found):
        rows.append((_("Utanför områdena"), "", "", outside))
    note = _("En aktivitet som bidrar till flera områden räknas i vart och ett av dem.")
    return (_chart("omraden", _("Aktiviteter per område"), _("Område"), rows, len(those), note),)


def _by_party(those: list[Activity]) -> Chart:
    parties = sorted({activity.party for activity in those if activity.party}, key=lambda party: (party.sort_name, party.pk))
    counts = Counter(activity.party_id for activity in those)
    rows = [(party.name, "part", party.slug, counts[party.pk]) for party in parties]
    return _chart("parter", _("Aktiviteter per ansvarig part"), _("Part"), rows, len(those))


def _by_side(those: list[Activity]) -> Chart:
    counts = Counter(activity.plan.whose for activity in those)
    rows = [(label, "vems", side, counts[side]) for side, label in sides().items()]
    return _chart("sidor", _("Aktiviteter efter vems plan de står i"), _("Vems plan"), rows, len(those))


def _chart(key: str, title: str, column: str, rows: list[tuple[str, str, str, int]], total: int, note: str = "") -> Chart:
    placed = [
        Row(label, (number,), share=percent(number, total), queries=(urlencode([(name, value), *STATUSES]) if name else "",))
        for label, name, value, number in rows
    ]
    return bar_chart(key=key, title=title, series=[Series("all", _("Aktiviteter"))], rows=placed, note=note, first_column=column)
