"""Many invented parties, all affiliated, so that a page has something to look through."""

import random
from datetime import date

from affiliation.models import Affiliation
from agreement.models import District, Membership, Party, Sector, Version
from idekom.lib.dated import period

FIRST = ["Solrosens", "Bryggans", "Älvens", "Räddningens", "Kullens", "Öarnas", "Ljusets", "Björkens", "Ängens", "Stigens", "Vågens", "Bergets"]
SECOND = ["förening", "kamrater", "mission", "kooperativ", "grannar", "vänner", "läsecirkel", "idrottsklubb", "hantverkare", "teater"]
PLACES = ["Angered", "Bergsjön", "Centrum", "Frölunda", "Gunnared", "Hisingen", "Kortedala", "Lundby", "Majorna", "Torslanda", "Örgryte"]


def build(parties: int) -> None:
    """Parties of three kinds with sectors and districts, one umbrella in a hundred with members among the others."""
    chance = random.Random(2012)  # noqa: S311 - the same parties every time
    sectors, districts = list(Sector.objects.all()), list(District.objects.all())
    kinds = [Party.Kind.UMBRELLA if n % 400 == 0 else Party.Kind.CITY_BODY if n % 50 == 1 else Party.Kind.ORGANISATION for n in range(parties)]
    made = Party.objects.bulk_create([_party(n, kind, chance, sectors, districts) for n, kind in enumerate(kinds)], batch_size=2000)
    version = Version.objects.get(status=Version.Status.IN_FORCE)
    days = [date(chance.randrange(2013, 2026), chance.randrange(1, 13), chance.randrange(1, 28)) for _party in made]
    affiliations = [
        Affiliation(party=party, version=version, period=period(day), decided_by="styrelsen", decided_on=day)
        for party, day in zip(made, days, strict=True)
    ]
    Affiliation.objects.bulk_create(affiliations, batch_size=2000)
    umbrellas = [party for party in made if party.kind == Party.Kind.UMBRELLA]
    members = [party for party in made if party.kind == Party.Kind.ORGANISATION]
    named = [(umbrella, member) for umbrella in umbrellas for member in chance.sample(members, min(20, len(members)))]
    Membership.objects.bulk_create([Membership(umbrella=u, member=m, name=m.name, period=period(date(2020, 1, 1))) for u, m in named])


def _party(n: int, kind: Party.Kind, chance: random.Random, sectors: list[Sector], districts: list[District]) -> Party:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} i {chance.choice(PLACES)} {n}"
    is_city = kind == Party.Kind.CITY_BODY
    return Party(
        name=name,
        slug=f"part-{n}",
        kind=kind,
        legal_form="administration" if is_city else "association",
        sector=None if is_city else chance.choice(sectors),
        district=chance.choice(districts) if n % 3 else None,
        description=f"Vi samlar {chance.choice(SECOND)} och {chance.choice(SECOND)} i {chance.choice(PLACES)} och gör staden öppnare för alla.",
    )
