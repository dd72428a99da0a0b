"""The council of 2010, seat by seat."""

from datetime import date

import pytest
from django.utils import translation

from agreement.models import Party
from council import founding
from council.models import Body, Mandate, Seat

START = date(2010, 3, 5)


def test_the_council_starts_with_fourteen_seats_in_three_groups(idekom: Body) -> None:
    assert idekom.period.lower == START
    assert [(group.name, group.side, group.seats.on(START).count()) for group in idekom.groups.all()] == [
        ("Förtroendevalda", "city", 2),
        ("Social ekonomi", "civil_society", 8),
        ("Tjänstepersoner", "city", 4),
    ]
    assert not Seat.objects.on(date(2010, 3, 4)).exists()


def test_every_seat_has_its_nominating_body(idekom: Body) -> None:
    told = {seat.number: (seat.nominator.name, seat.label) for seat in idekom.seats.select_related("nominator")}
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
    assert "Vad rådet gör" in idekom.description
    with translation.override("en"):
        assert "What the council does" in idekom.description
        assert [group.name for group in idekom.groups.all()] == ["Elected members", "Social economy", "Officials"]
        assert idekom.seats.get(number=14).label == "The city districts"


def test_founding_again_changes_nothing(idekom: Body) -> None:
    Seat.objects.filter(number=14).update(label_sv="Stadsområdena")
    assert founding.load() == 0
    assert Seat.objects.get(number=14).label == "Stadsområdena"


def test_the_parties_come_first(db: None) -> None:
    with pytest.raises(Party.DoesNotExist):
        founding.load()
