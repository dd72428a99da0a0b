"""The founding data says what the agreement says."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from modeltranslation.translator import translator

from agreement import founding
from agreement.models import Commitment, CommitmentArea, District, Goal, Party, Placement, Principle, Sector, Version
from council.models import Body, Seat, SeatGroup

TEXT: list[Any] = [Version, Goal, Principle, Commitment, Commitment.principles.through, CommitmentArea, Placement]
MODELS: list[Any] = [Sector, District, Party, *TEXT, Body, SeatGroup, Seat]

# The agreement's own table: owner and principles of the thirteen commitments
TABLE = {
    1: ("city", {"mangfald", "kvalitet"}),
    2: ("sector", {"kvalitet", "mangfald", "langsiktighet"}),
    3: ("both", {"dialog", "oppenhet-och-insyn"}),
    4: ("city", {"dialog", "mangfald"}),
    5: ("both", {"dialog"}),
    6: ("both", {"dialog", "mangfald"}),
    7: ("both", {"langsiktighet"}),
    8: ("each", {"kvalitet", "mangfald"}),
    9: ("sector", {"dialog", "oppenhet-och-insyn", "mangfald"}),
    10: ("sector", {"dialog", "oppenhet-och-insyn", "mangfald"}),
    11: ("both", {"mangfald"}),
    12: ("both", {"dialog", "langsiktighet", "mangfald"}),
    13: ("both", {"kvalitet"}),
}


def columns(model: Any) -> list[dict[str, Any]]:
    """Every row with every column, in both languages."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [{name: row.__dict__[name] for name in names} for row in model.objects.order_by("pk")]


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: columns(model) for model in MODELS}


def test_founding_twice_changes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("founding")
    first = everything()
    call_command("founding")
    assert everything() == first
    assert "Founding data: 229 new rows." in capsys.readouterr().out
    assert all(first.values())


def test_founding_leaves_the_secretarys_work_alone(founded: Version) -> None:
    Sector.objects.filter(slug="idrott").update(name_sv="Idrott och rörelse")
    Sector.objects.get(slug="bistand").delete()
    assert founding.load() == 1
    assert Sector.objects.get(slug="idrott").name == "Idrott och rörelse"


@pytest.mark.parametrize("slug", ["2012", "2017"])
def test_both_versions_have_the_owners_and_principles_of_the_agreement(founded: Version, slug: str) -> None:
    rows = Commitment.objects.filter(version__slug=slug).prefetch_related("principles")
    assert {row.number: (row.owner, {principle.slug for principle in row.principles.all()}) for row in rows} == TABLE
    assert all(principle.version_id == row.version_id for row in rows for principle in row.principles.all())


def test_the_principles_stand_in_order_and_are_used_as_often_as_they_are(founded: Version) -> None:
    uses = Counter(slug for _owner, principles in TABLE.values() for slug in principles)
    assert uses == {"mangfald": 9, "dialog": 7, "kvalitet": 4, "langsiktighet": 3, "oppenhet-och-insyn": 3}
    assert [(row.name, row.commitments.count()) for row in founded.principles.all()] == [
        ("Integritet och oberoende", 0),
        ("Dialog", 7),
        ("Kvalitet", 4),
        ("Långsiktighet", 3),
        ("Öppenhet och insyn", 3),
        ("Mångfald", 9),
    ]


def test_the_versions_follow_each_other(founded: Version) -> None:
    old = Version.objects.get(slug="2012")
    assert (old.status, old.adopted_on, old.in_force_on, old.ended_on) == ("superseded", date(2012, 5, 31), date(2012, 9, 4), date(2017, 6, 9))
    assert (founded.slug, founded.in_force_on, founded.ended_on) == ("2017", date(2017, 6, 9), None)
    assert [version.goals.count() for version in (old, founded)] == [3, 3]
    assert "medborgarna" in old.vision
    assert founded.vision == old.vision.replace("medborgarna", "invånarna")
    with translation.override("en"):
        assert "citizens" in old.vision
        assert founded.vision == old.vision.replace("citizens", "residents")


def test_every_text_is_there_in_both_languages(founded: Version) -> None:
    missing = [
        (model.__name__, row["id"], name)
        for model in (Version, Goal, Principle, Commitment, Sector, District)
        for row in columns(model)
        for field in translator.get_options_for_model(model).all_fields
        for name in (f"{field}_sv", f"{field}_en")
        if not (row[name] or "").strip()
    ]
    assert missing == []


def test_the_sectors_districts_and_bodies_of_the_city(founded: Version) -> None:
    assert Sector.objects.on(date(2016, 6, 1)).count() == 11
    assert not Sector.objects.on(date(2015, 12, 31)).exists()
    assert set(District.objects.on(date(2021, 1, 1)).values_list("name_sv", flat=True)) == {"Nordost", "Centrum", "Sydväst", "Hisingen"}
    assert set(Party.objects.filter(kind="city_body").values_list("name", flat=True)) == {
        "Social resursnämnd",
        "Social resursförvaltning",
        "Idrotts- och föreningsförvaltningen",
        "Stadsdelarna",
    }
    assert Party.objects.get(kind="umbrella").name == "Göteborgsregionens sociala ekonomi (GSE)"


def test_the_areas_of_the_action_plans_hold_twelve_commitments_of_each_version(founded: Version) -> None:
    areas = {
        area.slug: [(one.commitment.version.slug, one.commitment.number) for one in area.placements.select_related("commitment__version")]
        for area in CommitmentArea.objects.all()
    }
    numbers = {"kunskap-och-spridning": [1, 2, 12], "samspel-dialog-och-utveckling": [3, 5, 6, 9, 10]}
    numbers |= {"finansiering-och-mangfald-av-utforare": [4, 7, 8], "jamstalldhet-genom-alla-omraden": [11]}
    assert {slug: sorted(rows) for slug, rows in areas.items()} == {
        slug: [(version, number) for version in ("2012", "2017") for number in told] for slug, told in numbers.items()
    }
    assert {(area.source, area.from_on, area.until_on) for area in CommitmentArea.objects.all()} == {
        ("Handlingsplanerna 2014", date(2014, 1, 1), None)
    }
    assert [area.slug for area in CommitmentArea.objects.filter(crosses_all=True)] == ["jamstalldhet-genom-alla-omraden"]
