"""The votes of 2010 stand as the notes tell: every number, the dashes as none noted, and 7 + 3 + 3."""

from datetime import date

import pytest
from django.test import Client

from council.founding import ballots as founding
from council.models import Body, DotBallot, Option

pytestmark = pytest.mark.django_db
TOLD = [
    ["6", "6", "5", "4", "–"],
    ["7", "6", "4", "4"],
    ["7 + 3 + 3 = 13", "3"],
    ["7", "7", "6", "–"],
    ["8", "6", "3", "3"],
]
EXPECTED = ["10", "9", "8", "4", "4", "3", "2", "2"]


def test_the_numbers_are_those_of_the_notes(idekom: Body) -> None:
    founding.load()
    first, second = DotBallot.objects.get(slug="uppstartsdagarna-2010"), DotBallot.objects.get(slug="en-ledamots-uppdrag-2010")
    assert [[line.in_words for line in lines] for _area, lines in first.result.areas] == TOLD
    assert [line.in_words for line in second.result.lines] == EXPECTED
    assert [(one.held_on, one.held_until) for one in (first, second)] == [(date(2010, 3, 5), date(2010, 3, 6))] * 2
    assert Option.objects.filter(ballot=first, noted=None).count() == 2
    assert Option.objects.filter(ballot=first, noted=0).count() == 0
    assert first.source


def test_loading_twice_changes_nothing(idekom: Body) -> None:
    assert founding.load() > 0
    ballot = DotBallot.objects.get(slug="uppstartsdagarna-2010")
    DotBallot.objects.filter(pk=ballot.pk).update(title="Kansliets rubrik")
    counts = (DotBallot.objects.count(), Option.objects.count())
    assert founding.load() == 0
    assert (DotBallot.objects.count(), Option.objects.count()) == counts
    assert DotBallot.objects.get(pk=ballot.pk).title == "Kansliets rubrik"


def test_its_page_tells_the_source_and_the_parts(idekom: Body, client: Client) -> None:
    founding.load()
    text = client.get("/radet/prioriteringar/uppstartsdagarna-2010/").content.decode()
    assert "7 + 3 + 3 = 13" in text
    assert "5 mars 2010 – 6 mars 2010, på papper" in text
    assert "Rådets anteckningar från uppstartsdagarna" in text
    assert text.count("inget antal är noterat") == 3  # two proposals, and the words about the source
    assert "Per sektor" not in text


def test_nobody_is_mailed_about_it(idekom: Body) -> None:
    founding.load()
    assert not DotBallot.objects.filter(voters__isnull=False).exists()
