"""From an approved application to the register: the party, its affiliation, and the members that an umbrella named."""

import itertools
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from affiliation.models.affiliations import Affiliation
from affiliation.models.decisions import Decision
from agreement.models import Membership, Party
from idekom.lib.dated import period

if TYPE_CHECKING:
    from affiliation.models.applications import Application

RESERVED = {"feed", "tidigare", "utveckling", "infoga", "folj", "karta"}
"""Addresses under the register that are no party's."""


def register(case: "Application", decision: Decision) -> Affiliation:
    """The affiliation of the organisation from the day of the decision; raises IntegrityError when it is affiliated already."""
    party = _party(case)
    made: Affiliation = Affiliation.objects.create(
        application=case,
        party=party,
        version=case.version,
        period=period(decision.on),
        decided_by=case.get_decided_by_display() if case.decided_by else "",
        decided_on=case.decided_on or decision.on,
        decided_paragraph=case.decided_paragraph,
        **decision.columns(),
    )
    if party.kind == Party.Kind.UMBRELLA:
        Membership.name_members(party, case.members.splitlines(), from_on=decision.on)
    return made


def _party(case: "Application") -> Party:
    """The party that this organisation is: the one that came back, or a new one. It shows what it has said may be shown."""
    known = (
        Party.objects.filter(registration_number=case.registration_number).exclude(registration_number="").exclude(kind=Party.Kind.CITY_BODY).first()
    )
    party = known or Party(registration_number=case.registration_number)
    party.name, party.kind, party.legal_form = case.name, case.kind, case.legal_form
    party.sector, party.district = case.sector, case.district
    party.website = case.website if case.publishes_website else ""
    party.description = case.description if case.publishes_description else ""
    for name in ("address", "postal_code", "city"):
        setattr(party, name, getattr(case, name) if case.publishes_address else "")
    if known:
        party.save()
    else:
        save_with_a_free_slug(party)
    return party


def free_slugs(name: str, taken: Collection[str]) -> Iterator[str]:
    """Addresses for a party of this name that are neither taken nor reserved: the plain one, then with a number after it."""
    plain = slugify(name)[:100] or "part"
    for slug in itertools.chain([plain], (f"{plain}-{n}" for n in itertools.count(2))):
        if slug not in taken and slug not in RESERVED:
            yield slug


def save_with_a_free_slug(party: Party) -> None:
    """Save a new party under an address of its name, with a number after it while another has the plain one."""
    plain = slugify(party.name)[:100] or "part"
    taken = set(Party.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    for slug in free_slugs(party.name, taken):
        party.slug = slug
        try:
            with transaction.atomic():
                party.save()
            break
        except IntegrityError as error:
            if "slug" not in str(error):  # else: somebody took it meanwhile
                raise
