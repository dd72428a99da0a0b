"""How many stand behind the agreement on a day: those that are affiliated themselves, and those that an umbrella brings along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from affiliation.models.affiliations import Affiliation, AffiliationQuerySet
from agreement.models import Membership, Party

Sign = tuple[str, str | int]
"""Something that an organisation is known by: ("party", its key), ("number", …) or ("name", …)."""


@dataclass(frozen=True)
class Counted:
    """The register in numbers. An organisation counts once, however many umbrellas name it and however they write it."""

    organisations: int
    umbrellas: int
    city_bodies: int
    through_umbrellas: int

    @property
    def total(self) -> int:
        """Those that are affiliated themselves."""
        return self.organisations + self.umbrellas + self.city_bodies

    @classmethod
    def on(cls, day: date) -> "Counted":
        """The numbers of a day, in at most three queries."""
        found = Affiliation.objects.on(day).order_by().values_list("party__kind").annotate(number=Count("pk"))
        kinds = dict(found)
        organisations, umbrellas, bodies = (kinds.get(kind, 0) for kind in (Party.Kind.ORGANISATION, Party.Kind.UMBRELLA, Party.Kind.CITY_BODY))
        return cls(organisations, umbrellas, bodies, through_umbrellas(day))


def through_umbrellas(day: date) -> int:
    """How many organisations affiliated umbrellas name on `day` that are not affiliated themselves.

    Denied and ended memberships do not count. Two names are one organisation when the party, the number or the plain name is the same.
    """
    affiliated = Affiliation.objects.on(day)
    itself = ExpressionWrapper(Q(member__in=affiliated.values("party")), BooleanField())
    named = Membership.objects.standing(day).filter(umbrella__in=affiliated.values("party")).order_by().annotate(itself=itself)
    fields = ("member", "registration_number", "name_key", "member__registration_number", "member__name_key", "itself")
    rows = [(_signs(row), is_itself) for *row, is_itself in named.values_list(*fields)]
    known = frozenset[Sign]().union(*(signs for signs, is_itself in rows if is_itself))
    others = [organisation for organisation in _distinct(signs for signs, _itself in rows) if known.isdisjoint(organisation)]
    found = _affiliated_under_another_sign(affiliated, others) if others else set()
    return sum(found.isdisjoint(organisation) for organisation in others)


def _affiliated_under_another_sign(affiliated: AffiliationQuerySet, organisations: list[frozenset[Sign]]) -> set[Sign]:
    """The signs of the affiliated parties that have one of theirs."""
    keys: dict[str, list[str | int]] = {"party": [], "number": [], "name": []}
    for kind, value in set().union(*organisations):
        keys[kind].append(value)
    same = Q(party__in=keys["party"]) | Q(party__registration_number__in=keys["number"]) | Q(party__name_key__in=keys["name"])
    found = affiliated.filter(same).order_by().values_list("party", "party__registration_number", "party__name_key")
    return {sign for row in found for sign in _signs(row)}


def _signs(row: Iterable[str | int | None]) -> frozenset[Sign]:
    party, number, name, *more = row
    signs = [("party", party), ("number", number), ("name", str(name).strip())]
    signs += zip(("number", "name"), more, strict=False)
    return frozenset((kind, value) for kind, value in signs if value)


def _distinct(things: Iterable[frozenset[Sign]]) -> list[frozenset[Sign]]:
    """The things that share a sign made one, also when a third one ties two together."""
    groups: dict[Sign, frozenset[Sign]] = {}
    for thing in things:
        merged = thing.union(*(groups[sign] for sign in thing if sign in groups))
        groups.update(dict.fromkeys(merged, merged))
    return list({id(group): group for group in groups.values()}.values())
