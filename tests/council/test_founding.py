"""The council of 2010, seat by seat."""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from agreement.models import Party, Sector
from council import founding
from council.models import Body, Mandate, Seat

START = date(2010, 3, 5)


def test_the_council_starts_with_fourteen_seats_in_three_groups(idekom: Body) -> None:
    assert (idekom.from_on, idekom.until_on) == (START, date(2017, 6, 9))
    assert [(group.name, group.side, group.seats.on(START).count()) for group in idekom.groups.filter(number__lte=3)] == [
        ("Förtroendevalda", "city", 2),
        ("Social ekonomi", "civil_society", 8),
        ("Tjänstepersoner", "city", 4),
    ]
    assert not Seat.objects.on(date(2010, 3, 4)).exists()


@pytest.mark.parametrize(
    ("day", "sides"),
    [
        (date(2010, 3, 5), {"city": 6, "civil_society": 8}),
        (date(2013, 9, 30), {"city": 6, "civil_society": 8}),
        (date(2013, 10, 15), {"": 21}),
        (date(2014, 6, 1), {"": 20}),
        (date(2015, 12, 31), {"": 20}),
        (date(2017, 1, 1), {"civil_society": 13, "city": 9}),
        (date(2017, 6, 9), {"civil_society": 13, "city": 9}),
        (date(2017, 6, 10), {}),
    ],
)
def test_each_day_has_the_seats_that_are_known(idekom: Body, day: date, sides: dict[str, int]) -> None:
    assert Counter(seat.group.side for seat in idekom.seats.seated(day)) == sides


def test_in_2016_each_of_the_eleven_sectors_has_a_seat(idekom: Body) -> None:
    sectors = [seat.sector for seat in idekom.seats.seated(date(2016, 6, 1)) if seat.side == "civil_society"]
    assert Counter(sector.slug if sector else None for sector in sectors) == dict.fromkeys(Sector.objects.values_list("slug", flat=True), 1) | {
        None: 2
    }


def test_the_council_closed_and_three_forums_and_a_steering_group_followed(idekom: Body) -> None:
    assert idekom.closing_reason.startswith("Samverkan fick en ny form")
    followers = idekom.successors.order_by("slug")
    assert [(one.kind, one.from_on, one.until_on) for one in followers] == [
        ("forum", date(2017, 6, 10), None),
        ("forum", date(2017, 6, 10), None),
        ("forum", date(2017, 6, 10), None),
        ("steering_group", date(2017, 6, 10), None),
    ]
    assert Body.objects.council(date(2017, 6, 10)) is None


def test_every_seat_has_its_nominating_body(idekom: Body) -> None:
    told = {
        seat.number: (seat.nominator.name, seat.label) for seat in idekom.seats.filter(number__lte=14).select_related("nominator") if seat.nominator
    }
    gse = ("Göteborgsregionens sociala ekonomi (GSE)", "Den sociala ekonomin")
    assert told == {
        1: ("Social resursnämnd", "Presidiet i Social resursnämnd"),
        2: ("Social resursnämnd", "Presidiet i Social resursnämnd"),
        **dict.fromkeys(range(3, 11), gse),
        11: ("Idrotts- och föreningsförvaltningen", "Idrotts- och föreningsförvaltningen"),
        12: ("Social resursförvaltning", "Social resursförvaltning"),
        13: ("Social resursförvaltning", "Social resursförvaltning, dokumenterar rådets arbete"),
        14: ("Stadsdelarna", "Stadsdelarna"),
    }
    assert not Mandate.objects.exists()


def test_civil_society_and_one_administration_have_substitutes(idekom: Body) -> None:
    assert set(idekom.seats.filter(has_substitute=True).values_list("number", flat=True)) == {*range(3, 11), 11}


def test_the_council_is_told_in_both_languages(idekom: Body) -> None:
    assert "Vad rådet hade i uppdrag" in idekom.description
    with translation.override("en"):
        assert "What the council was to do" in idekom.description
        assert [group.name for group in idekom.groups.filter(number__lte=3)] == ["Elected members", "Social economy", "Officials"]
        assert idekom.seats.get(number=14).label == "The city districts"


def test_founding_again_changes_nothing(idekom: Body) -> None:
    Seat.objects.filter(number=14).update(label_sv="Stadsområdena")
    assert founding.load() == 0
    assert Seat.objects.get(number=14).label == "Stadsområdena"


def test_the_parties_come_first(db: None) -> None:
    with pytest.raises(Party.DoesNotExist):
        founding.load()
