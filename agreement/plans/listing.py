"""The public activities that a search finds, and how many each choice of a filter would show."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreement.models import ActionPlan, Activity, Commitment
from agreement.models.parties import Side
from agreement.models.plans import JOINT
from agreement.plans.search import FILTERS, Search
from idekom.lib.facets import Facet, Option

Values = dict[str, frozenset[str]]
"""An activity's values in each of FILTERS."""


def readable(day: date) -> list[Activity]:
    """Every public activity with what is told of it, the next due first; a few queries, however many there are."""
    commitments = Prefetch("commitments", Commitment.objects.order_by("number", "-version"))
    found = Activity.objects.shown().with_latest().select_related("plan", "party").prefetch_related(commitments).order_by("due_on", "pk")
    return [marked(activity, day) for activity in found]


def marked(activity: Activity, day: date) -> Activity:
    """The activity, knowing in `stale_words` for how long nothing has been told of it on `day`."""
    activity.stale_words = activity.staleness(day)
    return activity


def sides() -> dict[str, str]:
    """{the side whose plan it is: what it is called}."""
    return {**{side.value: str(side.label) for side in Side}, JOINT: _("Gemensam")}


def _values(activity: Activity) -> Values:
    return {
        "atagande": frozenset(commitment.slug for commitment in activity.commitments.all()),
        "part": frozenset({activity.party.slug} if activity.party else ()),
        "vems": frozenset({activity.plan.whose}),
        "plan": frozenset({activity.plan.slug}),
        "lage": frozenset({activity.status}),
        "tyst": frozenset({"ja"} if activity.stale_words else ()),
    }


class Listing:
    """The activities that a search finds on a day."""

    def __init__(self, search: Search, day: date) -> None:
        self.search, self.day = search, day
        self.everything = readable(day)
        self._valued = [(activity, _values(activity)) for activity in self.everything]
        for name, values in search.chosen.items():
            search.chosen[name] = [value for value in values if value in self.labels[name]]

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """For each filter, what its choices are called, in the order in which they are shown."""
        commitments = sorted((c for activity in self.everything for c in activity.commitments.all()), key=lambda c: (c.number, c.version_id))
        parties = sorted((activity.party for activity in self.everything if activity.party), key=lambda party: (party.sort_name, party.pk))
        public = [status for status in Activity.Status if status != Activity.Status.DRAFT]
        return {
            "atagande": {commitment.slug: str(commitment) for commitment in commitments},
            "part": {party.slug: party.name for party in parties},
            "vems": sides(),
            "plan": {plan.slug: plan.name for plan in ActionPlan.objects.all()},
            "lage": {status.value: capfirst(str(status.label)) for status in public},
            "tyst": {"ja": _("Ingen ny uppgift på länge")},
        }

    @cached_property
    def found(self) -> list[Activity]:
        """The activities that pass every filter."""
        return [activity for activity, values in self._valued if not self._misses(values)]

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters, with the number that each choice would show beside the other filters."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
        for _activity, values in self._valued:
            misses = self._misses(values)
            for name in FILTERS if not misses else misses if len(misses) == 1 else ():
                counts[name].update(values[name])
        headings = (_("Åtagande"), _("Ansvarig part"), _("Vems plan"), _("Plan"), _("Läge"), _("Uppgifter"))
        return [self._facet(name, label, counts[name]) for name, label in zip(FILTERS, headings, strict=True)]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """(what each chosen filter is called, the address's query without it)."""
        pairs = [(name, value) for name, values in self.search.chosen.items() for value in values]
        return [(self.labels[name][value], self.search.query_string((name, value))) for name, value in pairs]

    def _facet(self, name: str, label: str, counted: Counter[str]) -> Facet:
        chosen = self.search.chosen[name]
        options = [Option(value, words, counted[value], value in chosen) for value, words in self.labels[name].items()]
        return Facet(name, label, [option for option in options if option.count or option.is_chosen])

    def _misses(self, values: Values) -> list[str]:
        return [name for name in FILTERS if self.search.chosen[name] and values[name].isdisjoint(self.search.chosen[name])]


def counted(activities: Iterable[Activity]) -> list[Activity]:
    """Those that the sums count: they go on, or are done."""
    return [activity for activity in activities if activity.status in (Activity.Status.PUBLISHED, Activity.Status.DONE)]
