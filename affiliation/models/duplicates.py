"""Whether an organisation that applies is known already, by its number or by a name like its own."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse

from affiliation.models.affiliations import Affiliation
from affiliation.models.applications import Application
from affiliation.models.status import OPEN
from agreement.models import Party
from idekom.lib.text import search_key

ALIKE = 0.72
"""How alike two names must be, from 0 to 1, to be told: "Föreningen Bryggan" and "Bryggans förening" are."""
MOST = 8
MOST_COMPARED = 200
T = TypeVar("T", Party, Application)


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
    things: list[tuple[Party | Application, str]] = [*parties, *cases]
    found = [
        Duplicate(str(thing), url, bool(case.registration_number) and thing.registration_number == case.registration_number, thing)
        for thing, url in things
    ]
    return sorted((d for d in found if d.same_number or alike(d.thing.name, case.name)), key=lambda d: not d.same_number)[:MOST]


def alike(name: str, other: str) -> bool:
    """Whether two names may be one: the same words in any order, or nearly the same letters."""
    one, two = (" ".join(sorted(search_key(text).split())) for text in (name, other))
    return SequenceMatcher(None, one, two).ratio() >= ALIKE


@dataclass(frozen=True)
class Known:
    """What may be told to somebody who applies about organisations that are known already. Drafts are told of to nobody."""

    affiliated: Party | None
    """The affiliated party with the same number."""
    has_applied: bool
    """Whether a case with the same number is with Idékom. Nobody is named."""
    alike: list[Party]
    """Affiliated parties with a confusingly similar name."""
    is_alike_applying: bool
    """Whether a case with such a name is with Idékom. Nobody is named."""

    @property
    def is_name_alike(self) -> bool:
        """Whether there is reason to ask if they are another organisation."""
        return bool(self.alike) or self.is_alike_applying


def known(case: Application, day: date) -> Known:
    """Which organisations an applicant may be taken for on `day`, in two queries; never for their own case."""
    affiliated = Party.objects.filter(pk__in=Affiliation.objects.on(day).values("party")).exclude(kind=Party.Kind.CITY_BODY)
    parties = list(_candidates(affiliated, case))
    cases = list(_candidates(Application.objects.visible_to_staff().filter(status__in=OPEN).exclude(pk=case.pk), case))
    number = case.registration_number
    return Known(
        affiliated=next((party for party in parties if number and party.registration_number == number), None),
        has_applied=any(number and other.registration_number == number for other in cases),
        alike=[party for party in parties if alike(party.name, case.name)][:MOST],
        is_alike_applying=any(alike(other.name, case.name) for other in cases),
    )


def _candidates(things: QuerySet[T], case: Application) -> QuerySet[T]:
    """Those that share the number, or one of the longest words of the name, the likeliest first: few enough to compare letter by letter."""
    words: list[str] = sorted({word for word in case.name.split() if len(word) > 3}, key=lambda word: (-len(word), word))[:3]
    signs = [Q(name__iexact=case.name), *(Q(name__icontains=word[:6]) for word in words)]
    if case.registration_number:
        signs.append(Q(registration_number=case.registration_number))
    likeness = sum((Case(When(sign, then=1), default=0) for sign in signs), start=Value(0))
    return things.filter(reduce(or_, signs)).order_by(likeness.desc(), "pk")[:MOST_COMPARED]
