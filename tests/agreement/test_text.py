"""Versions, and that the text of one in force never changes."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from agreement.models import Commitment, Goal, Owner, Party, Principle, Version
from idekom.lib.history import WrongStatus


@pytest.fixture
def draft(founded: Version) -> Version:
    return Version.objects.create(slug="2027", name="Nästa", vision="En stad.", aim="Mer.", text="## Värden")


@pytest.mark.parametrize(
    ("day", "slug"),
    [(date(2012, 9, 3), None), (date(2012, 9, 4), "2012"), (date(2017, 6, 8), "2012"), (date(2017, 6, 9), "2017"), (date(2026, 11, 21), "2017")],
)
def test_the_version_in_force_depends_on_the_day(founded: Version, day: date, slug: str | None) -> None:
    version = Version.objects.in_force(day)
    assert (version.slug if version else None) == slug


@pytest.mark.parametrize("field", ["vision", "aim", "text"])
@pytest.mark.parametrize("slug", ["2012", "2017"])
def test_text_in_force_never_changes(founded: Version, slug: str, field: str) -> None:
    rows = Version.objects.filter(slug=slug)
    before = rows.values_list(field, flat=True).get()
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        rows.update(**{f"{field}_sv": "Något annat."})
    assert rows.values_list(field, flat=True).get() == before


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Goal, {"text_sv": "Annat."}),
        (Principle, {"name_sv": "Annat"}),
        (Principle, {"text_sv": "Annat."}),
        (Commitment, {"title_sv": "Annat"}),
        (Commitment, {"summary_sv": "Annat."}),
        (Commitment, {"text_sv": "Annat."}),
        (Commitment, {"owner": "city"}),
        (Commitment, {"number": 99}),
    ],
)
def test_the_parts_of_a_version_in_force_never_change(founded: Version, model: Any, change: dict[str, Any]) -> None:
    last = model.objects.filter(version=founded).last()
    with pytest.raises(ProgrammingError, match="a text in force never changes"), transaction.atomic():
        model.objects.filter(pk=last.pk).update(**change)
    assert all(getattr(model.objects.get(pk=last.pk), name) == getattr(last, name) for name in change)


def test_the_parts_of_a_version_in_force_are_never_deleted(founded: Version) -> None:
    with pytest.raises(ProgrammingError, match="a text in force never changes"), transaction.atomic():
        founded.goals.all().delete()
    assert founded.goals.count() == 3


def test_a_translation_may_be_bettered(founded: Version) -> None:
    assert Commitment.objects.filter(version=founded).update(**{"text_en": "Better English."}) == 13


def test_a_drafts_text_may_change(draft: Version) -> None:
    goal = Goal.objects.create(version=draft, number=1, text="Ett mål.")
    assert Version.objects.filter(pk=draft.pk).update(**{"vision_sv": "En annan stad."}) == 1
    assert Goal.objects.filter(pk=goal.pk).update(**{"text_sv": "Ett annat mål."}) == 1
    assert goal.delete()[0] == 1


def test_a_draft_put_in_force_replaces_the_version_before(founded: Version, draft: Version) -> None:
    draft.put_in_force(date(2027, 1, 1))
    founded.refresh_from_db()
    assert (founded.status, founded.ended_on) == ("superseded", date(2027, 1, 1))
    assert (draft.status, draft.in_force_on) == ("in_force", date(2027, 1, 1))
    assert Version.objects.in_force(date(2026, 12, 31)) == founded
    assert Version.objects.in_force(date(2027, 1, 1)) == draft


def test_a_version_that_is_no_draft_cannot_be_put_in_force(founded: Version) -> None:
    old = Version.objects.get(slug="2012")
    with pytest.raises(WrongStatus):
        old.put_in_force(date(2027, 1, 1))
    founded.refresh_from_db()
    assert (founded.status, founded.ended_on) == ("in_force", None)


@pytest.mark.parametrize(("kind", "other"), [(Party.Kind.CITY_BODY, Owner.SECTOR), (Party.Kind.ORGANISATION, Owner.CITY)])
def test_a_party_is_concerned_by_all_but_the_other_sides_commitments(founded: Version, make: Any, kind: Party.Kind, other: Owner) -> None:
    concerned = founded.commitments.concerning(make.party(kind=kind))
    assert list(concerned) == [row for row in founded.commitments.all() if row.owner != other]
    assert concerned.count() == (10 if other == Owner.SECTOR else 11)
