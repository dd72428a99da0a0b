"""Whether an organisation that applies is known already, by its number or by a name like its own."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.urls import reverse

from affiliation.models.applications import Application
from agreement.models import Party
from idekom.lib.text import search_key

ALIKE = 0.72
"""How alike two names must be, from 0 to 1, to be told: "Föreningen Bryggan" and "Bryggans förening" are."""
MOST = 8


@dataclass(frozen=True)
class Duplicate:
    """A party or an application that may be the same organisation."""

    name: str
    url: str
    same_number: bool
    thing: Party | Application


def duplicates(case: Application) -> list[Duplicate]:
    """The parties and the other applications that may be the same organisation, those with the same number first."""
    parties = [(party, reverse("admin:agreement_party_change", args=[party.pk])) for party in _candidates(Party.objects.all(), case)]
    others = Application.objects.visible_to_staff().exclude(pk=case.pk)
    cases = [(other, reverse("admin:affiliation_application_change", args=[other.pk])) for other in _candidates(others, case)]
    found = [
        Duplicate(str(thing), url, bool(case.registration_number) and thing.registration_number == case.registration_number, thing)
        for thing, url in [*parties, *cases]
    ]
    return sorted((d for d in found if d.same_number or alike(d.thing.name, case.name)), key=lambda d: not d.same_number)[:MOST]


def alike(name: str, other: str) -> bool:
    """Whether two names may be one: the same words in any order, or nearly the same letters."""
    one, two = (" ".join(sorted(search_key(text).split())) for text in (name, other))
    return SequenceMatcher(None, one, two).ratio() >= ALIKE


def _candidates(things: "QuerySet[Party] | QuerySet[Application]", case: Application) -> "QuerySet[Party] | QuerySet[Application]":
    """Those that share the number, or one of the two longest words of the name: few enough to compare letter by letter."""
    words = sorted((word for word in case.name.split() if len(word) > 3), key=len, reverse=True)[:2]
    wanted = Q(name__iexact=case.name)
    for word in words:
        wanted |= Q(name__icontains=word[:6])
    if case.registration_number:
        wanted |= Q(registration_number=case.registration_number)
    return things.filter(wanted)[:200]
