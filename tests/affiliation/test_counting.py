"""How many stand behind the agreement: directly and through umbrellas, nobody twice."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.models.counting import Counted, through_umbrellas
from agreement.models import Membership, Party
from idekom.lib.dated import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def umbrella(make: Any) -> Party:
    """An umbrella that is affiliated."""
    found: Party = make.affiliation(make.party("Paraplyet", kind="umbrella")).party
    return found


@pytest.fixture
def other(make: Any) -> Party:
    """Another one."""
    found: Party = make.affiliation(make.party("Det andra", kind="umbrella")).party
    return found


def name(umbrella: Party, *names: str, **fields: Any) -> Membership:
    """Let the umbrella name them; returns the last."""
    (*_others, last) = [Membership.name_member(umbrella, one, from_on=today(), **fields) for one in names]
    assert last is not None
    return last


def test_kinds_are_counted_apart(make: Any, umbrella: Party) -> None:
    make.affiliation()
    make.affiliation(make.party(kind="city_body"))
    make.affiliation(from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    name(umbrella, "Ute")
    found = Counted.on(today())
    assert found == Counted(organisations=1, umbrellas=1, city_bodies=1, through_umbrellas=1)
    assert found.total == 3
    assert Counted.on(date(2013, 6, 1)) == Counted(1, 0, 0, 0)


def test_a_member_that_is_affiliated_itself_is_not_counted_again(make: Any, umbrella: Party) -> None:
    member = make.affiliation(make.party("Medlemmen")).party
    assert name(umbrella, "Medlemmen").member == member
    assert through_umbrellas(today()) == 0


def test_one_that_is_affiliated_under_the_same_name_or_number_is_not_counted_again(make: Any, umbrella: Party) -> None:
    name(umbrella, "Föreningen Ån", "FÖRENINGEN-ÅN!", "Annat namn, samma nummer")
    Membership.objects.filter(name__startswith="Annat").update(registration_number="8024001234")
    assert through_umbrellas(today()) == 2
    make.affiliation(make.party("Föreningen  Ån"))
    assert through_umbrellas(today()) == 1
    make.affiliation(make.party("Helt annat", registration_number="8024001234"))
    assert through_umbrellas(today()) == 0


def test_one_that_two_umbrellas_name_counts_once(make: Any, umbrella: Party, other: Party) -> None:
    party = make.party("Som part")
    name(umbrella, "Ute", "Som part")
    name(other, "ute")
    name(other, "Som Part AB", registration_number="8024001234")
    name(umbrella, "Som part aktiebolag", registration_number="8024001234")
    Membership.objects.filter(name="Som Part AB").update(member=party)
    assert through_umbrellas(today()) == 2


def test_a_chain_of_signs_is_one_organisation(umbrella: Party, other: Party) -> None:
    name(umbrella, "A", registration_number="8024001234")
    name(other, "A")
    name(other, "B", registration_number="8024001234")
    assert through_umbrellas(today()) == 1


def test_denied_ended_and_coming_memberships_do_not_count(umbrella: Party) -> None:
    denied, ended, coming = name(umbrella, "Nekar"), name(umbrella, "Slutat"), name(umbrella, "Kommer")
    denied.deny()
    Membership.objects.filter(pk=ended.pk).update(period=("2013-01-01", "2014-01-01"))
    Membership.objects.filter(pk=coming.pk).update(period=("2999-01-01", None))
    assert through_umbrellas(today()) == 0


def test_what_one_umbrella_is_denied_another_may_have(umbrella: Party, other: Party) -> None:
    name(umbrella, "Ute").deny()
    name(other, "Ute")
    assert through_umbrellas(today()) == 1


def test_members_of_an_umbrella_that_is_not_affiliated_do_not_count(make: Any) -> None:
    name(make.party("Utanför", kind="umbrella"), "Ute")
    name(make.affiliation(make.party("Förr", kind="umbrella"), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1)).party, "Ute också")
    assert through_umbrellas(today()) == 0


def test_an_affiliated_umbrella_inside_another_is_not_counted_again(umbrella: Party, other: Party) -> None:
    name(umbrella, other.name)
    assert through_umbrellas(today()) == 0


def test_the_numbers_stand_in_the_list(client: Client, make: Any, umbrella: Party) -> None:
    make.affiliation()
    make.affiliation(make.party(kind="city_body"))
    name(umbrella, "Ute", "Också ute")
    text = " ".join(client.get(reverse("affiliation:register")).content.decode().split())
    assert "3 anslutna parter: 1 organisation, 1 paraply och 1 del av staden. Genom paraplyer: 2 organisationer till." in text
    assert "Genom paraplyer" not in client.get(reverse("affiliation:register"), {"q": "paraply"}).content.decode()
