"""Swedish order, search and cleaning, in Python and in the database alike."""

from typing import Any

import pytest

from agreement.models import Party
from idekom.lib.text import cleaned, in_threes, search_key, threes

NAMES = ["Öland", "apa", "Åre", "Bo Zebra", "Ängel", "ål", "Élan", "Ærlig", "zon"]


@pytest.mark.django_db
def test_parties_come_in_swedish_order(make: Any) -> None:
    for name in NAMES:
        make.party(name)
    assert list(Party.objects.values_list("name", flat=True)) == ["apa", "Bo Zebra", "Élan", "zon", "ål", "Åre", "Ängel", "Ærlig", "Öland"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Räddnings-missionen (Öst)", "Élan & Co", "  ÅÄÖ  ", "Föreningen نور", "x_y%z", "Ærlig Øst"])
def test_search_key_is_what_the_database_makes_of_a_name(make: Any, name: str) -> None:
    made = make.party(name)
    made.refresh_from_db()
    assert made.search_text.split() == search_key(name).split()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Räddnings-missionen (Öst)", "Åå", "xxxxx", "Föreningen نور 😀😀😀"])
def test_letters_in_threes_are_the_same_in_the_database(make: Any, name: str) -> None:
    made = make.party(name)
    found = Party.objects.annotate(letters=in_threes("search_text")).values_list("search_text", "letters").get(pk=made.pk)
    assert sorted(found[1] or []) == threes(found[0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00l", "null"),
        ("half\ud800 pair", "half\ufffd pair"),
        ("A\u030angström", "Ångström"),
        ("tab\tand\x07bell", "tab\tandbell"),
        ("😀 مرحبا", "😀 مرحبا"),
    ],
)
def test_cleaned_keeps_what_can_be_stored(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept
